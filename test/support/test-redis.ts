import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import type { RedisClient } from '../../src/ledger/redis-client.ts';
import { createRedis } from '../../src/queue/create-redis.ts';
import { startEmbeddedRedis } from '../../src/queue/embedded-redis.ts';
import { findRedisServer, startRedisServer } from '../../src/queue/redis-server.ts';
import { startRedisCluster } from './redis-cluster.ts';
import { emptyRedis } from './redis-keys.ts';

export interface TestRedis {
  readonly url: string;
  /** `embedded` is the one inside this process; `server` a real redis-server, with LEADGAUGE_TEST_REDIS=server. */
  readonly kind: 'embedded' | 'server';
  /** Whether it is three redis-servers that share the keys, with LEADGAUGE_TEST_REDIS=cluster. */
  readonly isCluster: boolean;
  /** A new connection, closed with the server. */
  client(): RedisClient;
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
  const clients: RedisClient[] = [];
  let closing: Promise<void> | undefined;

  function client(): RedisClient {
    const made = createRedis(server.url, 'patient');
    // Without a listener, ioredis writes every lost connection to the console.
    made.on('error', () => {});
    clients.push(made);
    return made;
  }

  const own = client();
  const redis: TestRedis = {
    url: server.url,
    kind: server.kind,
    isCluster: server.isCluster,
    client,
    flush: () => emptyRedis(own),
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

async function start(): Promise<Pick<TestRedis, 'url' | 'kind' | 'isCluster' | 'close'>> {
  const wanted = process.env.LEADGAUGE_TEST_REDIS;
  if (wanted !== 'server' && wanted !== 'cluster')
    return { kind: 'embedded', isCluster: false, ...(await startEmbeddedRedis()) };
  const binary = findRedisServer(process.env.PATH);
  if (binary === undefined) {
    throw new Error(
      `LEADGAUGE_TEST_REDIS=${wanted} needs redis-server or valkey-server on the PATH: install one, or unset the variable`,
    );
  }
  if (wanted === 'cluster') return { kind: 'server', isCluster: true, ...(await startRedisCluster(binary)) };
  const folder = await mkdtemp(join(tmpdir(), 'leadgauge-redis-'));
  const { url, close } = await startRedisServer(binary, folder);
  const remove = () => rm(folder, { recursive: true, force: true });
  return { kind: 'server', isCluster: false, url, close: () => close().then(remove) };
}
