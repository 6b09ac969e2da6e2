import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { RetryableError } from '../../src/base/errors.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { countDirty, markDirty } from '../../src/ledger/dirty.ts';
import type { Fault } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { type OrgWorld, openOrgWorld } from '../support/org-world.ts';
import { createTestClock, daysAhead } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { startWorldWorkers } from '../support/world-workers.ts';

const redis = await startTestRedis();
const LISTING: Fault = { method: 'POST', path: /\/jobs\/query$/ };
const WRITING: Fault = { path: /\/composite$/, kind: 'write' };
/** All but what signs in. */
const DATA = /^\/services\/data\//;

const problem = (errorCode: string, message = '') => [{ errorCode, message }];
const limit = (which: string) => ({ status: 403, body: problem('REQUEST_LIMIT_EXCEEDED', `${which} Limit exceeded.`) });

describe('a fault of Salesforce loses no lead and costs a bounded number of calls', { timeout: 60_000 }, () => {
  it.each<[string, Partial<Fault>]>([
    ['too many long calls at once', limit('ConcurrentPerOrgLongTxn')],
    ['the calls of the day are spent', limit('TotalRequests')],
    ['a session that ended early', { status: 401 }],
    ['420', { status: 420, body: '' }],
    ['a locked row', { status: 400, body: problem('UNABLE_TO_LOCK_ROW') }],
    ['500', { status: 500 }],
    ['502', { status: 502, body: '<html>Bad gateway</html>' }],
    ['503', { status: 503 }],
    ['503 with Retry-After', { status: 503, headers: { 'Retry-After': '20' } }],
    ['504', { status: 504, body: '' }],
    ['a page that says that all is well', { status: 200, body: '<html>Log in</html>' }],
    ['a reset', { reset: true }],
    ['a reset after the deed', { reset: true, when: 'after' }],
    ['half a body', { halfBody: true }],
  ])('%s', async (_, fault) => {
    const world = await openOrgWorld(redis, { leads: 110 });
    const { requests, faults } = world.sandbox;
    const times = fault.status === 401 ? 1 : 2;
    for (const where of [LISTING, WRITING]) faults.add({ ...where, times, ...fault });
    const before = requests.count();
    const tries = await untilDone(world, () => world.backfill());
    expect(tries).toBeLessThanOrEqual(5);
    expect(faults.list().map(({ left }) => left)).toEqual([0, 0]);
    const cost = requests.count() - before;
    expect(await world.wrong()).toEqual([]);
    expect(await countDirty(world.connection.space)).toBe(0);
    expect(await listDeadLetters(world.connection.space)).toEqual([]);
    // Each try begins anew; two calls met the fault at each of two places, and each may have needed another session.
    expect(cost).toBeLessThanOrEqual(tries * (await undisturbed()) + 8);
  });
});

describe('a job that has to wait for Salesforce', { timeout: 60_000 }, () => {
  it.each<[string, Fault, { readonly asks: number; readonly waits: number }]>([
    [
      'the calls of the day are spent',
      { path: DATA, ...limit('TotalRequests'), times: 1 },
      { asks: 1, waits: 15 * MINUTE },
    ],
    [
      'too many long calls at once for over a minute',
      { path: DATA, ...limit('ConcurrentPerOrgLongTxn'), times: 8 },
      { asks: 8, waits: 80 * SECOND },
    ],
  ])('%s: asks once for each answer, waits as long as it must, and uses up no attempt', async (_, fault, expected) => {
    const { world, clock, workers } = await openBench();
    const { requests, faults } = world.sandbox;
    faults.add(fault);
    const [began, before] = [clock.now(), requests.count()];
    await workers.run('score');
    for (let waiting = await workers.waiting(); waiting.length > 0; waiting = await workers.waiting()) {
      for (const { at, attempts } of waiting) {
        expect(attempts).toBe(0);
        if (at > clock.now()) await clock.advance(at - clock.now());
      }
      await workers.runDue();
    }
    expect(requests.count({ status: 403 })).toBe(expected.asks);
    // One read and one write once it is over.
    expect(requests.count() - before).toBe(expected.asks + 2);
    expect(clock.now() - began).toBeGreaterThanOrEqual(expected.waits);
    expect(clock.now() - began).toBeLessThan(expected.waits + 15 * MINUTE);
    await workers.close();
    expect(await countDirty(world.connection.space)).toBe(0);
    expect(await world.wrong()).toEqual([]);
  });

  it.each<[string, Partial<Fault>]>([
    ['503', { status: 503 }],
    ['a reset', { reset: true }],
    ['half a body', { halfBody: true }],
  ])('%s three times uses up one attempt of the queue, and the next does all', async (_, fault) => {
    const { world, workers, clock } = await openBench();
    world.sandbox.faults.add({ path: DATA, times: 3, ...fault });
    await workers.run('score');
    expect((await workers.waiting()).map(({ attempts }) => attempts)).toEqual([1]);
    await clock.advance(MINUTE);
    await workers.runDue();
    await workers.close();
    expect(await countDirty(world.connection.space)).toBe(0);
    expect(await world.wrong()).toEqual([]);
  });
});

describe('503 for ever', () => {
  const task = { leadId: '', subject: 'Call', body: 'Now', dueAt: 0, reference: 'r1' };
  const drain = async (pages: AsyncIterable<unknown>) => {
    for await (const _ of pages);
  };
  it.each<[string, number, string | RegExp, (world: OrgWorld, id: string) => Promise<unknown>]>([
    ['a list', 3, '/', ({ connection: { crm } }) => crm.listLeads(undefined)],
    ['a read', 3, '/', ({ connection: { crm } }, id) => crm.readLeads([id])],
    [
      'a question for changes',
      3,
      '/',
      ({ connection: { crm }, clock }) => drain(crm.changedLeads({ from: clock.now() - DAY, to: clock.now() })),
    ],
    ['a write', 3, '/', ({ connection: { crm } }, id) => crm.writeLeads([{ id, outputs: { platform: { score: 1 } } }])],
    // What is asked before it may be asked again.
    [
      'a task, which may not be made twice,',
      1,
      /\/sobjects\/Task/,
      ({ connection: { crm } }, id) => crm.createTask({ ...task, leadId: id }),
    ],
  ])('%s costs %i HTTP calls exactly: no client tries again on its own', async (_, calls, path, ask) => {
    const world = await openOrgWorld(redis);
    const { id } = addOrgProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    const { requests, faults } = world.sandbox;
    requests.clear();
    faults.add({ path, status: 503 });
    const outcome: unknown = await ask(world, id).catch((error: unknown) => error);
    expect(JSON.stringify(outcome, told)).toContain('503');
    expect(faults.list().map(({ met }) => met)).toEqual([calls]);
    expect(requests.count({ status: 503 })).toBe(calls);
  });

  /** Some tell of their failure by an outcome for each lead. */
  const told = (_: string, value: unknown) => (value instanceof Error ? value.message : value);
});

/** Three leads that wait to be scored, and a worker on a clock that the test moves. */
async function openBench() {
  const clock = createTestClock({ start: daysAhead() });
  const world = await openOrgWorld(redis, { clock });
  const ids = ['ada', 'bob', 'cyd'].map((name) => addOrgProspect(world, name).id);
  await world.backfill();
  await clock.advance(HOUR);
  for (const id of ids) world.sandbox.people.change(id, { Title: 'CEO' });
  await markDirty(world.connection.space, ids, clock.now());
  return { world, clock, workers: startWorldWorkers(redis, world) };
}

/** As the queue does: waits as long as it is told, and tries again. Returns how many times it took. */
async function untilDone({ clock }: OrgWorld, work: () => Promise<unknown>): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return tries;
    } catch (error) {
      if (!(error instanceof RetryableError) || tries === 10) throw error;
      await clock.advance(error.retryAfter ?? MINUTE);
    }
  }
}

let undisturbedCalls: number | undefined;

/** What a backfill costs that nothing goes wrong with, in calls. */
async function undisturbed(): Promise<number> {
  if (undisturbedCalls !== undefined) return undisturbedCalls;
  const world = await openOrgWorld(redis, { leads: 110, namespace: 'undisturbed' });
  const before = world.sandbox.requests.count();
  await world.backfill();
  undisturbedCalls = world.sandbox.requests.count() - before;
  return undisturbedCalls;
}
