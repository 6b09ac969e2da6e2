import { DAY } from '../base/clock.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/** How long a lead keeps who was chosen, in milliseconds: until then it has that owner, or nobody took it on. */
const KEPT = 30 * DAY;

/** Somebody who takes leads in turn with others. */
export interface Candidate {
  /** The CRM's id of them. */
  readonly id: string;
  /** Whether they can take one now. */
  readonly isThere: boolean;
}

/**
 * Whose turn it is: the next one who is there, after whoever of this pool had the last lead. Who is away is passed over, and so are they
 * alone: of the others each has as many leads as the next. The same lead gets the same one again, however often it is tried, as long as
 * that one is there. Undefined where nobody is. Pools have names of their own; their ids are kept in order and may change at any time.
 */
export async function takeOwnerTurn(
  space: Space,
  pool: string,
  leadId: string,
  candidates: readonly Candidate[],
): Promise<string | undefined> {
  if (!candidates.some(({ isThere }) => isThere)) return undefined;
  const args = candidates.flatMap(({ id, isThere }) => [id, isThere ? 1 : 0]);
  const taken = await take(space.redis, [turnKey(space, leadId), space.key('owner-last')], [KEPT, pool, ...args]);
  return typeof taken === 'string' ? taken : undefined;
}

export async function forgetOwnerTurns(space: Space, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length > 0) await space.redis.del(...leadIds.map((id) => turnKey(space, id)));
}

const turnKey = (space: Space, leadId: string) => space.key('owner-taken', leadId);

// KEYS: whom the lead got, by pool; whose turn was last, by pool. ARGV: for how long the first is kept, the pool, then id and 1 or 0 of each.
const take = defineScript(`
local pool = ARGV[2]
local taken = redis.call('HGET', KEYS[1], pool)
local last = redis.call('HGET', KEYS[2], pool)
local first, after, isAfter
for at = 3, #ARGV, 2 do
  local id = ARGV[at]
  if ARGV[at + 1] == '1' then
    if id == taken then return id end
    first = first or id
    if isAfter then after = after or id end
  end
  if id == last then isAfter = true end
end
local turn = after or first
if not turn then return false end
redis.call('HSET', KEYS[1], pool, turn)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[2], pool, turn)
return turn
`);
