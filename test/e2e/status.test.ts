import { describe, expect, it, onTestFinished } from 'vitest';
import { jobs } from '../../jobs/index.ts';
import { HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { statusJson } from '../../src/cli/status-json.ts';
import { needsOf } from '../../src/cli/status-needs.ts';
import { statusText } from '../../src/cli/status-text.ts';
import { takeUp } from '../../src/cli/take-up.ts';
import { addDeadLetter } from '../../src/ledger/dead-letters.ts';
import { markDirty } from '../../src/ledger/dirty.ts';
import { saveFollowUps } from '../../src/ledger/follow-ups.ts';
import { HUBSPOT_LIMITS } from '../../src/queue/budget.ts';
import { createQueues } from '../../src/queue/queues.ts';
import { scheduleJob } from '../../src/queue/schedule-jobs.ts';
import { type Schedules, schedulesSchema } from '../../src/settings/schedules.ts';
import { readStatus } from '../../src/sync/status.ts';
import { acceptHubspot } from '../../src/webhooks/accept-hubspot.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addProspect, asksForDemo } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();
const SEARCH = '/crm/objects/2026-09/contacts/search';
const POLLS = ['hot-poll', 'pull-leads', 'pull-activities', 'pull-related', 'score'];

describe('the status of a connection', () => {
  it('tells how fresh everything is and what waits, and asks the CRM nothing', async () => {
    const { world, work, status } = await openBench();
    await work(...POLLS);
    await world.clock.advance(30 * SECOND);
    await markDirty(world.connection.space, ['1', '2'], world.clock.now());
    await addDeadLetter(world.connection.space, { id: '3', reason: 'too long', at: world.clock.now() });
    const before = world.sandbox.requests.count({});
    const { hubspot, needs } = await status();
    expect(world.sandbox.requests.count({})).toBe(before);
    expect(hubspot).toMatchObject({
      role: 'both',
      isWorkerLate: false,
      isInForce: true,
      errors: [],
      scored: { state: 'done' },
      backlog: { waiting: 2, held: 0 },
      deadLetters: 1,
      sales: { open: 0, overdue: 0, notices: 0 },
    });
    const names = hubspot.streams.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['leads', 'page-view', 'form-submission:demo-request']));
    expect(new Set(names).size).toBe(names.length);
    for (const { late, readTo = 0 } of hubspot.streams) {
      expect(late).toBe(false);
      expect(world.clock.now() - readTo).toBeLessThan(MINUTE);
    }
    expect(hubspot.calls.burst).toBeGreaterThan(0);
    expect(needs).toEqual(['1 dead letter: see "leadgauge dead-letters list"']);
  });

  it('claims of a lead that is left to the hot poll, or rests, neither that a worker has it nor for how long', async () => {
    const { world, work, status } = await openBench();
    const { email } = addProspect(world, 'bob');
    await work(...POLLS);
    const { submission } = asksForDemo(world, email);
    const event = { portalId: 1, occurredAt: submission.at, objectId: Number(world.contact(email).id), eventId: 1 };
    const told = { ...event, subscriptionType: 'contact.propertyChange', propertyName: 'recent_conversion_date' };
    await acceptHubspot(world.connection, [told]);
    const { hubspot, lines } = await status();
    expect(hubspot.backlog).toEqual({ waiting: 0, held: 1 });
    expect(lines).toContain('  waiting       no lead; 1 taken or resting');
  });

  it('marks a stream that is not read as often as it should be, and no other', async () => {
    const { world, work, status } = await openBench();
    await work(...POLLS);
    await world.clock.advance(4 * MINUTE);
    await work('pull-activities');
    const { hubspot, needs } = await status();
    const late = hubspot.streams.filter((stream) => stream.late).map(({ name }) => name);
    // The hot poll should have come 24 times since; what is read once a minute bears three turns and two minutes.
    expect(late.length).toBeGreaterThan(0);
    expect(late.every((name) => name.startsWith('form-submission:'))).toBe(true);
    expect(hubspot.isWorkerLate).toBe(false);
    expect(needs).toHaveLength(1);
    await world.clock.advance(2 * HOUR);
    const later = await status();
    expect(later.hubspot).toMatchObject({ isWorkerLate: true });
    expect(later.hubspot.streams.every((stream) => stream.late)).toBe(true);
    expect(later.needs).toEqual(['no worker for 2 h: run "leadgauge start"']);
  });

  it('of a cron expression goes by the tick that nobody took', async () => {
    const schedules = schedulesSchema.parse({ pull_leads: { cron: '0 * * * *' }, pull_activities: 'off' });
    const { world, work, status, queues } = await openBench(schedules);
    await work(...POLLS);
    await scheduleJob(queues, 'pull-leads', 'hubspot', schedules.pull_leads);
    const lateness = async () => {
      const { streams } = (await status()).hubspot;
      const of = (name: string) => streams.find((stream) => stream.name === name)?.late;
      return [of('leads'), of('page-view')];
    };
    expect(await lateness()).toEqual([false, false]);
    // Ticks come by the machine's clock, which the world's is far behind or ahead of.
    await world.clock.advance(Math.max(0, Date.now() - world.clock.now()) + 2 * HOUR);
    expect(await lateness()).toEqual([true, false]);
  });

  it('before the first backfill has nothing late, and says what to do', async () => {
    const { world, status } = await openBench(undefined, { unscored: true });
    expect(await status()).toMatchObject({ hubspot: { scored: { state: 'never' } } });
    await takeUp(world.connection);
    await world.clock.advance(MINUTE);
    const { hubspot, needs } = await status();
    expect(hubspot.streams.length).toBeGreaterThan(3);
    expect(hubspot.streams.filter((stream) => stream.late)).toEqual([]);
    expect(needs).toEqual(['no lead is scored yet: run "leadgauge backfill"']);
  });

  it('tells how many follow-ups are open and overdue', async () => {
    const { world, status } = await openBench();
    const { space, clock } = world.connection;
    const now = clock.now();
    const entry = { model: 'platform', routedAt: now, followUpBy: now + HOUR, attempts: 0 } as const;
    await saveFollowUps(
      space,
      [
        { ...entry, leadId: '1', state: 'open', dueBy: now + HOUR },
        { ...entry, leadId: '2', state: 'tried', dueBy: now + 3 * HOUR },
        { ...entry, leadId: '3', state: 'reached' },
      ],
      now,
    );
    await world.clock.advance(2 * HOUR);
    expect((await status()).hubspot.sales).toEqual({ open: 2, overdue: 1, notices: 0 });
  });
});

describe('the last error of a connection', () => {
  it('stays with its age until its job next succeeds, and names nobody', async () => {
    const { world, work, status } = await openBench();
    await work(...POLLS);
    const since = world.clock.now();
    const heal = world.sandbox.faults.add({ path: SEARCH, status: 503, body: { message: 'ask ada@example.com' } });
    await expect(work('pull-leads')).rejects.toThrow();
    await world.clock.advance(20 * MINUTE);
    await work('hot-poll', 'pull-activities');
    await expect(work('pull-leads')).rejects.toThrow();
    const { hubspot, needs, json } = await status();
    expect(hubspot.errors).toEqual([
      { job: 'pull-leads', since: expect.any(Number), at: expect.any(Number), message: expect.stringContaining('503') },
    ]);
    expect(hubspot.errors[0]?.since).toBeLessThan(since + MINUTE);
    expect(hubspot.errors[0]?.at).toBeGreaterThanOrEqual(since + 20 * MINUTE);
    expect(JSON.stringify(json)).not.toContain('@');
    expect(needs).toContainEqual(expect.stringMatching(/^pull-leads has failed for 20 min: .*503/));

    heal();
    await work('pull-leads');
    expect((await status()).hubspot.errors).toEqual([]);
  });

  it('that a person must mend is why it is paused, until it works again', async () => {
    const { world, work, status } = await openBench();
    const heal = world.sandbox.faults.add({ path: SEARCH, status: 401 });
    await work('pull-leads');
    const { hubspot, needs } = await status();
    expect(hubspot.paused).toBeDefined();
    expect(hubspot.errors).toMatchObject([{ job: 'pull-leads', message: hubspot.paused }]);
    expect(needs).toEqual([expect.stringMatching(/^paused: mend it/)]);
    heal();
    await takeUp(world.connection);
    await work('pull-leads');
    expect(await status()).toMatchObject({ hubspot: { errors: [] }, needs: [] });
    expect((await status()).hubspot).not.toHaveProperty('paused');
  });

  it('of a start that failed says why there is no worker', async () => {
    const { world, status } = await openBench();
    const heal = world.sandbox.faults.add({ path: '/', status: 401 });
    await expect(takeUp(world.connection)).rejects.toThrow();
    await world.clock.advance(HOUR);
    expect((await status()).needs).toEqual([
      expect.stringMatching(/^no worker for 60 min, as its last start failed: .+: run "leadgauge start"$/),
    ]);
    heal();
    await takeUp(world.connection);
    expect((await status()).hubspot.errors).toEqual([]);
  });

  it('is none where a process is stopped', async () => {
    const { work, status } = await openBench();
    const stop = new AbortController();
    stop.abort(new Error('the process is stopping'));
    await expect(work.with(stop.signal, 'score')).rejects.toThrow('stopping');
    expect((await status()).hubspot.errors).toEqual([]);
  });

  it('is not taken for mended by a worker that rests, as other models are in force', async () => {
    const { world, work, status } = await openBench();
    const heal = world.sandbox.faults.add({ path: SEARCH, status: 503 });
    await expect(work('pull-leads')).rejects.toThrow();
    heal();
    const edited = await openTestWorld(redis, { joins: world, config: dearer() });
    await takeUp(edited.connection);
    await work('pull-leads');
    expect((await status()).hubspot).toMatchObject({
      isInForce: false,
      scored: { state: 'not-yet' },
      errors: [{ job: 'pull-leads' }],
    });
  });
});

const dearer = () => editedConfig((text) => text.replace('points: 25', 'points: 30'));

/** A portal that is scored and taken up by a worker, whose jobs run when the test says so. */
async function openBench(schedules: Schedules = schedulesSchema.parse({}), { unscored = false } = {}) {
  const world = await openTestWorld(redis);
  const { connection } = world;
  addProspect(world);
  if (!unscored) {
    await world.backfill();
    await takeUp(connection);
  }
  const names = jobs.map(({ name }) => name);
  const queues = createQueues(redis.client(), 'test', names, silentLog);
  onTestFinished(() => queues.close());
  const run = async (signal: AbortSignal, ...asked: readonly string[]) => {
    // Beyond what polls leave to the CRM's index.
    await world.clock.advance(15 * SECOND);
    for (const name of asked) {
      const job = jobs.find((each) => each.name === name);
      await job?.run({ connection: 'hubspot' }, { connection: () => connection }, signal);
    }
  };
  const work = (...asked: readonly string[]) => run(new AbortController().signal, ...asked);
  return {
    world,
    queues,
    work: Object.assign(work, { with: run }),
    async status() {
      const limitsOf = () => HUBSPOT_LIMITS;
      const status = await readStatus({ connections: [connection], queues, jobs, schedules, limitsOf });
      const [hubspot] = status.connections;
      if (hubspot === undefined) throw new Error('the status tells of no connection');
      const needs = needsOf(status);
      const lines = statusText(status, needs, { colour: false });
      return { hubspot, needs, lines, json: statusJson(status, needs) };
    },
  };
}
