import { describe, expect, it } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../src/base/clock.ts';
import { countDirty, markDirty } from '../../src/ledger/dirty.ts';
import type { Fault } from '../../src/sandbox/sandbox.ts';
import { addProspect } from '../support/people.ts';
import { createTestClock, daysAhead } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';
import { startWorldWorkers } from '../support/world-workers.ts';

const redis = await startTestRedis();
const CONTACTS = '/crm/objects/2026-09/contacts';

const limit = (policyName: string) => ({ status: 429, body: { status: 'error', errorType: 'RATE_LIMIT', policyName } });

/** Three leads that wait to be scored, and a worker on a clock that the test moves. */
async function openBench() {
  const clock = createTestClock({ start: daysAhead() });
  const world = await openTestWorld(redis, { clock });
  const people = ['ada', 'bob', 'cyd'].map((name) => addProspect(world, name));
  await world.backfill();
  const ids = people.map(({ contact }) => contact.id);
  for (const id of ids) world.sandbox.people.update(id, { jobtitle: 'CEO' });
  await markDirty(world.connection.space, ids, clock.now());
  const workers = startWorldWorkers(redis, world);
  const isDone = async () => (await countDirty(world.connection.space)) === 0 && (await world.wrong()).length === 0;
  return { world, clock, workers, isDone };
}

describe('a job that has to wait for the CRM', () => {
  it.each<[string, Fault, { readonly asks: number; readonly waits: number }]>([
    ['429 of the day', { path: CONTACTS, ...limit('DAILY'), times: 1 }, { asks: 1, waits: 15 * MINUTE }],
    [
      '429 of the day with a Retry-After of two hours',
      { path: CONTACTS, ...limit('DAILY'), headers: { 'Retry-After': '7200' }, times: 1 },
      { asks: 1, waits: 120 * MINUTE },
    ],
    [
      '429 of the burst for over a minute',
      { path: CONTACTS, ...limit('TEN_SECONDLY_ROLLING'), times: 8 },
      { asks: 8, waits: 80 * SECOND },
    ],
    [
      '477 for a day',
      { path: CONTACTS, status: 477, headers: { 'Retry-After': '86400' }, times: 1 },
      { asks: 1, waits: DAY },
    ],
  ])('%s: asks once for each answer, waits as long as it must, and uses up no attempt', async (_, fault, expected) => {
    const { world, clock, workers, isDone } = await openBench();
    const { requests, faults } = world.sandbox;
    faults.add(fault);
    const [began, before] = [clock.now(), requests.count()];
    await workers.run('score');
    for (let waiting = await workers.waiting(); waiting.length > 0; waiting = await workers.waiting()) {
      for (const { at, attempts } of waiting) {
        expect(attempts).toBe(0);
        expect(at - clock.now()).toBeLessThanOrEqual(15 * MINUTE);
        if (at > clock.now()) await clock.advance(at - clock.now());
      }
      await workers.runDue();
    }
    expect(requests.count({ status: fault.status ?? 0 })).toBe(expected.asks);
    // One read and one write once it is over.
    expect(requests.count() - before).toBe(expected.asks + 2);
    expect(clock.now() - began).toBeGreaterThanOrEqual(expected.waits);
    expect(clock.now() - began).toBeLessThan(expected.waits + 15 * MINUTE);
    await workers.close();
    expect(await isDone()).toBe(true);
  });

  it.each<[string, number, Partial<Fault>]>([
    ['423, which says how long to wait,', 0, { status: 423 }],
    ['503', 1, { status: 503 }],
    ['a reset', 1, { reset: true }],
    ['half a body', 1, { halfBody: true }],
  ])('%s three times uses up %i attempts of the queue, and the next does all', async (_, used, fault) => {
    const { world, workers, isDone } = await openBench();
    world.sandbox.faults.add({ path: `${CONTACTS}/batch/read`, times: 3, ...fault });
    await workers.run('score');
    expect((await workers.waiting()).map(({ attempts }) => attempts)).toEqual([used]);
    await world.clock.advance(MINUTE);
    await workers.runDue();
    await workers.close();
    expect(await isDone()).toBe(true);
  });
});

describe('503 for ever', () => {
  const drain = async (pages: AsyncIterable<unknown>) => {
    for await (const _ of pages);
  };
  const task = { leadId: '1', subject: 'Call', body: 'Now', dueAt: 0, reference: 'r1' };
  it.each<[string, number, (world: World) => Promise<unknown>]>([
    ['a list', 3, ({ connection: { crm } }) => crm.listLeads(undefined)],
    ['a read', 3, ({ connection: { crm } }) => crm.readLeads(['1'])],
    ['a search', 3, ({ connection: { crm }, clock }) => drain(crm.changedLeads({ from: 0, to: clock.now() }))],
    ['submissions', 3, ({ connection: { crm }, clock }) => drain(crm.streams[0]!.pull({ from: 0, to: clock.now() }))],
    ['a write', 3, ({ connection: { crm } }) => crm.writeLeads([{ id: '1', outputs: { platform: { score: 1 } } }])],
    ['a task, which may not be made twice', 1, ({ connection: { crm } }) => crm.createTask(task)],
  ])('%s costs %i HTTP calls exactly: no client tries again on its own', async (_, calls, ask) => {
    const world = await openTestWorld(redis);
    // All but what is asked for the link in a task, without which there is a task all the same.
    world.sandbox.faults.add({ path: /^(?!\/account-info)/, status: 503 });
    await expect(ask(world)).rejects.toThrow('503');
    expect(world.sandbox.requests.count({ status: 503 })).toBe(calls);
  });
});
