import { memberOf } from '../behaviours/campaigns.ts';
import { dayIn } from '../days.ts';
import type { Org, Writing } from '../org.ts';
import type { SalesforceRecord } from '../record.ts';
import { insertBy, updateBy } from './done.ts';

export interface CampaignDetails {
  readonly type?: string;
  /** Beside `Sent` and `Responded`, with whether they count as a response. */
  readonly statuses?: Readonly<Record<string, boolean>>;
}

export function createCampaign(org: Org, name: string, details: CampaignDetails, how: Writing): SalesforceRecord {
  const { type = 'Content', statuses = {} } = details;
  const today = dayIn(org.settings.timeZone, org.now());
  const values = { Name: name, Type: type, Status: 'In Progress', IsActive: true, StartDate: today };
  const campaign = insertBy(org, 'Campaign', values, how);
  for (const [index, [label, hasResponded]] of Object.entries(statuses).entries()) {
    const status = { Label: label, HasResponded: hasResponded, SortOrder: 3 + index };
    insertBy(org, 'CampaignMemberStatus', { CampaignId: campaign.id, ...status }, how);
  }
  return campaign;
}

export function respond(
  org: Org,
  campaignName: string,
  personId: string,
  status: string,
  how: Writing,
): SalesforceRecord {
  const campaign =
    org.type('Campaign').find(campaignName) ??
    org.type('Campaign').where('Name', campaignName)[0] ??
    createCampaign(org, campaignName, {}, how);
  const member = memberOf(org, campaign.id, personId);
  if (member !== undefined) {
    updateBy(org, member.id, { Status: status }, how);
    return member;
  }
  const field = org.objectOf(personId)?.name === 'Contact' ? 'ContactId' : 'LeadId';
  return insertBy(org, 'CampaignMember', { CampaignId: campaign.id, [field]: personId, Status: status }, how);
}
