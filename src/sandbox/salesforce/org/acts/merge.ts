import { actorOf } from '../actor-of.ts';
import { memberOf } from '../behaviours/campaigns.ts';
import { writeValue } from '../commit.ts';
import type { Org, Writing } from '../org.ts';
import type { SalesforceRecord } from '../record.ts';
import { bin } from '../remove.ts';
import { done, updateBy } from './done.ts';
import { repoint } from './repoint.ts';

/** What names a record of each object, and names the other one after a merge. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  Lead: ['CampaignMember.LeadId', 'Task.WhoId', 'Event.WhoId', 'EmailMessageRelation.RelationId'],
  Contact: [
    'CampaignMember.ContactId',
    'Task.WhoId',
    'Event.WhoId',
    'EmailMessageRelation.RelationId',
    'OpportunityContactRole.ContactId',
    'Lead.ConvertedContactId',
  ],
  Account: ['Contact.AccountId', 'Opportunity.AccountId', 'Task.WhatId', 'Event.WhatId', 'Lead.ConvertedAccountId'],
};

/**
 * The other one goes to the recycle bin and names the master; what hung on it hangs on the master.
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_merge.htm
 */
export function merge(org: Org, masterId: string, otherId: string, how: Writing): SalesforceRecord {
  const [master, other] = [org.get(masterId), org.get(otherId)];
  const places = NAMED_BY[master.type.name];
  if (places === undefined || master.type !== other.type || master === other) {
    throw new Error(`The sandbox org cannot merge ${otherId} into ${masterId}`);
  }
  dropTwinMembers(org, master, other, how);
  repoint(org, other.id, master.id, places, how);
  const field = master.type.name === 'Lead' ? 'leadId' : 'contactId';
  org.prospects.move(other.id, { [field]: master.id });
  writeValue(other, 'MasterRecordId', master.id);
  bin(org, other, actorOf(org, how));
  updateBy(org, master.id, {}, how);
  return master;
}

/** Nobody is in a campaign twice: of two members the one that responded is kept, else the master's. */
function dropTwinMembers(org: Org, master: SalesforceRecord, other: SalesforceRecord, how: Writing): void {
  if (master.type.name === 'Account') return;
  for (const member of org.type('CampaignMember').where(`${master.type.name}Id`, other.id)) {
    const twin = memberOf(org, member.text('CampaignId') ?? '', master.id);
    if (twin === undefined) continue;
    const isBetter = member.flag('HasResponded') && !twin.flag('HasResponded');
    done(org.delete((isBetter ? twin : member).id, how));
  }
}
