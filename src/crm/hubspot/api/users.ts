import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { after, paging, rowsOf } from './shapes.ts';

const USER_ID = 'hs_internal_user_id';
const TIME_ZONE = 'hs_standard_time_zone';

const text = z.coerce.string().nullish().catch(undefined);
const userSchema = z.object({ properties: z.object({ [USER_ID]: text, [TIME_ZONE]: text }) });
const usersSchema = z.object({ results: rowsOf(userSchema), paging });

/** The time zone that each user set for themselves, by the `userId` of the owner; whoever set none is absent. https://developers.hubspot.com/docs/api-reference/latest/crm/objects/users/guide */
export async function readTimeZones(transport: Transport, options?: CallOptions): Promise<ReadonlyMap<string, string>> {
  const zones = new Map<string, string>();
  let from: string | undefined;
  do {
    const query = { limit: '100', properties: `${USER_ID},${TIME_ZONE}`, archived: 'false', ...after(from) };
    const call = { kind: 'setup', method: 'GET', path: PATHS.users, query, schema: usersSchema } as const;
    const answer = await transport.call(call, options);
    for (const { properties } of answer.results.rows) {
      const [id, zone] = [properties[USER_ID], properties[TIME_ZONE]?.trim()];
      if (id && zone) zones.set(id, zone);
    }
    const next = answer.paging?.next?.after;
    from = next === from ? undefined : next;
  } while (from !== undefined);
  return zones;
}

/** One of them: whether this is allowed. https://developers.hubspot.com/docs/api-reference/latest/crm/objects/users/guide */
export async function tryUsers(transport: Transport): Promise<void> {
  const query = { limit: '1', properties: USER_ID, archived: 'false' };
  await transport.call({ kind: 'setup', method: 'GET', path: PATHS.users, query, schema: usersSchema });
}
