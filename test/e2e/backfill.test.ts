import { describe, expect, it, onTestFinished } from 'vitest';
import backfillJob from '../../jobs/backfill.ts';
import { HOUR, SECOND } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { claim, countDirty, LEASE } from '../../src/ledger/dirty.ts';
import { readProgress } from '../../src/ledger/progress.ts';
import { createQueues } from '../../src/queue/queues.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();

describe('a backfill', () => {
  it('gives every lead exactly what scoring its record and activities afresh gives', async () => {
    const world = await openTestWorld(redis, { leads: 400 });
    const tally = await world.backfill();
    expect(tally).toMatchObject({ scored: 400, written: 400, failed: 0, gone: 0, left: 0 });
    expect(await world.wrong()).toEqual([]);
  });

  it('reads a hundred leads a call and writes a hundred a call, and never meets a rate limit', async () => {
    const world = await openTestWorld(redis, { leads: 1_000 });
    await world.backfill();
    expect(world.calls).toMatchObject({ read: 10, write: 10 });
    expect(world.sandbox.requests.count({ path: '/crm/objects/{version}/contacts/search' })).toBe(0);
    expect(world.sandbox.requests.count({ status: 429 })).toBe(0);
  });

  it('writes nothing the second time, nor do the polls that find our own writes', async () => {
    const world = await openTestWorld(redis, { leads: 300 });
    await world.backfill();
    const { writes } = world;
    const before = writes();
    const readBefore = world.calls.read;
    await world.sync();
    await world.sync();
    expect(world.calls.read).toBe(readBefore);
    const again = await world.backfill();
    expect(again).toMatchObject({ scored: 300, written: 0, unchanged: 300 });
    expect(writes()).toBe(before);
  });

  it('promotes nobody and makes no task unless asked', async () => {
    const world = await openTestWorld(redis, { leads: 500 });
    const stages = stageCounts(world);
    const tally = await world.backfill();
    expect(tally.mql).toBeGreaterThan(0);
    expect(tally.promoted).toBe(0);
    expect(stageCounts(world)).toEqual(stages);
    await world.sync();
    expect(stageCounts(world)).toEqual(stages);
    expect(tasks(world)).toBe(0);
  });

  it('moves everyone who meets the gates forward when asked, and nobody back', async () => {
    const world = await openTestWorld(redis, { leads: 500 });
    const customers = stageCounts(world).customer;
    const tally = await world.backfill({ promote: true });
    expect(tally.promoted).toBeGreaterThan(0);
    expect(stageCounts(world).customer).toBe(customers);
    const again = await world.backfill({ promote: true });
    expect(again).toMatchObject({ promoted: 0, written: 0 });
  });

  it('interrupted, goes on where it was and ends in the same state', async () => {
    const whole = await openTestWorld(redis, { leads: 700, namespace: 'whole' });
    await whole.backfill();
    const world = await openTestWorld(redis, { leads: 700, namespace: 'interrupted' });
    const stop = new AbortController();
    const stopAt = ({ scored }: { scored: number }) => {
      if (scored >= 300) stop.abort(new Error('SIGTERM'));
    };
    await expect(world.backfill({ signal: stop.signal, onProgress: stopAt })).rejects.toThrow('SIGTERM');
    expect(world.writes()).toBeLessThan(7);
    const rest = await world.backfill();
    expect(rest.scored).toBeLessThan(500);
    expect(rest.resumed).toBe(true);
    expect(await world.wrong()).toEqual([]);
    expect(world.writes()).toBe(whole.writes());
  });

  it('scores the leads that a process had when it was killed, once its lease is over', async () => {
    const world = await openTestWorld(redis, { leads: 120 });
    const { space } = world.connection;
    const ids = world.sandbox.portal.contacts.all.map(({ id }) => id);
    await claim(space, ids.slice(0, 30), world.clock.now());
    const tally = await world.backfill();
    expect(tally).toMatchObject({ scored: 120, written: 120, left: 0 });
    expect(await countDirty(space)).toBe(0);
    expect(await world.wrong()).toEqual([]);
  });

  it('stopped while another had some of the leads, comes upon them again', async () => {
    const world = await openTestWorld(redis, { leads: 20 });
    const { space } = world.connection;
    const ids = world.sandbox.portal.contacts.all.map(({ id }) => id);
    await claim(space, ids, world.clock.now());
    const stop = new AbortController();
    const { sleep } = world.clock;
    world.clock.sleep = async (ms, signal) => {
      if (ms === LEASE) stop.abort(new Error('SIGTERM'));
      await sleep(ms, signal);
    };
    await expect(world.backfill({ signal: stop.signal })).rejects.toThrow('SIGTERM');
    expect(await readProgress(space, 'backfill-stand')).toBeUndefined();
    await world.clock.advance(LEASE);
    expect(await world.backfill({ promote: true })).toMatchObject({ written: 20, left: 0 });
  });

  it('that other models asked for is left to a process with those models, for an hour', async () => {
    const world = await openTestWorld(redis, { leads: 5 });
    const { connection, clock } = world;
    const run = (data: object) =>
      backfillJob.run(
        { connection: 'hubspot', ...data },
        { connection: () => connection },
        new AbortController().signal,
      );
    const request = { model: 'another', asked: clock.now() };
    await expect(run(request)).rejects.toMatchObject({ name: 'RetryableError', retryAfter: 5 * SECOND });
    await clock.advance(HOUR);
    await run(request);
    expect(await readProgress(connection.space, 'model-version')).toBeUndefined();
    await run({ model: connection.models.version, asked: clock.now() });
    expect(await readProgress(connection.space, 'model-version')).toBe(connection.models.version);
    expect(await world.wrong()).toEqual([]);
  });

  it('waits in the queue once for each model that asks', async () => {
    const queues = createQueues(redis.client(), 'test', ['backfill'], silentLog);
    onTestFinished(() => queues.close());
    for (const model of ['one', 'other', 'one']) await queues.wake('backfill', 'hubspot', { model, asked: 1 });
    const waiting = await queues.queue('backfill').getWaiting();
    expect(waiting.map(({ data }) => data.model).sort()).toEqual(['one', 'other']);
    expect(waiting[0]?.data).toMatchObject({ connection: 'hubspot', asked: 1 });
  });

  it('after Redis was emptied, brings every score back the same and alerts nobody', async () => {
    const world = await openTestWorld(redis, { leads: 300 });
    await world.backfill();
    const person = anyEmail(world);
    world.sandbox.people.submitForm('demo', { email: person });
    await world.hotPoll();
    expect(tasks(world)).toBe(1);
    await world.sync();
    const before = world.writes();
    await redis.flush();
    const tally = await world.backfill();
    await world.sync();
    expect(tally).toMatchObject({ written: 0 });
    expect(world.writes()).toBe(before);
    expect(tasks(world)).toBe(1);
  });

  it('scores a lead without e-mail, with absurd values, a very long text and emoji in its name', async () => {
    const world = await openTestWorld(redis);
    const { people } = world.sandbox;
    people.createContact({ firstname: 'No mail', jobtitle: 'CEO' });
    people.createContact({ email: 'a@b.example', annualrevenue: -1e300, jobtitle: '🚀'.repeat(50), firstname: '🦄' });
    people.createContact({ email: 'long@b.example', company: 'x'.repeat(60_000), jobtitle: '\u0000\u202e NaN' });
    const tally = await world.backfill();
    expect(tally).toMatchObject({ scored: 3, written: 3, failed: 0 });
    expect(await world.wrong()).toEqual([]);
  });
});

type World = Awaited<ReturnType<typeof openTestWorld>>;

function stageCounts({ sandbox: { portal } }: World): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const contact of portal.contacts.all) {
    const stage = portal.textOf(contact, 'lifecyclestage') ?? 'none';
    counts[stage] = (counts[stage] ?? 0) + 1;
  }
  return counts;
}

function tasks({ sandbox }: World): number {
  return sandbox.requests.count({ method: 'POST', path: '/crm/objects/{version}/tasks', status: 201 });
}

function anyEmail({ sandbox: { portal } }: World): string {
  const contact = portal.contacts.all.find((one) => portal.textOf(one, 'email')?.endsWith('.example'));
  return (contact && portal.textOf(contact, 'email')) ?? '';
}
