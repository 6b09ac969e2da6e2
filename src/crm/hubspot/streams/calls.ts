import { MINUTE } from '../../../base/clock.ts';
import { listOneSalesRecord } from '../api/sales-records.ts';
import { type Deed, type SalesRecord, type SalesSource, salesStream } from './sales-stream.ts';
import type { StreamKind } from './stream-kind.ts';

export const callsKind: StreamKind = {
  key: 'calls',
  what: 'calls',
  scopes: ['crm.objects.contacts.read'],
  delivers: ['call', 'call-attempt'],
  probe: (transport) => listOneSalesRecord(transport, 'calls'),
  open: ({ transport }) => salesStream(transport, CALLS),
};

/** https://developers.hubspot.com/docs/api-reference/latest/crm/activities/calls/guide */
const CALLS: SalesSource = {
  type: 'calls',
  name: 'call',
  properties: ['hs_call_duration', 'hs_call_status', 'hs_call_disposition', 'hs_call_direction'],
  times: ['hs_timestamp'],
  reader: () => (record) => {
    const isInbound = record.properties.hs_call_direction?.toUpperCase() === 'INBOUND';
    if (isConversation(record)) return { ...conversation(record, isInbound), instead: ['call-attempt'] };
    // That nobody took a call of the contact's was no try of ours.
    if (!isInbound && isAttempt(record)) return { activity: { type: 'call-attempt' }, instead: ['call'] };
    return { activity: { type: 'call' }, withdrawn: true, instead: ['call-attempt'] };
  },
};

function conversation({ properties }: SalesRecord, isInbound: boolean): Deed {
  const minutes = Number(properties.hs_call_duration ?? 0) / MINUTE;
  return { activity: { type: 'call', ...(minutes > 0 && { minutes }), ...(isInbound && { isInbound }) } };
}

/**
 * Most calls are logged as completed, whoever answered: the outcome tells more. One of a company's own outcomes, or none, leaves
 * it with the status.
 */
function isConversation(record: SalesRecord): boolean {
  return isOver(record) && !WITHOUT_THE_CONTACT.has(outcomeOf(record));
}

/** Somebody called, and did not speak to the contact. A call that failed or was given up before it rang is none. */
function isAttempt(record: SalesRecord): boolean {
  if (NOT_TAKEN.has(statusOf(record))) return true;
  return isOver(record) && WITHOUT_THE_CONTACT.has(outcomeOf(record));
}

const isOver = (record: SalesRecord) => ['', 'COMPLETED'].includes(statusOf(record));

const statusOf = ({ properties }: SalesRecord) => properties.hs_call_status?.toUpperCase() ?? '';

const outcomeOf = ({ properties }: SalesRecord) => properties.hs_call_disposition?.toLowerCase() ?? '';

const NOT_TAKEN: ReadonlySet<string> = new Set(['BUSY', 'NO_ANSWER']);

/** HubSpot's own outcomes in which the contact was not spoken to, by the ids that they have in every portal. */
const WITHOUT_THE_CONTACT: ReadonlySet<string> = new Set([
  '9d9162e7-6cf3-4944-bf63-4dff82258764', // busy
  'a4c4c377-d246-4b32-a13b-75a56a4cd0ff', // left live message
  'b2cf5968-551e-4856-9783-52b3da59a7d0', // left voicemail
  '73a0d17f-1163-4015-bdd5-ec830791da20', // no answer
  '17b47fee-58de-441e-a44c-c6300d46f273', // wrong number
]);
