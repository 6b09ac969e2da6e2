import { type BuiltInProperty, type BuiltIns, calculated, instant, number, text } from './built-in.ts';
import { CALL_DISPOSITIONS } from './call-dispositions.ts';
import { DEAL_STAGES } from './deal-stages.ts';

/** What sales keeps about contacts. */
export const SALES_KINDS = ['calls', 'meetings', 'emails', 'tasks', 'deals'] as const;
export type SalesKind = (typeof SALES_KINDS)[number];

/** The properties of calls, meetings, e-mails, tasks and deals that a connector meets. https://developers.hubspot.com/docs/api-reference/latest/crm/activities/calls/guide */
export const SALES_PROPERTIES: Readonly<Record<SalesKind, BuiltIns>> = {
  calls: engagement('call', [
    ...['hs_call_title', 'hs_call_body'].map((name) => text(name, 'call')),
    { ...number('hs_call_duration', 'call'), readOnly: false },
    choice('hs_call_disposition', 'call', Object.values(CALL_DISPOSITIONS)),
    choice('hs_call_status', 'call', [
      'BUSY',
      'CALLING_CRM_USER',
      'CANCELED',
      'COMPLETED',
      'CONNECTING',
      'FAILED',
      'IN_PROGRESS',
      'NO_ANSWER',
      'QUEUED',
      'RINGING',
    ]),
    choice('hs_call_direction', 'call', ['INBOUND', 'OUTBOUND']),
  ]),
  meetings: engagement('meeting', [
    ...['hs_meeting_title', 'hs_meeting_body'].map((name) => text(name, 'meeting')),
    ...['hs_meeting_start_time', 'hs_meeting_end_time'].map((name) => written(instant(name, 'meeting'))),
    choice('hs_meeting_outcome', 'meeting', ['SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED']),
  ]),
  emails: engagement('email', [
    ...['hs_email_subject', 'hs_email_text'].map((name) => text(name, 'email')),
    choice('hs_email_direction', 'email', ['EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL']),
    choice('hs_email_status', 'email', ['BOUNCED', 'FAILED', 'SCHEDULED', 'SENDING', 'SENT']),
  ]),
  tasks: engagement('task', [
    ...['hs_task_subject', 'hs_task_body', 'hs_task_reminders'].map((name) => text(name, 'task')),
    choice('hs_task_status', 'task', ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'DEFERRED', 'COMPLETED']),
    choice('hs_task_priority', 'task', ['NONE', 'LOW', 'MEDIUM', 'HIGH']),
    choice('hs_task_type', 'task', ['TODO', 'CALL', 'EMAIL', 'LINKED_IN']),
  ]),
  deals: {
    of: 'deal',
    groups: { dealinformation: 'Deal information' },
    properties: [
      ...common('dealinformation', 'createdate'),
      text('dealname', 'dealinformation'),
      choice('pipeline', 'dealinformation', ['default']),
      choice('dealstage', 'dealinformation', DEAL_STAGES),
      { ...number('amount', 'dealinformation'), readOnly: false },
      written(instant('closedate', 'dealinformation')),
      ...['hs_is_closed', 'hs_is_closed_won'].map((name) =>
        calculated({ name, type: 'bool', fieldType: 'booleancheckbox', group: 'dealinformation' }),
      ),
    ],
  },
};

function engagement(of: BuiltIns['of'], own: readonly BuiltInProperty[]): BuiltIns {
  return {
    of,
    groups: { [of]: `${of.charAt(0).toUpperCase()}${of.slice(1)} information` },
    properties: [...common(of, 'hs_createdate'), written(instant('hs_timestamp', of)), ...own],
  };
}

function common(group: string, created: string): BuiltInProperty[] {
  return [
    number('hs_object_id', group),
    instant(created, group),
    instant('hs_lastmodifieddate', group),
    { name: 'hubspot_owner_id', type: 'enumeration', fieldType: 'select', group, references: 'OWNER' },
  ];
}

function choice(name: string, group: string, options: readonly string[]): BuiltInProperty {
  return { name, type: 'enumeration', fieldType: 'select', group, options };
}

function written(property: BuiltInProperty): BuiltInProperty {
  return { ...property, readOnly: false };
}
