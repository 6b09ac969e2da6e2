import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/clock.ts';
import { freePort } from '../support/free-port.ts';
import { idOf, outboundMessage } from '../support/outbound-message.ts';
import { type OwnRedisServer, REDIS_SERVER, startOwnRedisServer } from '../support/own-redis-server.ts';
import { createReceiverBench, event } from '../support/receiver-bench.ts';
import { runProcess, until } from '../support/run-process.ts';
import { createSalesforceBench } from '../support/salesforce-receiver.ts';

const LEAD = idOf('00Q', 1);

describe.skipIf(REDIS_SERVER === undefined)('a redis-server', () => {
  it.each([
    ['killed', (redis: OwnRedisServer) => redis.kill(), (redis: OwnRedisServer) => redis.restart()],
    ['frozen', async (redis: OwnRedisServer) => redis.freeze(), async (redis: OwnRedisServer) => redis.thaw()],
  ])(
    'that is %s: every sender is told within a second to come again, and its retry succeeds',
    async (_, harm, mend) => {
      const redis = await startOwnRedisServer();
      const hubspot = await createReceiverBench(redis);
      const salesforce = await createSalesforceBench(redis);
      const senders = [
        { send: (attemptNumber: number) => hubspot.send([event(101, { attemptNumber })]), taken: 204 },
        { send: () => salesforce.send(outboundMessage([{ fields: { Id: LEAD } }])), taken: 200 },
        { send: () => salesforce.call({ object: 'Lead', id: LEAD }), taken: 200 },
      ];
      await harm(redis);
      for (const { send } of senders) {
        const began = performance.now();
        expect((await send(0)).status).toBe(503);
        expect(performance.now() - began).toBeLessThan(SECOND);
      }
      await mend(redis);
      while ((await fetch(`${hubspot.receiver.url}/readyz`)).status !== 200);
      await salesforce.ready();
      for (const { send, taken } of senders) expect((await send(1)).status).toBe(taken);
      expect(await hubspot.dirty()).toEqual(['101']);
      expect(await salesforce.dirty()).toEqual([LEAD]);
      // One for each CRM, in the one queue.
      expect(await hubspot.waiting('score')).toBe(2);
    },
  );

  test('that may evict keys: the /readyz of a receiver fails and says what to set', async () => {
    const redis = await startOwnRedisServer('--maxmemory-policy', 'allkeys-lru');
    const port = await freePort();
    const receiver = runProcess({ PATH: process.env.PATH, REDIS_URL: redis.url, PORT: String(port) }, [
      'start',
      'receiver',
    ]);
    const readyz = () => fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    await until(async () => (await readyz()) !== undefined);
    const answer = await readyz();
    expect(answer?.status).toBe(503);
    expect(await answer?.json()).toEqual({ reason: expect.stringContaining('allkeys-lru, set it to noeviction') });
    receiver.child.kill('SIGTERM');
    expect(await receiver.code, receiver.output()).toBe(0);
  }, 60_000);
});
