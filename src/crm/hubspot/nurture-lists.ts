import { batches } from '../../base/batches.ts';
import { RecordError } from '../../base/errors.ts';
import type { CallOptions } from '../crm.ts';
import { addToList, type ContactList, LIST_BATCH, searchLists } from './api/lists.ts';
import type { HubspotConfig } from './config.ts';
import { listsNamed } from './list-fields.ts';
import { isRecordId } from './record-id.ts';
import { codesOf, ForbiddenError, RefusedError } from './refusal.ts';
import type { Transport } from './transport.ts';

/** The ids of the lists that nurture rules put contacts on, by the rule, as far as the portal has them. */
export type NurtureLists = ReadonlyMap<string, string>;

export function nurtureLists({ nurture }: HubspotConfig, known: readonly ContactList[]): NurtureLists {
  return new Map(
    Object.entries(nurture).flatMap(([rule, { list }]) =>
      listsNamed(list, known).map(({ listId }) => [rule, listId] as const),
    ),
  );
}

/**
 * Nothing for a rule without a list. @returns why, by the ids of contacts that HubSpot refused while the list may take others.
 * @throws RecordError where the list went, or became an active one, since it was looked for, or the credential may no longer write lists: that
 *   must not keep everybody else's score from the portal.
 */
export async function enrol(
  transport: Transport,
  lists: NurtureLists,
  { rule, leadIds }: { readonly rule: string; readonly leadIds: readonly string[] },
  options?: CallOptions,
): Promise<ReadonlyMap<string, RecordError>> {
  const refused = new Map<string, RecordError>();
  const listId = lists.get(rule);
  if (listId === undefined) return refused;
  for (const contactIds of batches([...new Set(leadIds)].filter(isRecordId), LIST_BATCH)) {
    try {
      await addToList(transport, { listId, contactIds }, options);
    } catch (error) {
      const why = await whyRefused(transport, { rule, listId }, error, options);
      for (const id of contactIds) refused.set(id, why);
    }
  }
  return refused;
}

/**
 * HubSpot does not say by which word it refuses contacts for the list's sake, so the list is looked at.
 * @returns what is wrong with these contacts alone: it names no single ones. @throws what concerns the list, or more than that.
 */
async function whyRefused(
  transport: Transport,
  { rule, listId }: { readonly rule: string; readonly listId: string },
  error: unknown,
  options?: CallOptions,
): Promise<RecordError> {
  if (error instanceof ForbiddenError) throw new RecordError(error.message);
  if (!(error instanceof RefusedError)) throw error;
  const { status, problem } = error;
  if (status === 404 || !(await isStatic(transport, listId, options)))
    throw new RecordError(
      `HubSpot put nobody on the list of nurture.${rule} (${status}): it was deleted, or its filters fill it now. Name a static list there, or take the line out`,
    );
  const why = [status, ...codesOf(problem)].join(', ');
  return new RecordError(`HubSpot does not put the lead on the list of nurture.${rule} (${why})`);
}

async function isStatic(transport: Transport, listId: string, options?: CallOptions): Promise<boolean> {
  const [list] = await searchLists(transport, { kind: 'related', listIds: [listId] }, options);
  return list !== undefined && list.processingType !== 'DYNAMIC';
}
