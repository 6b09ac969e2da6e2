import type { ObjectDefinition } from '../object-type.ts';
import { LEAD_SOURCES, MEMBER_STATUSES } from './choices.ts';
import { date, flag, longText, money, number, ONCE, pick, READ_ONLY, reference, system, text } from './fields.ts';

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_campaign.htm */
export const CAMPAIGN: ObjectDefinition = {
  name: 'Campaign',
  label: 'Campaign',
  labelPlural: 'Campaigns',
  keyPrefix: '701',
  fields: [
    ...system(),
    text('Name', 'Name', 80, { required: true }),
    reference('ParentId', 'Parent Campaign ID', ['Campaign'], { childRelationship: 'ChildCampaigns' }),
    pick('Type', 'Type', [
      'Conference',
      'Webinar',
      'Trade Show',
      'Partners',
      'Email',
      'Advertisement',
      'Content',
      'Other',
    ]),
    pick('Status', 'Status', ['Planned', 'In Progress', 'Completed', 'Aborted'], { defaultValue: 'Planned' }),
    date('StartDate', 'Start Date'),
    date('EndDate', 'End Date'),
    flag('IsActive', 'Active'),
    longText('Description', 'Description'),
    money('BudgetedCost', 'Budgeted Cost in Campaign'),
    reference('OwnerId', 'Owner ID', ['User']),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_campaignmember.htm */
export const CAMPAIGN_MEMBER: ObjectDefinition = {
  name: 'CampaignMember',
  label: 'Campaign Member',
  labelPlural: 'Campaign Members',
  keyPrefix: '00v',
  fields: [
    ...system(),
    reference('CampaignId', 'Campaign ID', ['Campaign'], {
      ...ONCE,
      required: true,
      childRelationship: 'CampaignMembers',
    }),
    reference('LeadId', 'Lead ID', ['Lead'], { ...ONCE, childRelationship: 'CampaignMembers' }),
    reference('ContactId', 'Contact ID', ['Contact'], { ...ONCE, childRelationship: 'CampaignMembers' }),
    text('LeadOrContactId', 'Related Record ID', 18, READ_ONLY),
    pick('Type', 'Type', ['Lead', 'Contact'], READ_ONLY),
    pick(
      'Status',
      'Status',
      MEMBER_STATUSES.map(({ label }) => label),
    ),
    flag('HasResponded', 'Responded', READ_ONLY),
    date('FirstRespondedDate', 'First Responded Date', READ_ONLY),
    pick('LeadSource', 'Lead Source', LEAD_SOURCES, READ_ONLY),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_campaignmemberstatus.htm */
export const CAMPAIGN_MEMBER_STATUS: ObjectDefinition = {
  name: 'CampaignMemberStatus',
  label: 'Campaign Member Status',
  labelPlural: 'Campaign Member Statuses',
  keyPrefix: '01Y',
  fields: [
    ...system(),
    reference('CampaignId', 'Campaign ID', ['Campaign'], { ...ONCE, required: true }),
    text('Label', 'Label', 765, { required: true }),
    number('SortOrder', 'Sort Order'),
    flag('IsDefault', 'Is Default'),
    flag('HasResponded', 'Responded'),
  ],
};
