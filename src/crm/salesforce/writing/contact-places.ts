import { z } from 'zod';
import { batches } from '../../../base/batches.ts';
import type { CallOptions } from '../../crm.ts';
import { queryPages } from '../api/query.ts';
import { oneOf } from '../api/soql.ts';
import { isContactId } from './row-update.ts';
import type { ContactPlace, WriteContext } from './write-context.ts';

/** As many ids as go into the address of one query. */
export const IDS_PER_QUERY = 500;

/**
 * Where these contacts belong, by their ids. What was read lately is known; the org is asked for the others, and only where it has
 * person accounts, which are written elsewhere: a contact's account alone is worth no call.
 */
export async function placesOf(
  context: Pick<WriteContext, 'api' | 'personAccounts' | 'placeOf'>,
  ids: readonly string[],
  options?: CallOptions,
): Promise<ReadonlyMap<string, ContactPlace>> {
  const places = new Map<string, ContactPlace>();
  const unknown: string[] = [];
  for (const id of new Set(ids.filter(isContactId))) {
    const place = context.placeOf?.(id);
    if (place !== undefined) places.set(id, place);
    else if (context.personAccounts) unknown.push(id);
  }
  for (const batch of batches(unknown, IDS_PER_QUERY)) {
    const soql = `SELECT Id,AccountId,IsPersonAccount FROM Contact WHERE Id IN ${oneOf(batch)}`;
    for await (const page of queryPages(context.api, soql, placeSchema, { kind: 'read', ...options }))
      for (const { Id, AccountId, IsPersonAccount } of page)
        places.set(Id, { accountId: AccountId ?? undefined, isPersonAccount: IsPersonAccount });
  }
  return places;
}

const placeSchema = z.looseObject({
  Id: z.string(),
  AccountId: z.string().nullish(),
  IsPersonAccount: z
    .boolean()
    .nullish()
    .transform((is) => is === true),
});
