import { scanKeys } from './scan-keys.ts';
import type { Space } from './space.ts';

/** The ids of all leads of which a state is kept, some at a time; one may come twice. */
export async function* allStateIds(space: Space): AsyncGenerator<string[]> {
  const prefix = space.key('lead', '');
  for await (const keys of scanKeys(space.redis, prefix)) yield keys.map((key) => key.slice(prefix.length));
}
