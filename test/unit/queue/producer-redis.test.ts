import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SECOND } from '../../../src/base/clock.ts';
import { silentLog } from '../../../src/base/log.ts';
import type { RedisClient } from '../../../src/ledger/redis-client.ts';
import { startEmbeddedRedis } from '../../../src/queue/embedded-redis.ts';
import { createProducerRedis } from '../../../src/queue/producer-redis.ts';
import { createQueues } from '../../../src/queue/queues.ts';
import { findRedisServer, startRedisServer } from '../../../src/queue/redis-server.ts';
import { keysLike } from '../../support/redis-keys.ts';

function producer(url: string): { client: RedisClient; wake: () => Promise<void> } {
  const client = createProducerRedis(url, silentLog);
  const queues = createQueues(client, 'test', ['score'], silentLog, { producerOnly: true });
  onTestFinished(async () => {
    await queues.close();
    client.disconnect();
  });
  return { client, wake: () => queues.wake('score', 'hubspot') };
}

async function start(url?: string) {
  const server = await startEmbeddedRedis(url === undefined ? 0 : Number(new URL(url).port));
  onTestFinished(() => server.close());
  return server;
}

/** Unlike `once`, an error on the way does not end the wait. */
const until = (client: RedisClient, event: string) =>
  new Promise<void>((resolve) => void client.once(event, () => resolve()));

async function millisecondsToFail(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await expect(work()).rejects.toThrow();
  return performance.now() - began;
}

test('with Redis away a command and a job fail at once, and both work when it is back', async () => {
  const server = await start();
  const { client, wake } = producer(server.url);
  await until(client, 'ready');
  await wake();
  const lost = until(client, 'close');
  await server.close();
  await lost;
  expect(await millisecondsToFail(() => client.ping())).toBeLessThan(SECOND);
  expect(await millisecondsToFail(wake)).toBeLessThan(SECOND);

  const back = until(client, 'ready');
  await start(server.url);
  await back;
  await wake();
  expect(await keysLike(client, 'test:{queues}:score:wait')).toHaveLength(1);
});

test('a receiver that starts before Redis fails fast until Redis is there', async () => {
  const { url, close } = await start();
  await close();
  const { client, wake } = producer(url);
  await until(client, 'close');
  expect(await millisecondsToFail(wake)).toBeLessThan(SECOND);
  const ready = until(client, 'ready');
  await start(url);
  await ready;
  await wake();
});

test('a Redis that takes commands and never answers them fails within a second', async () => {
  const mute = createServer((socket) => void onTestFinished(() => void socket.destroy())).listen(0, '127.0.0.1');
  onTestFinished(() => void mute.close());
  await once(mute, 'listening');
  const address = mute.address();
  const { client, wake } = producer(`redis://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  await until(client, 'connect');
  expect(await millisecondsToFail(() => client.ping())).toBeLessThan(SECOND);
  expect(await millisecondsToFail(wake)).toBeLessThan(SECOND);
});

const binary = findRedisServer(process.env.PATH);

test.skipIf(binary === undefined)(
  'a real redis-server that hangs fails within a second, and works when it goes on',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leadgauge-producer-'));
    const server = await startRedisServer(binary ?? '', folder);
    onTestFinished(async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    });
    const { client, wake } = producer(server.url);
    await until(client, 'ready');
    await wake();
    const pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);
    process.kill(pid, 'SIGSTOP');
    try {
      expect(await millisecondsToFail(wake)).toBeLessThan(SECOND);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await wake();
  },
);
