import { dayIn } from '../days.ts';
import type { Draft } from '../draft.ts';
import { MEMBER_STATUSES } from '../objects/choices.ts';
import type { Org } from '../org.ts';
import type { SalesforceRecord } from '../record.ts';
import { refusal } from '../write-result.ts';
import type { Behaviour } from './behaviour.ts';
import { checkOwner, settleOwner } from './owner.ts';

export const campaignBehaviour: Behaviour = {
  check: checkOwner,
  settle: settleOwner,
  follow(org, { record, kind }, { as, by }) {
    if (kind !== 'created') return;
    for (const [index, { label, hasResponded, isDefault }] of MEMBER_STATUSES.entries()) {
      const values = { CampaignId: record.id, Label: label, SortOrder: index + 1, HasResponded: hasResponded };
      org.insert('CampaignMemberStatus', { ...values, IsDefault: isDefault }, { as: by ?? as });
    }
  },
};

export const campaignMemberBehaviour: Behaviour = {
  check(org, draft) {
    const [leadId, contactId] = [draft.text('LeadId'), draft.text('ContactId')];
    if (leadId === '' && contactId === '') {
      return refusal('REQUIRED_FIELD_MISSING', 'Required fields are missing: [LeadId or ContactId]', []);
    }
    if (draft.before !== undefined) return undefined;
    if (leadId !== '' && contactId === '' && org.find(leadId)?.flag('IsConverted') === true) {
      return refusal('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', ['LeadId']);
    }
    const isMember = memberOf(org, draft.text('CampaignId'), contactId || leadId) !== undefined;
    return isMember ? refusal('DUPLICATE_VALUE', 'Already a campaign member.') : undefined;
  },
  settle(org, draft) {
    const statuses = org.type('CampaignMemberStatus').where('CampaignId', draft.text('CampaignId'));
    if (draft.get('Status') === null) {
      draft.set('Status', statuses.find((status) => status.flag('IsDefault'))?.get('Label') ?? 'Sent');
    }
    settleResponse(org, draft, statuses);
    const contactId = draft.get('ContactId');
    draft.set('LeadOrContactId', contactId ?? draft.get('LeadId'));
    draft.set('Type', contactId === null ? 'Lead' : 'Contact');
    if (draft.before === undefined)
      draft.set('LeadSource', org.find(draft.text('LeadOrContactId'))?.get('LeadSource') ?? null);
  },
};

/** The member that this lead or contact is in this campaign. */
export function memberOf(org: Org, campaignId: string, personId: string): SalesforceRecord | undefined {
  const field = org.objectOf(personId)?.name === 'Contact' ? 'ContactId' : 'LeadId';
  return org
    .type('CampaignMember')
    .where(field, personId)
    .find((member) => member.get('CampaignId') === campaignId);
}

/** Whether somebody has responded is what their status says; the day of the first response stays. */
function settleResponse(org: Org, draft: Draft, statuses: readonly SalesforceRecord[]): void {
  const hasResponded = statuses.some((one) => one.get('Label') === draft.get('Status') && one.flag('HasResponded'));
  draft.set('HasResponded', hasResponded);
  if (!hasResponded) draft.set('FirstRespondedDate', null);
  else if (draft.get('FirstRespondedDate') === null) {
    draft.set('FirstRespondedDate', dayIn(org.settings.timeZone, org.now()));
  }
}
