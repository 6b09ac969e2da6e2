import type { Redis } from 'ioredis';

/** What is in Redis, in bytes, or in members where it does not tell bytes. */
export interface RedisSize {
  /** What is kept of people for a day, a quarter or for good, as docs/redis.md has it: grows with all that happens. */
  readonly kept: number;
  /** All else: what waits, queues, cursors, budgets. Grows with nothing. */
  readonly passing: number;
  /** The largest of the queues' streams of events, of which BullMQ drops the oldest by whole nodes of a hundred; in none of the others. */
  readonly stream: number;
  readonly unit: 'bytes' | 'members';
  /** By kind of key, for whoever wants to know what grew. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** The kinds of keys that grow with what people do. A kind that is not here, such as a new one, must not grow. */
const KEPT =
  /^(?:\{person-\}:(?:ledger|records)|(?:ledger|lead|event|seen|fast-track|follow-up|follow-ups|due|gone|owner-taken|related|list|account)(?::|$))/;

const STREAM = /^queue \S+ events$/;

const AT_ONCE = 500;

/** Looks at every key, without holding Redis up. */
export async function sizeOf(client: Redis, namespace: string): Promise<RedisSize> {
  const kinds: Record<string, number> = {};
  let unit: RedisSize['unit'] = 'bytes';
  let cursor = '0';
  do {
    const [next, keys] = await client.scan(cursor, 'MATCH', `${namespace}:*`, 'COUNT', AT_ONCE);
    cursor = next;
    const told = await bytesOf(client, keys);
    if (told === undefined) unit = 'members';
    const sizes = told ?? (await membersOf(client, keys));
    for (const [place, key] of keys.entries()) {
      const kind = kindOf(key, namespace);
      kinds[kind] = (kinds[kind] ?? 0) + (sizes[place] ?? 0);
    }
  } while (cursor !== '0');
  const sizes = (of: (kind: string) => boolean) =>
    Object.entries(kinds).flatMap(([kind, size]) => (of(kind) ? size : []));
  const sum = (all: readonly number[]) => all.reduce((total, size) => total + size, 0);
  const isKept = (kind: string) => KEPT.test(kind);
  const isStream = (kind: string) => STREAM.test(kind);
  return {
    kept: sum(sizes(isKept)),
    passing: sum(sizes((kind) => !isKept(kind) && !isStream(kind))),
    stream: Math.max(0, ...sizes(isStream)),
    unit,
    kinds,
  };
}

/** `leadgauge:{hubspot}:lead:1` is of the kind `lead`, `leadgauge:{person-ab12}:ledger` of `{person-}:ledger`, any of BullMQ's is by its queue. */
export function kindOf(key: string, namespace: string): string {
  const [, tag = '', rest = ''] = /^\{([^}]*)\}:(.*)$/s.exec(key.slice(namespace.length + 1)) ?? [];
  if (tag.startsWith('person-')) return `{person-}:${rest}`;
  const [first = '', second = ''] = rest.split(':');
  return tag === 'queues' ? `queue ${first} ${/^\d+$/.test(second) ? 'job' : second}` : first;
}

/** Undefined where this Redis does not tell. */
async function bytesOf(client: Redis, keys: readonly string[]): Promise<number[] | undefined> {
  const pipeline = client.pipeline();
  for (const key of keys) pipeline.memory('USAGE', key);
  const replies = (await pipeline.exec()) ?? [];
  return replies.some(([error]) => error !== null) ? undefined : replies.map(([, bytes]) => Number(bytes ?? 0));
}

const COUNTED: Readonly<Record<string, string>> = {
  zset: 'zcard',
  hash: 'hlen',
  set: 'scard',
  list: 'llen',
  stream: 'xlen',
};

async function membersOf(client: Redis, keys: readonly string[]): Promise<number[]> {
  const sizes: number[] = [];
  for (const key of keys) {
    const count = COUNTED[await client.type(key)];
    sizes.push(1 + (count === undefined ? 0 : Number(await client.call(count, key))));
  }
  return sizes;
}
