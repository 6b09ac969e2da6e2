import { expect, test } from 'vitest';
import { idOf, outboundMessage } from '../support/outbound-message.ts';
import { REDIS_SERVER, startOwnRedisServer } from '../support/own-redis-server.ts';
import { createReceiverBench, event } from '../support/receiver-bench.ts';
import { createSalesforceBench } from '../support/salesforce-receiver.ts';

interface Sender {
  /** Tells of one lead, and gives the status of the answer. */
  send(lead: number): Promise<number>;
  /** Leads that wait to be scored. */
  held(): Promise<Set<number>>;
  waiting(): Promise<number>;
  readonly taken: number;
}

type Redis = Awaited<ReturnType<typeof startOwnRedisServer>>;

async function hubspot(redis: Redis): Promise<Sender> {
  const bench = await createReceiverBench(redis);
  return {
    send: async (lead) => (await bench.send([event(lead)])).status,
    held: async () => new Set((await bench.dirty()).map(Number)),
    waiting: () => bench.waiting('score'),
    taken: 204,
  };
}

async function salesforce(redis: Redis): Promise<Sender> {
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
    const sender = await open(redis);
    const acknowledged = new Set<number>();
    const refused = new Set<number>();
    let next = 1;
    let isOver = false;
    const sending = async () => {
      while (!isOver) {
        const lead = next;
        next += 1;
        const status = await sender.send(lead);
        expect([sender.taken, 503]).toContain(status);
        (status === 503 ? refused : acknowledged).add(lead);
      }
    };
    const senders = Promise.all(Array.from({ length: 4 }, sending));
    const until = (holds: () => boolean) => expect.poll(holds, { timeout: 20_000, interval: 1 }).toBe(true);
    await until(() => acknowledged.size > 200);
    await redis.kill();
    const before = acknowledged.size;
    await until(() => refused.size > 5);
    await redis.restart();
    await until(() => acknowledged.size > before + 100);
    isOver = true;
    await senders;

    const held = await sender.held();
    expect([...acknowledged].filter((lead) => !held.has(lead))).toEqual([]);
    expect(await sender.waiting()).toBe(1);
    // Its sender tries again what was refused.
    for (const lead of refused) expect(await sender.send(lead)).toBe(sender.taken);
    expect((await sender.held()).size).toBe(acknowledged.size + refused.size);
  },
  60_000,
);
