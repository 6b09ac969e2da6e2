import { dayIn } from '../days.ts';
import type { Org, Writing } from '../org.ts';
import type { SalesforceRecord } from '../record.ts';
import { insertBy, updateBy } from './done.ts';

export interface CallDetails {
  readonly minutes?: number;
  readonly type?: 'Inbound' | 'Outbound';
  /** As somebody typed it. */
  readonly result?: string;
}

export interface EventDetails {
  readonly subject?: string;
  /** Milliseconds since 1970; now unless told. */
  readonly start?: number;
  readonly minutes?: number;
}

export interface EmailDetails {
  readonly subject?: string;
  /** Whether the person wrote it. */
  readonly incoming?: boolean;
}

/** A task that is done, unless the values say otherwise. */
export function logTask(
  org: Org,
  personId: string,
  values: Readonly<Record<string, unknown>>,
  how: Writing,
): SalesforceRecord {
  const today = dayIn(org.settings.timeZone, org.now());
  const usual = { WhoId: personId, Subject: 'Follow-up', Status: 'Completed', ActivityDate: today };
  return insertBy(org, 'Task', { ...usual, ...values }, how);
}

export function logCall(org: Org, personId: string, details: CallDetails, how: Writing): SalesforceRecord {
  const { minutes = 5, type = 'Outbound', result = 'Connected' } = details;
  const call = { CallType: type, CallDurationInSeconds: minutes * 60, CallDisposition: result };
  return logTask(org, personId, { Subject: 'Call', TaskSubtype: 'Call', ...call }, how);
}

export function logEvent(org: Org, personId: string, details: EventDetails, how: Writing): SalesforceRecord {
  const { subject = 'Product walk-through', start = org.now(), minutes = 30 } = details;
  const values = { WhoId: personId, Subject: subject, StartDateTime: start, DurationInMinutes: minutes };
  return insertBy(org, 'Event', values, how);
}

/** Gives the EmailMessage. */
export function logEmail(org: Org, personId: string, details: EmailDetails, how: Writing): SalesforceRecord {
  const { subject = 'Our conversation', incoming = false } = details;
  const person = org.get(personId);
  const seller = org.find(person.text('OwnerId') ?? '') ?? org.users[0];
  const [theirs, ours] = [person.text('Email') ?? null, seller?.text('Email') ?? null];
  const task = logTask(org, personId, { Subject: `Email: ${subject}`, TaskSubtype: 'Email' }, how);
  const message = insertBy(
    org,
    'EmailMessage',
    {
      ActivityId: task.id,
      Subject: subject,
      FromAddress: incoming ? theirs : ours,
      ToAddress: incoming ? ours : theirs,
      MessageDate: org.now(),
      Incoming: incoming,
      Status: incoming ? '0' : '3',
      IsTracked: !incoming,
    },
    how,
  );
  const relate = (id: string | undefined, type: string, address: string | null) => {
    const relation = { RelationId: id ?? null, RelationType: type, RelationAddress: address };
    insertBy(org, 'EmailMessageRelation', { EmailMessageId: message.id, ...relation }, how);
  };
  relate(personId, incoming ? 'FromAddress' : 'ToAddress', theirs);
  relate(seller?.type.name === 'User' ? seller.id : undefined, incoming ? 'ToAddress' : 'FromAddress', ours);
  return message;
}

export function openEmail(org: Org, id: string, how: Writing): void {
  const message = org.get(id);
  const first = message.get('FirstOpenedDate') ?? org.now();
  updateBy(org, id, { IsOpened: true, FirstOpenedDate: first, LastOpenedDate: org.now() }, how);
}
