import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis, type RedisOptions } from 'ioredis';
import { afterAll, beforeEach } from 'vitest';
import { startEmbeddedRedis } from '../../src/queue/embedded-redis.ts';
import { findRedisServer, startRedisServer } from '../../src/queue/redis-server.ts';

export interface TestRedis {
  readonly url: string;
  /** `embedded` is the one inside this process; `server` a real redis-server, with LEADGAUGE_TEST_REDIS=server. */
  readonly kind: 'embedded' | 'server';
  /** A new connection, closed with the server. */
  client(options?: RedisOptions): Redis;
  /** Empties it; happens by itself before each test. */
  flush(): Promise<void>;
  /** Happens by itself after the last test of the file. */
  close(): Promise<void>;
}

/**
 * A Redis for the tests of one file. Call it at the top of the file: `const redis = await startTestRedis();`. It is
 * empty at the start of every test, so end workers and queues with `onTestFinished` or in `afterEach`.
 */
export async function startTestRedis(): Promise<TestRedis> {
  const server = await start();
  const clients: Redis[] = [];
  let closing: Promise<void> | undefined;

  function client(options: RedisOptions = {}): Redis {
    const made = new Redis(server.url, { maxRetriesPerRequest: null, ...options });
    // Without a listener, ioredis writes every lost connection to the console.
    made.on('error', () => {});
    clients.push(made);
    return made;
  }

  const own = client();
  const redis: TestRedis = {
    url: server.url,
    kind: server.kind,
    client,
    async flush() {
      await own.flushall();
    },
    close() {
      closing ??= shut();
      return closing;
    },
  };

  async function shut(): Promise<void> {
    for (const each of clients) each.disconnect();
    await server.close();
  }

  beforeEach(redis.flush);
  afterAll(redis.close);
  return redis;
}

async function start(): Promise<Pick<TestRedis, 'url' | 'kind' | 'close'>> {
  if (process.env.LEADGAUGE_TEST_REDIS !== 'server') return { kind: 'embedded', ...(await startEmbeddedRedis()) };
  const binary = findRedisServer(process.env.PATH);
  if (binary === undefined) {
    throw new Error(
      'LEADGAUGE_TEST_REDIS=server needs redis-server or valkey-server on the PATH: install one, or unset the variable',
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'leadgauge-redis-'));
  const { url, close } = await startRedisServer(binary, folder);
  return { url, kind: 'server', close: () => close().then(() => rm(folder, { recursive: true, force: true })) };
}
