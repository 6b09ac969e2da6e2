import type { CallOptions } from '../crm.ts';
import { batchReadContacts, type Contact, type ContactUpdate } from './api/contacts.ts';
import type { WriteContext } from './write-context.ts';

/**
 * Of the updates that move the lifecycle stage, by the input's id: whether the record stands there now. HubSpot drops a backward
 * move without a word, so that this is read from the record and never assumed; where the answer does not tell, the record is asked.
 */
export async function stagesKept(
  { transport, config }: WriteContext,
  rows: readonly { readonly input: ContactUpdate; readonly contact: Contact }[],
  options?: CallOptions,
): Promise<Map<string, boolean>> {
  const { lifecycle } = config;
  if (lifecycle === 'off') return new Map();
  const { property } = lifecycle;
  // Emptying it is but the first half of a move back.
  const moving = rows.filter(({ input }) => input.properties[property]);
  const stages = new Map(moving.map(({ contact }) => [contact.id, contact.properties[property]]));
  const ids = [...stages].filter(([, stage]) => stage === undefined).map(([id]) => id);
  if (ids.length > 0) {
    const records = await batchReadContacts(transport, { ids, properties: [property] }, options);
    for (const record of records) stages.set(record.id, record.properties[property]);
  }
  return new Map(moving.map(({ input, contact }) => [input.id, stages.get(contact.id) === input.properties[property]]));
}
