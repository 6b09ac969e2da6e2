import { expect, it } from 'vitest';
import { DAY, HOUR, SECOND } from '../../src/base/clock.ts';
import { FatalError } from '../../src/base/errors.ts';
import type { CallOptions, Crm, LeadChange } from '../../src/crm/crm.ts';
import { addActivities } from '../../src/ledger/activities.ts';
import { countDirty, markDirty } from '../../src/ledger/dirty.ts';
import { backfill } from '../../src/sync/backfill.ts';
import { scoreDirty } from '../../src/sync/score-dirty.ts';
import { addProspect, asksForDemo, showInterest, tasksOf } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const FULL = 2;
const SOON = { timeout: 20_000 };

/** Leads that are nothing for sales. */
function addStudents({ sandbox }: World, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const email = `student-${index}@acme-${index}.example`;
    return sandbox.people.createContact({ email, jobtitle: 'Student', company: 'Acme' }).id;
  });
}

/** A CRM that writes `bulk` leads at once in a job; each job waits for what `during` does. */
function withJobs({ connection }: World, bulk: number, during: (options?: CallOptions) => Promise<void>) {
  const written: string[] = [];
  const jobs: number[] = [];
  const crm: Crm = {
    ...connection.crm,
    batches: { ...connection.crm.batches, write: FULL, bulk },
    async writeLeads(changes: readonly LeadChange[], options?: CallOptions) {
      if (changes.length > FULL) {
        jobs.push(changes.length);
        await during(options);
      }
      const outcomes = await connection.crm.writeLeads(changes, options);
      written.push(...changes.map(({ id }) => id));
      return outcomes;
    },
  };
  return { connection: { ...connection, crm }, written, jobs };
}

it('a lead that is to be promoted is written while a bulk job is under way, and the next one waits for that', async () => {
  const world = await openTestWorld(redis, { leads: 0 });
  addStudents(world, 12);
  const prospect = addProspect(world);
  showInterest(world, prospect);
  await world.clock.advance(HOUR);
  const done = Promise.withResolvers<void>();
  const { connection, written, jobs } = withJobs(world, 5, () => done.promise);
  const filling = backfill(connection, { promote: true, bulk: true });
  await expect.poll(() => written, SOON).toEqual([prospect.contact.id]);
  await expect.poll(() => jobs, SOON).toEqual([5]);
  done.resolve();
  expect(await filling).toMatchObject({ written: 13, promoted: 1, left: 0 });
  expect(await world.wrong()).toEqual([]);
});

it('a lead that asks for a demo is written at once, before its batch is full', async () => {
  const world = await openTestWorld(redis, { leads: 0 });
  const students = addStudents(world, 4);
  const { contact, email } = addProspect(world);
  await world.backfill();
  await world.clock.advance(HOUR);
  asksForDemo(world, email);
  for (const id of students) world.sandbox.people.update(id, { jobtitle: 'Head of Sales', numemployees: '500-1000' });
  await world.clock.advance(HOUR);
  const done = Promise.withResolvers<void>();
  const { connection, written } = withJobs(world, 3, () => done.promise);
  const filling = backfill(connection, { promote: false, bulk: true, live: true });
  await expect.poll(() => written, SOON).toContain(contact.id);
  expect(world.text(contact, 'leadgauge_route')).toBe('sales');
  done.resolve();
  expect(await filling).toMatchObject({ fastTracked: 1, left: 0 });
});

it('a lead that sales wait for is written by the drain that has it, though other calls stood before it for longer than a lease', async () => {
  const world = await openTestWorld(redis, { leads: 0 });
  const { connection, clock, sandbox } = world;
  const students = addStudents(world, 8);
  const { contact, email } = addProspect(world);
  await world.backfill();
  await clock.advance(HOUR);
  for (const id of students) sandbox.people.update(id, { jobtitle: 'Head of Sales', numemployees: '500-1000' });
  asksForDemo(world, email);
  const demo = connection.crm.streams.find(({ form }) => form === 'demo-request');
  for await (const page of demo?.pull({ from: 0, to: clock.now() + 1 }) ?? [])
    await addActivities(connection.space, page, { now: clock.now(), keep: 180 * DAY });
  await markDirty(connection.space, students, clock.now());
  await clock.advance(1);
  await markDirty(connection.space, [contact.id], clock.now());

  // Calls for one lead each: four at once wait for the limit, then the next four.
  const turns: (() => void)[] = [];
  const crm: Crm = {
    ...connection.crm,
    batches: { ...connection.crm.batches, write: 1 },
    async writeLeads(changes: readonly LeadChange[], options?: CallOptions) {
      if (changes.length > 0 && options?.urgent !== true) await new Promise<void>((resolve) => turns.push(resolve));
      return connection.crm.writeLeads(changes, options);
    },
  };
  const drained = scoreDirty({ ...connection, crm });
  for (const asked of [4, 8]) {
    await expect.poll(() => turns, SOON).toHaveLength(asked);
    await clock.advance(40 * SECOND);
    for (const grant of turns.slice(asked - 4)) grant();
  }
  expect(await drained).toMatchObject({ scored: 9, written: 9, fastTracked: 1, left: 0 });
  expect(world.text(contact, 'leadgauge_route')).toBe('sales');
  expect(await countDirty(connection.space)).toBe(0);
  await world.sync();
  expect(tasksOf(world, contact)).toHaveLength(1);
  expect(await world.wrong()).toEqual([]);
});

it('told to stop in the middle of a bulk job, all else that was gathered is written by small calls', async () => {
  const world = await openTestWorld(redis, { leads: 0 });
  addStudents(world, 39);
  const stop = new AbortController();
  const { connection, written, jobs } = withJobs(world, 20, async (options) => {
    stop.abort(new Error('SIGTERM'));
    options?.signal?.throwIfAborted();
  });
  await expect(backfill(connection, { promote: false, bulk: true, signal: stop.signal })).rejects.toThrow('SIGTERM');
  expect(jobs).toEqual([20]);
  expect(written).toHaveLength(19);
  expect(await countDirty(world.connection.space)).toBe(20);
  expect(await world.backfill()).toMatchObject({ written: 20, unchanged: 19, left: 0 });
});

it('a call that fails for good ends the writing, and every lead that is not written is given back', async () => {
  const world = await openTestWorld(redis, { leads: 0 });
  addStudents(world, 39);
  const { connection, written } = withJobs(world, 20, async () => {
    throw new FatalError('the token was revoked');
  });
  await expect(backfill(connection, { promote: false, bulk: true })).rejects.toThrow('the token was revoked');
  expect(written).toEqual([]);
  expect(await countDirty(world.connection.space)).toBe(39);
});
