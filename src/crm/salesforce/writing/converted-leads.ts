import { z } from 'zod';
import { batches } from '../../../base/batches.ts';
import { RetryableError } from '../../../base/errors.ts';
import type { CallOptions, WriteOutcome } from '../../crm.ts';
import { queryPages } from '../api/query.ts';
import { oneOf } from '../api/soql.ts';
import { IDS_PER_QUERY, placesOf } from './contact-places.ts';
import { type RowUpdate, updateOf } from './row-update.ts';
import { type StageMove, stageMoves } from './stage-moves.ts';
import { stageFieldOf, type WriteContext } from './write-context.ts';

/** Fields that a Contact has no use for, or none of the same name; and the owner, whom a Lead lacked and a Contact has. */
const LEADS_ONLY = ['Status', 'Rating', 'OwnerId'];

/**
 * Leads that were converted between reading and writing: the same outputs for the Contacts that they became, whose stage may be
 * further on.
 */
export async function toTheirContacts(
  context: WriteContext,
  updates: readonly RowUpdate[],
  options?: CallOptions,
): Promise<{ readonly updates: RowUpdate[]; readonly settled: WriteOutcome[] }> {
  const contacts = await contactsOf(context, updates, options);
  const places = await placesOf(context, [...contacts.values()], options);
  const moves = await stageMoves(
    context,
    updates.flatMap((update) => moveOf(context, update, contacts.get(update.recordId))),
    options,
  );
  const settled: WriteOutcome[] = [];
  const moved = updates.flatMap(({ id, recordId, fields, move }) => {
    const contact = contacts.get(recordId);
    if (contact === undefined) {
      const error = new RetryableError('Salesforce says of a lead both that it was converted and that it was not');
      settled.push({ id, status: 'failed', error });
      return [];
    }
    const own = { ...outputsAlone(context, fields), ...moves.get(contact) };
    if (Object.keys(own).length > 0) return [{ ...updateOf(id, contact, places.get(contact), own), move }];
    settled.push({ id, status: 'written', changedAt: 0 });
    return [];
  });
  return { updates: moved, settled };
}

async function contactsOf(
  { api }: WriteContext,
  updates: readonly RowUpdate[],
  options?: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  const contacts = new Map<string, string>();
  const leads = updates.map(({ recordId }) => recordId);
  for (const batch of batches(leads, IDS_PER_QUERY)) {
    const soql = `SELECT Id,ConvertedContactId FROM Lead WHERE Id IN ${oneOf(batch)}`;
    for await (const page of queryPages(api, soql, convertedSchema, { kind: 'read', ...options }))
      for (const { Id, ConvertedContactId } of page) if (ConvertedContactId) contacts.set(Id, ConvertedContactId);
  }
  return contacts;
}

const convertedSchema = z.looseObject({ Id: z.string(), ConvertedContactId: z.string().nullish() });

/** What was to happen to the stage of the Lead, for its Contact. */
function moveOf(context: WriteContext, { fields, move }: RowUpdate, contact: string | undefined): StageMove[] {
  const stage = stageFieldOf(context);
  if (stage === undefined || !(stage in fields) || move === undefined || contact === undefined) return [];
  return [{ ...move, id: contact }];
}

function outputsAlone({ config: { lifecycle } }: WriteContext, fields: RowUpdate['fields']): RowUpdate['fields'] {
  const others = [...LEADS_ONLY, ...(lifecycle === 'off' ? [] : [lifecycle.field, lifecycle.mql_date])];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !others.includes(name)));
}
