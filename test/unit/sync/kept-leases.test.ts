import { expect, onTestFinished, test } from 'vitest';
import { SECOND } from '../../../src/base/clock.ts';
import { createLog, type Log } from '../../../src/base/log.ts';
import { claim, countDirty, LEASE, settle, takeDirty } from '../../../src/ledger/dirty.ts';
import { recall } from '../../../src/ledger/loose-leases.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { keepLeases } from '../../../src/sync/kept-leases.ts';
import { createTestClock } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();

function openBench() {
  const client = redis.client();
  const space = createSpace(client, 'test', 'salesforce');
  const clock = createTestClock();
  const warnings: string[] = [];
  const log: Log = { ...createLog({ level: 'error', json: true }), warn: (message) => void warnings.push(message) };
  const leases = keepLeases({ space, clock, log });
  onTestFinished(async () => void (await leases.end()));
  const gather = async (...ids: string[]) => {
    const taken = await claim(space, ids, clock.now());
    const items = taken.map((each) => ({ taken: each, record: { fingerprint: 'f' } }));
    await leases.add(items);
    return items;
  };
  const idsOf = (items: readonly { readonly taken: { readonly id: string } }[]) => items.map(({ taken }) => taken.id);
  return { client, space, clock, warnings, leases, gather, idsOf };
}

test('leads that are kept stay ours however long it takes, and are settled then', async () => {
  const { space, clock, leases, gather, idsOf } = openBench();
  const items = await gather('1', '2');
  for (let minutes = 0; minutes < 5; minutes += 1) {
    await clock.advance(LEASE);
    expect(await takeDirty(space, 10, clock.now())).toEqual([]);
  }
  const own = await leases.remove(items);
  expect(idsOf(own)).toEqual(['1', '2']);
  expect(own[0]?.taken.until).toBe(clock.now() + LEASE);
  await settle(
    space,
    own.map(({ taken }) => taken),
    clock.now(),
  );
  expect(await countDirty(space)).toBe(0);
});

test('whatever is taken out is renewed no more', async () => {
  const { space, clock, leases, gather } = openBench();
  await leases.remove(await gather('1'));
  await clock.advance(LEASE);
  expect(await takeDirty(space, 10, clock.now())).toHaveLength(1);
});

test('once it has ended, leads go back when their leases run out', async () => {
  const { space, clock, leases, gather } = openBench();
  await gather('1');
  expect((await leases.end()).size).toBe(0);
  await clock.advance(LEASE - SECOND);
  expect(await takeDirty(space, 10, clock.now())).toEqual([]);
  await clock.advance(SECOND);
  expect(await takeDirty(space, 10, clock.now())).toHaveLength(1);
});

test('a lead that somebody took over is not among ours any more, and is told of at the end', async () => {
  const { space, clock, leases, gather, idsOf } = openBench();
  const items = await gather('1', '2', '3');
  await recall(space, ['2'], clock.now());
  await claim(space, ['2'], clock.now());
  await clock.advance(LEASE / 2);
  expect(idsOf(await leases.own(items))).toEqual(['1', '3']);
  expect([...(await leases.end())].map(({ id }) => id)).toEqual(['2']);
});

test('renewals that come at once do not take each other for somebody else', async () => {
  const { clock, leases, gather, idsOf } = openBench();
  const items = await gather('1');
  const [, first, second] = await Promise.all([clock.advance(LEASE), leases.own(items), leases.own(items)]);
  expect([first, second].map((own) => idsOf(own ?? []))).toEqual([['1'], ['1']]);
});

test('while Redis is away it says so, and goes on once Redis is back', async () => {
  const { client, clock, warnings, leases, gather, idsOf } = openBench();
  const items = await gather('1');
  const { evalsha } = client;
  client.evalsha = async () => {
    throw new Error('Connection is closed.');
  };
  await clock.advance(LEASE / 3);
  expect(warnings).toEqual(['leases could not be renewed']);
  client.evalsha = evalsha;
  expect(idsOf(await leases.own(items))).toEqual(['1']);
});
