import type { Space } from '../../src/ledger/space.ts';
import { budgetKeys } from '../../src/queue/budget.ts';

/** As if the minute had passed after which all is free again that a dead process held: its leads, and the slots of calls that it still waited for. */
export async function endLeases(space: Space): Promise<void> {
  const { redis } = space;
  const dirty = space.key('dirty');
  for (const id of await redis.zrange(dirty, '0', '-1')) await redis.zadd(dirty, 0, id);
  const [slots, searches] = budgetKeys(space);
  for (const key of [slots, searches]) await redis.del(key);
}
