import { MINUTE } from '../../../base/clock.ts';
import { listOneSalesRecord } from '../api/sales-records.ts';
import { type SalesRecord, type SalesSource, salesStream } from './sales-stream.ts';
import type { StreamKind } from './stream-kind.ts';

export const callsKind: StreamKind = {
  key: 'calls',
  what: 'calls',
  scopes: ['crm.objects.contacts.read'],
  delivers: ['call'],
  probe: (transport) => listOneSalesRecord(transport, 'calls'),
  open: ({ transport }) => salesStream(transport, CALLS),
};

/** https://developers.hubspot.com/docs/api-reference/latest/crm/activities/calls/guide */
const CALLS: SalesSource = {
  type: 'calls',
  name: 'call',
  properties: ['hs_call_duration', 'hs_call_status', 'hs_call_disposition'],
  times: ['hs_timestamp'],
  reader: () => (record) => {
    const minutes = Number(record.properties.hs_call_duration ?? 0) / MINUTE;
    return { activity: { type: 'call', ...(minutes > 0 && { minutes }) }, withdrawn: !isConversation(record) };
  },
};

/**
 * Most calls are logged as completed, whoever answered: the outcome tells more. One of a company's own outcomes, or none, leaves
 * it with the status.
 */
function isConversation({
  properties: { hs_call_status: status, hs_call_disposition: outcome },
}: SalesRecord): boolean {
  if (status && status.toUpperCase() !== 'COMPLETED') return false;
  return !WITHOUT_THE_CONTACT.has(outcome?.toLowerCase() ?? '');
}

/** HubSpot's own outcomes in which the contact was not spoken to, by the ids that they have in every portal. */
const WITHOUT_THE_CONTACT: ReadonlySet<string> = new Set([
  '9d9162e7-6cf3-4944-bf63-4dff82258764', // busy
  'a4c4c377-d246-4b32-a13b-75a56a4cd0ff', // left live message
  'b2cf5968-551e-4856-9783-52b3da59a7d0', // left voicemail
  '73a0d17f-1163-4015-bdd5-ec830791da20', // no answer
  '17b47fee-58de-441e-a44c-c6300d46f273', // wrong number
]);
