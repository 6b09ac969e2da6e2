import { describe, expect, test } from 'vitest';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { settle, takeDirty } from '../../src/ledger/dirty.ts';
import { createReceiverBench, event, startStoppableRedis } from '../support/receiver-bench.ts';
import { MONDAY } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

/** The numbers from `from` to `to`. */
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, place) => from + place);

/** As a sender does it: what is told to come again comes again, as it is on a machine that is too busy. Gives the last answer. */
async function insist(send: () => Promise<Response>): Promise<number> {
  const { status } = await send();
  return status === 503 ? insist(send) : status;
}

describe('webhooks that come at the same time', () => {
  test('each have an answer of their own, and all that was acknowledged is marked', async () => {
    const bench = await createReceiverBench(redis);
    const statuses = await Promise.all([
      ...range(1, 60).map((id) => insist(() => bench.send([event(id)]))),
      ...range(61, 70).map((id) => insist(() => bench.send([event(id)], { secret: 'another' }))),
      ...range(71, 80).map((id) => insist(() => bench.send([event(id), event(id, { objectId: 'unusable' })]))),
      ...range(81, 90).map(() => insist(() => bench.send({ not: 'a delivery' }))),
    ]);
    expect(statuses.slice(0, 60)).toEqual(range(1, 60).map(() => 204));
    expect(statuses.slice(60, 70)).toEqual(range(61, 70).map(() => 401));
    expect(statuses.slice(70, 80)).toEqual(range(71, 80).map(() => 204));
    expect(statuses.slice(80)).toEqual(range(81, 90).map(() => 400));
    const marked = [...range(1, 60), ...range(71, 80)].map(String).toSorted();
    expect(await bench.dirty()).toEqual(marked);
    expect(await bench.waiting('score')).toBe(1);
    expect((await listDeadLetters(bench.space)).length).toBe(1);
  });

  test('mark again what is being scored while they come, so that no change is lost', async () => {
    const bench = await createReceiverBench(redis);
    await insist(() => bench.send([event(1), event(2)]));
    const taken = await takeDirty(bench.space, 10, MONDAY);
    const changes = [event(1, { eventId: 7 }), event(3), event(2)];
    await Promise.all(changes.map((change) => insist(() => bench.send([change]))));
    await settle(bench.space, taken, MONDAY);
    // The second's event was the one that had come before.
    expect(await bench.dirty()).toEqual(['1', '3']);
  });

  test('of a hundred events each are all taken, more than one step carries', async () => {
    const bench = await createReceiverBench(redis);
    const deliveries = range(0, 9).map((delivery) => range(1, 100).map((place) => event(delivery * 100 + place)));
    const statuses = await Promise.all(deliveries.map((events) => insist(() => bench.send(events))));
    expect(statuses).toEqual(range(0, 9).map(() => 204));
    expect((await bench.dirty()).length).toBe(1_000);
    expect(await bench.waiting('score')).toBe(1);
  });

  test('are all told to come again while Redis is away, and all of their retries are taken', async () => {
    const own = await startStoppableRedis();
    const bench = await createReceiverBench(own);
    await own.stop();
    const ids = range(1, 20);
    const refused = await Promise.all(ids.map((id) => bench.send([event(id)])));
    expect(refused.map(({ status }) => status)).toEqual(ids.map(() => 503));
    await own.restart();
    while ((await fetch(`${bench.receiver.url}/readyz`)).status !== 200);
    const again = ids.map((id) => insist(() => bench.send([event(id, { attemptNumber: 1 })])));
    expect(await Promise.all(again)).toEqual(ids.map(() => 204));
    expect(await bench.dirty()).toEqual(ids.map(String).toSorted());
    expect(await bench.waiting('score')).toBe(1);
  });
});
