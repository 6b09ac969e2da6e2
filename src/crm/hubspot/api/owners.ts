import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { after, paging, rowsOf } from './shapes.ts';

const userId = z.coerce.string().nullish().catch(undefined);
const ownerSchema = z.object({
  id: z.string(),
  email: z.string().nullish(),
  type: z.string().nullish().catch(undefined),
  /** Of a user who can log in. */
  userId,
  /** Of one who cannot any more, too. */
  userIdIncludingInactive: userId,
});
export type HubspotOwner = z.output<typeof ownerSchema>;

const ownersSchema = z.object({ results: rowsOf(ownerSchema), paging });

/**
 * The ids of the active owners with this e-mail address, or of any few owners without one.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/owners/guide
 */
export async function findOwnerIds(transport: Transport, email?: string): Promise<string[]> {
  const query = {
    limit: email === undefined ? '1' : '100',
    archived: 'false',
    ...(email === undefined ? {} : { email }),
  };
  const answer = await transport.call({
    kind: 'setup',
    method: 'GET',
    path: PATHS.owners,
    query,
    schema: ownersSchema,
  });
  const matching = answer.results.rows.filter(
    (owner) => email === undefined || owner.email?.toLowerCase() === email.toLowerCase(),
  );
  return matching.map((owner) => owner.id);
}

/** All owners, or all who were removed. https://developers.hubspot.com/docs/api-reference/latest/crm/owners/guide */
export async function listOwners(
  transport: Transport,
  { archived }: { readonly archived: boolean },
  options?: CallOptions,
): Promise<HubspotOwner[]> {
  const owners: HubspotOwner[] = [];
  let from: string | undefined;
  do {
    const query = { limit: '500', archived: String(archived), ...after(from) };
    const call = { kind: 'setup', method: 'GET', path: PATHS.owners, query, schema: ownersSchema } as const;
    const answer = await transport.call(call, options);
    owners.push(...answer.results.rows);
    const next = answer.paging?.next?.after;
    from = next === from ? undefined : next;
  } while (from !== undefined);
  return owners;
}

/** @throws RefusedError (404) where no active owner has the id. https://developers.hubspot.com/docs/api-reference/latest/crm/owners/guide */
export async function readOwner(transport: Transport, id: string): Promise<void> {
  const path = `${PATHS.owners}/${encodeURIComponent(id)}`;
  await transport.call({ kind: 'setup', method: 'GET', path, schema: z.object({ id: z.string() }) });
}
