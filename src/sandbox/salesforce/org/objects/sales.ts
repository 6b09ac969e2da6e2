import type { NewField } from '../field.ts';
import type { ObjectDefinition } from '../object-type.ts';
import { LEAD_SOURCES, OPPORTUNITY_STAGES, TASK_STATUSES, withDefault } from './choices.ts';
import { date, flag, longText, money, number, ONCE, pick, READ_ONLY, reference, system, text, time } from './fields.ts';

/** Whom and what an activity is about. */
const about = (children: string): NewField[] => [
  reference('WhoId', 'Name ID', ['Contact', 'Lead'], { childRelationship: children }),
  reference('WhatId', 'Related To ID', ['Account', 'Campaign', 'Opportunity'], { childRelationship: children }),
  reference('AccountId', 'Account ID', ['Account'], READ_ONLY),
  reference('OwnerId', 'Assigned To ID', ['Group', 'User']),
  { name: 'Subject', label: 'Subject', type: 'picklist', picklist: ['Call', 'Email', 'Send Letter', 'Other'] },
  longText('Description', 'Description'),
  date('ActivityDate', 'Date'),
  flag('IsArchived', 'Archived', READ_ONLY),
];

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm */
export const TASK: ObjectDefinition = {
  name: 'Task',
  label: 'Task',
  labelPlural: 'Tasks',
  keyPrefix: '00T',
  fields: [
    ...system(),
    ...about('Tasks'),
    pick('Status', 'Status', withDefault(TASK_STATUSES, 'Not Started'), {
      required: true,
      defaultValue: 'Not Started',
    }),
    pick('Priority', 'Priority', withDefault(['High', 'Normal', 'Low'], 'Normal'), {
      required: true,
      defaultValue: 'Normal',
    }),
    flag('IsClosed', 'Closed', READ_ONLY),
    flag('IsHighPriority', 'High Priority', READ_ONLY),
    time('CompletedDateTime', 'Completed Date/Time', READ_ONLY),
    flag('IsReminderSet', 'Reminder Set'),
    time('ReminderDateTime', 'Reminder Date/Time'),
    pick('TaskSubtype', 'Task Subtype', ['Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'], {
      ...ONCE,
      restricted: true,
      defaultValue: 'Task',
    }),
    pick('CallType', 'Call Type', ['Internal', 'Inbound', 'Outbound']),
    number('CallDurationInSeconds', 'Call Duration'),
    text('CallDisposition', 'Call Result', 255),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_event.htm */
export const EVENT: ObjectDefinition = {
  name: 'Event',
  label: 'Event',
  labelPlural: 'Events',
  keyPrefix: '00U',
  fields: [
    ...system(),
    ...about('Events'),
    time('ActivityDateTime', 'Due Date Time'),
    time('StartDateTime', 'Start Date Time'),
    time('EndDateTime', 'End Date Time'),
    number('DurationInMinutes', 'Duration'),
    flag('IsAllDayEvent', 'All-Day Event'),
    text('Location', 'Location', 255),
    flag('IsChild', 'Is Child', READ_ONLY),
    flag('IsRecurrence', 'Create Recurring Series of Events', ONCE),
    pick('EventSubtype', 'Event Subtype', ['Event'], { ...ONCE, defaultValue: 'Event' }),
  ],
};

/** Status: 0 New, 1 Read, 2 Replied, 3 Sent, 4 Forwarded, 5 Draft. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_emailmessage.htm */
export const EMAIL_MESSAGE: ObjectDefinition = {
  name: 'EmailMessage',
  label: 'Email Message',
  labelPlural: 'Email Messages',
  keyPrefix: '02s',
  fields: [
    ...system(),
    reference('ParentId', 'Case ID', ['Case'], ONCE),
    reference('ActivityId', 'Activity ID', ['Task']),
    reference('RelatedToId', 'Related To ID', ['Account', 'Campaign', 'Opportunity']),
    text('Subject', 'Subject', 3_000),
    text('FromAddress', 'From Address', 1_333),
    text('ToAddress', 'To Address', 4_000),
    time('MessageDate', 'Message Date'),
    flag('Incoming', 'Is Incoming'),
    pick('Status', 'Status', ['0', '1', '2', '3', '4', '5'], { required: true, defaultValue: '3' }),
    flag('IsTracked', 'Is Tracked'),
    flag('IsOpened', 'Opened?', READ_ONLY),
    time('FirstOpenedDate', 'First Opened', READ_ONLY),
    time('LastOpenedDate', 'Last Opened', READ_ONLY),
    flag('IsBounced', 'Is Bounced'),
    text('ThreadIdentifier', 'Thread Identifier', 4_000),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_emailmessagerelation.htm */
export const EMAIL_MESSAGE_RELATION: ObjectDefinition = {
  name: 'EmailMessageRelation',
  label: 'Email Message Relation',
  labelPlural: 'Email Message Relations',
  keyPrefix: '0Hy',
  fields: [
    ...system(),
    reference('EmailMessageId', 'Email Message ID', ['EmailMessage'], {
      ...ONCE,
      required: true,
      childRelationship: 'EmailMessageRelations',
    }),
    reference('RelationId', 'Relation ID', ['Contact', 'Lead', 'User'], {
      ...ONCE,
      childRelationship: 'EmailMessageRelations',
    }),
    pick('RelationType', 'Relation Type', ['ToAddress', 'CcAddress', 'BccAddress', 'FromAddress', 'OtherAddress'], {
      ...ONCE,
      required: true,
    }),
    text('RelationObjectType', 'Relation Object Type', 40, READ_ONLY),
    text('RelationAddress', 'Relation Address', 400, ONCE),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm */
export const OPPORTUNITY: ObjectDefinition = {
  name: 'Opportunity',
  label: 'Opportunity',
  labelPlural: 'Opportunities',
  keyPrefix: '006',
  fields: [
    ...system(),
    reference('AccountId', 'Account ID', ['Account'], { childRelationship: 'Opportunities' }),
    reference('CampaignId', 'Campaign ID', ['Campaign'], { childRelationship: 'Opportunities' }),
    text('Name', 'Name', 120, { required: true }),
    pick(
      'StageName',
      'Stage',
      OPPORTUNITY_STAGES.map(({ label }) => label),
      { required: true },
    ),
    money('Amount', 'Amount'),
    { name: 'Probability', label: 'Probability (%)', type: 'percent', precision: 3 },
    date('CloseDate', 'Close Date', { required: true }),
    pick('Type', 'Opportunity Type', ['Existing Business', 'New Business']),
    pick('LeadSource', 'Lead Source', LEAD_SOURCES),
    flag('IsClosed', 'Closed', READ_ONLY),
    flag('IsWon', 'Won', READ_ONLY),
    reference('OwnerId', 'Owner ID', ['User']),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitycontactrole.htm */
export const OPPORTUNITY_CONTACT_ROLE: ObjectDefinition = {
  name: 'OpportunityContactRole',
  label: 'Opportunity Contact Role',
  labelPlural: 'Opportunity Contact Roles',
  keyPrefix: '00K',
  fields: [
    ...system(),
    reference('OpportunityId', 'Opportunity ID', ['Opportunity'], {
      ...ONCE,
      required: true,
      childRelationship: 'OpportunityContactRoles',
    }),
    reference('ContactId', 'Contact ID', ['Contact'], { required: true, childRelationship: 'OpportunityContactRoles' }),
    pick('Role', 'Role', ['Business User', 'Decision Maker', 'Economic Buyer', 'Evaluator', 'Influencer', 'Other']),
    flag('IsPrimary', 'Primary'),
  ],
};
