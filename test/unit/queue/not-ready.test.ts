import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { notReady } from '../../../src/queue/not-ready.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();

test('a Redis that was started for us is ready once it answers', async () => {
  expect(await notReady(redis.client(), 'server')).toBeUndefined();
  expect(await notReady(redis.client(), 'embedded')).toBeUndefined();
});

test('a Redis that never answers is not ready, and that is known within a second or so', async () => {
  const mute = createServer((socket) => void onTestFinished(() => void socket.destroy())).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const address = mute.address();
  const client = new Redis(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1', { lazyConnect: true });
  client.on('error', () => {});
  onTestFinished(() => {
    client.disconnect();
    mute.close();
  });
  expect(await notReady(client, 'url')).toBe('Redis does not answer');
}, 3_000);

test('a Redis that is away is not ready', async () => {
  const client = redis.client();
  client.disconnect();
  expect(await notReady(client, 'url')).toBe('Redis does not answer');
});

describe('a Redis that others set up', () => {
  test('is ready with noeviction', async () => {
    expect(await notReady(await speaking({ config: 'noeviction' }), 'url')).toBeUndefined();
  });

  test('is not ready where it may drop keys, and the reason says what to set', async () => {
    const reason = await notReady(await speaking({ config: 'allkeys-lru' }), 'url');
    expect(reason).toMatch(/maxmemory-policy is allkeys-lru, set it to noeviction/);
  });

  test('tells its policy by INFO where CONFIG is forbidden', async () => {
    expect(await notReady(await speaking({ info: 'noeviction' }), 'url')).toBeUndefined();
    expect(await notReady(await speaking({ info: 'volatile-lru' }), 'url')).toContain('volatile-lru');
  });

  test.each(['6.0.16', '5.0.14', '4'])('is not ready as version %s', async (version) => {
    const client = await speaking({ config: 'noeviction', more: `redis_version:${version}` });
    expect(await notReady(client, 'url')).toBe(`Redis is ${version}: it must be 6.2 or later`);
  });

  test.each(['6.2.0', '7.0.15', '8.0.0', '10.1.0', 'unknown'])('is ready as version %s', async (version) => {
    const client = await speaking({ config: 'noeviction', more: `redis_version:${version}` });
    expect(await notReady(client, 'url')).toBeUndefined();
  });

  test('is not ready as one node of a cluster that is named alone', async () => {
    const client = await speaking({ config: 'noeviction', more: 'cluster_enabled:1' });
    expect(await notReady(client, 'url')).toMatch(/one node of a Redis Cluster/);
  });

  test('is not ready where it does not tell its policy', async () => {
    expect(await notReady(await speaking({}), 'url')).toContain('does not tell');
  });
});

describe.skipIf(redis.kind === 'embedded')('a real redis-server', () => {
  test('says both by CONFIG and by INFO what it does', async () => {
    const client = redis.client();
    expect(await notReady(client, 'url')).toBeUndefined();
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    onTestFinished(() => void client.config('SET', 'maxmemory-policy', 'noeviction'));
    expect(await notReady(client, 'url')).toContain('allkeys-lru');
  });
});

interface Told {
  readonly config?: string;
  readonly info?: string;
  /** Another line of INFO. */
  readonly more?: string;
}

/** A server that speaks just enough of Redis to be asked how it evicts; without `config` it forbids CONFIG, as managed ones do. */
async function speaking({ config, info, more = '' }: Told): Promise<Redis> {
  const server = createServer((socket) => {
    onTestFinished(() => void socket.destroy());
    socket.on('data', (data) => {
      for (const [, command] of data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g))
        socket.write(answer(command ?? ''));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const client = new Redis(port, '127.0.0.1', { enableReadyCheck: false, disableClientInfo: true });
  onTestFinished(() => {
    client.disconnect();
    server.close();
  });
  return client;

  function answer(command: string): string {
    if (command.toUpperCase() === 'PING') return '+PONG\r\n';
    if (command.toUpperCase() === 'CONFIG') {
      return config === undefined
        ? '-NOPERM this user has no permissions to run config\r\n'
        : bulks('maxmemory-policy', config);
    }
    const text = info === undefined ? '# Memory\r\n' : `# Memory\r\nused_memory:1\r\nmaxmemory_policy:${info}\r\n`;
    return bulk(`${text}${more}\r\n`);
  }
}

const bulk = (text: string) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
const bulks = (...texts: string[]) => `*${texts.length}\r\n${texts.map(bulk).join('')}`;
