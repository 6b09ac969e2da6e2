import type { Space } from './space.ts';

/** The ids of all leads of which a state is kept, some at a time; one may come twice. */
export async function* allStateIds(space: Space): AsyncGenerator<string[]> {
  const prefix = space.key('lead', '');
  let cursor = '0';
  do {
    const [next, keys] = await space.redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', AT_ONCE);
    yield keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    cursor = next;
  } while (cursor !== '0');
}

const AT_ONCE = 1_000;
