import { execute } from '../../src/ledger/execute.ts';
import type { SoakRedis } from './redis.ts';

/** What is in Redis: bytes of a redis-server, and members of leadgauge's own, which tells no bytes. */
export interface RedisSize {
  /** What is kept of people for a day, a quarter or for good, as docs/redis.md has it: grows with all that happens. Counted in bytes alone. */
  readonly kept: number;
  /** All else: what waits, queues, cursors, budgets. Grows with nothing. */
  readonly passing: number;
  /** The largest of the queues' streams of events, of which BullMQ drops the oldest by whole nodes; in none of the others. */
  readonly stream: number;
  /** By kind of key, for whoever wants to know what grew. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** The kinds of keys that grow with what people do. A kind that is not here, such as a new one, must not grow. */
const KEPT =
  /^(?:\{person-\}:(?:ledger|records)|(?:ledger|lead|event|seen|fast-track|follow-up|follow-ups|due|gone|owner-taken|related|list|account)(?::|$))/;

const STREAM = /^queue \S+ events$/;

/** How many keys are asked for at once. Leadgauge's own goes through all of them each time, so it is asked once. */
const AT_ONCE = { server: 500, embedded: 10_000_000 };

/** Looks at every key, without holding Redis up. */
export async function sizeOf({ kind: redis, client }: SoakRedis, namespace: string): Promise<RedisSize> {
  const kinds: Record<string, number> = {};
  let cursor = '0';
  do {
    const [next, found] = await client.scan(cursor, 'MATCH', `${namespace}:*`, 'COUNT', AT_ONCE[redis]);
    cursor = next;
    // Of the other one it takes two questions for each key, and most keys are of people.
    const keys = redis === 'server' ? found : found.filter((key) => !KEPT.test(kindOf(key, namespace)));
    const sizes = await (redis === 'server' ? bytesOf(client, keys) : membersOf(client, keys));
    for (const [place, key] of keys.entries()) {
      const kind = kindOf(key, namespace);
      kinds[kind] = (kinds[kind] ?? 0) + (sizes[place] ?? 0);
    }
  } while (cursor !== '0');
  const size = { kept: 0, passing: 0, stream: 0, kinds };
  for (const [kind, of] of Object.entries(kinds)) {
    if (STREAM.test(kind)) size.stream = Math.max(size.stream, of);
    else size[KEPT.test(kind) ? 'kept' : 'passing'] += of;
  }
  return size;
}

/** `leadgauge:{hubspot}:lead:1` is of the kind `lead`, `leadgauge:{person-ab12}:ledger` of `{person-}:ledger`, any of BullMQ's is by its queue. */
export function kindOf(key: string, namespace: string): string {
  const [, tag = '', rest = ''] = /^\{([^}]*)\}:(.*)$/s.exec(key.slice(namespace.length + 1)) ?? [];
  if (tag.startsWith('person-')) return `{person-}:${rest}`;
  const [first = '', second = ''] = rest.split(':');
  return tag === 'queues' ? `queue ${first} ${/^\d+$/.test(second) ? 'job' : second}` : first;
}

type Client = SoakRedis['client'];

async function bytesOf(client: Client, keys: readonly string[]): Promise<number[]> {
  const pipeline = client.pipeline();
  for (const key of keys) pipeline.memory('USAGE', key);
  // One that is gone by now has none.
  return (await execute(pipeline)).map(Number);
}

const COUNTED: Readonly<Record<string, string>> = {
  zset: 'zcard',
  hash: 'hlen',
  set: 'scard',
  list: 'llen',
  stream: 'xlen',
};

async function membersOf(client: Client, keys: readonly string[]): Promise<number[]> {
  const types = client.pipeline();
  for (const key of keys) types.type(key);
  const counts = client.pipeline();
  for (const [place, type] of (await execute(types)).entries())
    counts.call(COUNTED[String(type)] ?? 'exists', keys[place] ?? '');
  return (await execute(counts)).map(Number);
}
