import { z } from 'zod';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';

const ownersSchema = z.object({ results: z.array(z.object({ id: z.string(), email: z.string().nullish() })) });

/**
 * The ids of the active owners with this e-mail address, or of any few owners without one.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/owners/guide
 */
export async function listOwners(transport: Transport, email?: string): Promise<string[]> {
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
  const matching = answer.results.filter(
    (owner) => email === undefined || owner.email?.toLowerCase() === email.toLowerCase(),
  );
  return matching.map((owner) => owner.id);
}

/** @throws RefusedError (404) where no active owner has the id. https://developers.hubspot.com/docs/api-reference/latest/crm/owners/guide */
export async function readOwner(transport: Transport, id: string): Promise<void> {
  const path = `${PATHS.owners}/${encodeURIComponent(id)}`;
  await transport.call({ kind: 'setup', method: 'GET', path, schema: z.object({ id: z.string() }) });
}
