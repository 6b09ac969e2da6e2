import { DAY } from '../base/clock.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/** How long a lead keeps whose turn it was, in milliseconds: until then it has an owner, or nobody took it on. */
const KEPT = 30 * DAY;

/** A number that grows by one with every lead that asks, from 0; the same lead gets the same one again, however often it is tried. */
export async function takeOwnerTurn(space: Space, leadId: string): Promise<number> {
  return Number(await take(space.redis, [turnKey(space, leadId), space.key('owner-turns')], [KEPT]));
}

export async function forgetOwnerTurns(space: Space, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length > 0) await space.redis.del(...leadIds.map((id) => turnKey(space, id)));
}

const turnKey = (space: Space, leadId: string) => space.key('owner-turn', leadId);

const take = defineScript(`
local turn = redis.call('GET', KEYS[1])
if not turn then
  turn = redis.call('INCR', KEYS[2]) - 1
  redis.call('SET', KEYS[1], turn, 'PX', ARGV[1])
end
return tostring(turn)
`);
