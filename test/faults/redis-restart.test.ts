import { expect, test } from 'vitest';
import { keepSending, type Sender } from '../support/keep-sending.ts';
import { idOf, outboundMessage } from '../support/outbound-message.ts';
import { REDIS_SERVER, startOwnRedisServer } from '../support/own-redis-server.ts';
import { createReceiverBench, event } from '../support/receiver-bench.ts';
import { createSalesforceBench } from '../support/salesforce-receiver.ts';

interface Told extends Sender {
  /** Leads that wait to be scored. */
  held(): Promise<Set<number>>;
  waiting(): Promise<number>;
}

type Redis = Awaited<ReturnType<typeof startOwnRedisServer>>;

async function hubspot(redis: Redis): Promise<Told> {
  const bench = await createReceiverBench(redis);
  return {
    send: async (lead, attemptNumber = 0) => (await bench.send([event(lead, { attemptNumber })])).status,
    held: async () => new Set((await bench.dirty()).map(Number)),
    waiting: () => bench.waiting('score'),
    taken: 204,
  };
}

async function salesforce(redis: Redis): Promise<Told> {
  const bench = await createSalesforceBench(redis);
  const told = (lead: number) => ({ notificationId: idOf('04l', lead), fields: { Id: idOf('00Q', lead) } });
  return {
    send: async (lead) => (await bench.send(outboundMessage([told(lead)]))).status,
    held: async () => new Set((await bench.dirty()).map((id) => Number(id.slice(3, 15)))),
    waiting: () => bench.waiting('score'),
    taken: 200,
  };
}

test.skipIf(REDIS_SERVER === undefined).each([
  ['HubSpot', hubspot],
  ['Salesforce', salesforce],
])(
  'a redis-server that is killed under load by %s and started again on its append-only file has all that was acknowledged',
  async (_, open) => {
    // By default a write may wait for a busy disk for two seconds, after it was acknowledged.
    const redis = await startOwnRedisServer('--appendfsync', 'always');
    const told = await open(redis);
    const sending = keepSending(told);
    const { acknowledged, refused } = sending;
    await sending.until(() => acknowledged.size > 200);
    await redis.kill();
    const before = acknowledged.size;
    await sending.until(() => refused.size > 5);
    await redis.restart();
    await sending.until(() => acknowledged.size > before + 100);
    await sending.stop();

    const held = await told.held();
    expect([...acknowledged].filter((lead) => !held.has(lead))).toEqual([]);
    expect(await told.waiting()).toBe(1);
    await sending.sendRefused();
    expect((await told.held()).size).toBe(acknowledged.size + refused.size);
  },
  60_000,
);
