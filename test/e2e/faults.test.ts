import { describe, expect, it } from 'vitest';
import { jobs } from '../../jobs/index.ts';
import { DAY, MINUTE } from '../../src/base/clock.ts';
import { RetryableError } from '../../src/base/errors.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { countDirty, markDirty, takeDirty } from '../../src/ledger/dirty.ts';
import type { Fault } from '../../src/sandbox/sandbox.ts';
import { resume } from '../../src/sync/unless-paused.ts';
import { addProspect } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const CONTACTS = '/crm/objects/2026-09/contacts';
const READ = `${CONTACTS}/batch/read`;
const UPDATE = `${CONTACTS}/batch/update`;
const LIST = /\/contacts$/;

const limit = (policyName: string) => ({ status: 'error', errorType: 'RATE_LIMIT', policyName });

describe('a fault of the CRM loses no lead and costs a bounded number of calls', () => {
  it.each<[string, Partial<Fault>]>([
    ['429 of the burst', { status: 429, body: limit('TEN_SECONDLY_ROLLING') }],
    ['429 by the second', { status: 429, body: limit('SECONDLY') }],
    ['429 with Retry-After', { status: 429, body: {}, headers: { 'Retry-After': '3' } }],
    ['429 of the day', { status: 429, body: limit('DAILY') }],
    ['423', { status: 423 }],
    ['477 with Retry-After', { status: 477, headers: { 'Retry-After': '5' } }],
    ['500', { status: 500 }],
    ['502', { status: 502, body: '<html>Bad gateway</html>' }],
    ['503', { status: 503 }],
    ['504', { status: 504 }],
    ['521', { status: 521 }],
    ['523', { status: 523 }],
    ['524', { status: 524 }],
    ['a reset', { reset: true }],
    ['a reset after the deed', { reset: true, when: 'after' }],
    ['half a body', { halfBody: true }],
  ])('%s', async (_, fault) => {
    const world = await openTestWorld(redis, { leads: 110 });
    for (const path of [LIST, UPDATE]) world.sandbox.faults.add({ path, times: 2, ...fault });
    const before = totalOf(world);
    const tries = await untilDone(world, () => world.backfill());
    expect(tries).toBeLessThanOrEqual(5);
    const cost = totalOf(world) - before;
    expect(await world.wrong()).toEqual([]);
    expect(await countDirty(world.connection.space)).toBe(0);
    expect(await listDeadLetters(world.connection.space)).toEqual([]);
    // Each try reads the streams anew; two calls met the fault at each of two places.
    expect(cost).toBeLessThanOrEqual(tries * (await undisturbed()) + 4);
  });

  it('503 for ever is tried as often as we say, and no more', async () => {
    const world = await openTestWorld(redis, { leads: 5 });
    world.sandbox.faults.add({ path: LIST, status: 503 });
    await expect(world.backfill()).rejects.toThrow('3 of 3 attempts');
    expect(world.sandbox.requests.count({ status: 503 })).toBe(3);
  });

  it('in the middle of a drain gives every claimed lead back at once', async () => {
    const world = await openTestWorld(redis, { leads: 110 });
    await world.backfill();
    const ids = world.sandbox.portal.contacts.all.map(({ id }) => id);
    for (const id of ids) world.sandbox.people.update(id, { jobtitle: 'CEO', company: 'Acme' });
    await markDirty(world.connection.space, ids, world.clock.now());
    const heal = world.sandbox.faults.add({ path: UPDATE, status: 503 });
    await expect(world.score()).rejects.toThrow(RetryableError);
    // Those that had nothing to write are done with.
    const waiting = await countDirty(world.connection.space);
    expect(waiting).toBeGreaterThan(80);
    expect(await takeDirty(world.connection.space, 1_000, world.clock.now())).toHaveLength(waiting);
    heal();
    await world.clock.advance(MINUTE);
    await world.score();
    await world.sync();
    expect(await world.wrong()).toEqual([]);
  });

  it('while leads are read gives them back at once', async () => {
    const world = await openTestWorld(redis, { leads: 20 });
    await world.backfill();
    const ids = world.sandbox.portal.contacts.all.map(({ id }) => id);
    await markDirty(world.connection.space, ids, world.clock.now());
    world.sandbox.faults.add({ path: READ, status: 503, times: 3 });
    await expect(world.score()).rejects.toThrow(RetryableError);
    expect(await takeDirty(world.connection.space, 1_000, world.clock.now())).toHaveLength(20);
  });
});

describe('a bad record holds up no good one', () => {
  it.each(['fail-row', 'fail-batch'] as const)('when HubSpot answers a bad value by %s', async (badValues) => {
    const world = await openTestWorld(redis, { badValues });
    const good = Array.from({ length: 97 }, (_, index) => addProspect(world, `good-${index}`));
    const bad = ['a', 'b', 'c'].map((name) =>
      world.sandbox.people.createContact({ email: `${name}@gmail.com`, jobtitle: 'CEO' }),
    );
    // Somebody took an option away that our flags need.
    const flags = world.sandbox.portal.properties.get('leadgauge_flags');
    const options = [...(flags?.options ?? [])];
    if (flags !== undefined) flags.options = options.filter(({ value }) => value !== 'personal-email');
    const tally = await world.backfill();
    expect(tally).toMatchObject({ written: 97, failed: 3, left: 0 });
    expect(good.every(({ contact }) => world.number(contact, 'leadgauge_score') !== undefined)).toBe(true);
    const letters = await listDeadLetters(world.connection.space);
    expect(letters.map(({ id }) => id).sort()).toEqual(bad.map(({ id }) => id).sort());
    expect(letters[0]?.reason).toContain('leadgauge_flags');
    expect(JSON.stringify(letters)).not.toContain('gmail');

    if (flags !== undefined) flags.options = options;
    await markDirty(
      world.connection.space,
      letters.map(({ id }) => id),
      world.clock.now(),
    );
    expect(await world.score()).toMatchObject({ written: 3, failed: 0 });
    expect(await listDeadLetters(world.connection.space)).toEqual([]);
    expect(await world.wrong()).toEqual([]);
  });
});

describe('a token that is refused', () => {
  it('pauses the connection with one message, makes no more calls, and goes on once resumed', async () => {
    const errors: string[] = [];
    const log = { debug() {}, info() {}, warn() {}, error: (message: string) => void errors.push(message) };
    const world = await openTestWorld(redis, { leads: 20, log });
    await world.backfill();
    await world.clock.advance(MINUTE);
    await markDirty(world.connection.space, [world.sandbox.portal.contacts.all[0]?.id ?? ''], world.clock.now());
    const heal = world.sandbox.faults.add({ path: '/', status: 401 });
    await runJobs(world);
    expect(errors).toEqual([expect.stringContaining('HUBSPOT_TOKEN')]);
    const before = totalOf(world);
    await runJobs(world);
    expect(totalOf(world)).toBe(before);
    expect(errors).toHaveLength(1);

    heal();
    await resume(world.connection);
    await world.clock.advance(DAY);
    await runJobs(world);
    await runJobs(world);
    expect(await world.wrong()).toEqual([]);
    expect(await countDirty(world.connection.space)).toBe(0);
  });
});

/** Every job at once, as the workers run them. */
async function runJobs({ connection }: World): Promise<void> {
  const context = { connection: () => connection };
  const { signal } = new AbortController();
  await Promise.all(jobs.map((job) => job.run({ connection: 'hubspot' }, context, signal)));
}

/** As the queue does: waits as long as it is told, and tries again. Returns how many times it took. */
async function untilDone({ clock }: World, work: () => Promise<unknown>): Promise<number> {
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
  const world = await openTestWorld(redis, { leads: 110, namespace: 'undisturbed' });
  const before = totalOf(world);
  await world.backfill();
  undisturbedCalls = totalOf(world) - before;
  return undisturbedCalls;
}

function totalOf({ sandbox }: World): number {
  return sandbox.requests.count();
}
