import { batches } from '../../base/batches.ts';
import { RecordError } from '../../base/errors.ts';
import type { CallOptions } from '../crm.ts';
import { addToList, type ContactList, LIST_BATCH } from './api/lists.ts';
import type { HubspotConfig } from './config.ts';
import { listsNamed } from './list-fields.ts';
import { isRecordId } from './record-id.ts';
import { ForbiddenError, RefusedError } from './refusal.ts';
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
 * Nothing for a rule without a list.
 * @throws RecordError where the list went, or became an active one, since it was looked for, or the credential may no longer write lists: that
 *   must not keep everybody else's score from the portal.
 */
export async function enrol(
  transport: Transport,
  lists: NurtureLists,
  { rule, leadIds }: { readonly rule: string; readonly leadIds: readonly string[] },
  options?: CallOptions,
): Promise<void> {
  const listId = lists.get(rule);
  if (listId === undefined) return;
  for (const contactIds of batches([...new Set(leadIds)].filter(isRecordId), LIST_BATCH)) {
    try {
      await addToList(transport, { listId, contactIds }, options);
    } catch (error) {
      if (error instanceof ForbiddenError) throw new RecordError(error.message);
      if (!(error instanceof RefusedError)) throw error;
      throw new RecordError(
        `HubSpot put nobody on the list of nurture.${rule} (${error.status}): it was deleted, or its filters fill it now. Name a static list there, or take the line out`,
      );
    }
  }
}
