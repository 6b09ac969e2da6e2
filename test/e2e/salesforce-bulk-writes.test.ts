import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import type { Crm } from '../../src/crm/crm.ts';
import { countDirty, LEASE } from '../../src/ledger/dirty.ts';
import { readProgress } from '../../src/ledger/progress.ts';
import { backfill } from '../../src/sync/backfill.ts';
import { addOrgProspect, orgState, showOrgInterest } from '../support/org-people.ts';
import { type OrgWorld, openOrgWorld } from '../support/org-world.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const DEMO = 'Request a demo';
const JOBS = '/services/data/{version}/jobs/ingest';

/** As many leads as a bulk job writes. */
const MANY = 2_010;

/** Leads that are nothing for sales. */
function addMany(world: OrgWorld, letter = 'L'): string[] {
  return Array.from({ length: MANY }, (_, index) => {
    const name = `${letter}${index}`;
    const values = { LastName: name, Company: 'Acme', Title: index % 2 === 0 ? 'Student' : 'Intern' };
    return world.sandbox.people.createLead({ ...values, Email: `${name}@acme-${index}.example` }).id;
  });
}

/** Bulk jobs that were made to write. */
const jobs = ({ sandbox }: OrgWorld) => sandbox.requests.count({ method: 'POST', path: JOBS });
const collections = ({ sandbox }: OrgWorld) => sandbox.requests.count({ path: '/services/data/{version}/composite' });
const ingests = ({ sandbox }: OrgWorld) => sandbox.bulk.ingests.all;

/** Bulk jobs take so many milliseconds. */
function slowJobs({ sandbox }: OrgWorld, ms: number): void {
  sandbox.bulk.ingestPace = { polls: 0, ms };
}

/** Does this once, while a bulk job is in progress. */
function duringJob(world: OrgWorld, act: () => Promise<void>): void {
  const { sleep } = world.clock;
  let begun = false;
  world.clock.sleep = async (ms, signal) => {
    if (!begun && ingests(world).some(({ state }) => state === 'InProgress')) {
      begun = true;
      await act();
    }
    await sleep(ms, signal);
  };
}

async function expectRight(world: OrgWorld): Promise<void> {
  expect(await world.wrong()).toEqual([]);
  expect(await countDirty(world.connection.space)).toBe(0);
}

describe('a backfill of thousands in Salesforce', { timeout: 120_000 }, () => {
  it('writes them by bulk jobs, with fewer calls than collections, each as it should be', async () => {
    const leads = 4_200;
    const world = await openOrgWorld(redis, { leads });
    const tally = await world.backfill({ bulk: true });
    expect(tally).toMatchObject({ scored: leads, written: leads, failed: 0, gone: 0, left: 0 });
    expect(jobs(world)).toBeGreaterThan(0);
    expect(world.writes()).toBeLessThan(leads / 200);
    expect(await world.wrong()).toEqual([]);
    const before = world.writes();
    await world.sync();
    expect(await world.backfill({ bulk: true })).toMatchObject({ written: 0, unchanged: leads });
    expect(world.writes()).toBe(before);
  });

  it('gathers the next ones while a job is under way, and never has two jobs at once', async () => {
    const world = await openOrgWorld(redis);
    addMany(world);
    addMany(world, 'M');
    addOrgProspect(world);
    slowJobs(world, 3 * MINUTE);
    const { connection } = world;
    const crm = { ...connection.crm, batches: { ...connection.crm.batches, bulk: MANY } };
    let most = 0;
    let scoredMeanwhile = 0;
    const running = () => ingests(world).filter(({ state }) => state === 'InProgress').length;
    const onProgress = ({ scored }: { scored: number }) => {
      most = Math.max(most, running());
      if (running() > 0) scoredMeanwhile = Math.max(scoredMeanwhile, scored);
    };
    const tally = await backfill({ ...connection, crm }, { promote: false, bulk: true, onProgress });
    expect(tally).toMatchObject({ written: 2 * MANY + 1, left: 0 });
    expect(ingests(world).map(({ recordsProcessed }) => recordsProcessed)).toEqual([MANY, MANY]);
    expect(most).toBe(1);
    expect(scoredMeanwhile).toBeGreaterThan(MANY);
    await expectRight(world);
  });

  it('holds its leads for as long as a job takes, and is not disturbed by its own writes as they come in', async () => {
    const world = await openOrgWorld(redis);
    addMany(world);
    slowJobs(world, 20 * MINUTE);
    world.sandbox.bulk.rowsLand = 'first';
    let seen = 0;
    duringJob(world, async () => {
      await world.clock.advance(2 * LEASE);
      seen = ingests(world)[0]?.recordsProcessed ?? 0;
      await world.poll();
      expect(await world.score()).toMatchObject({ scored: 0 });
    });
    expect(await world.backfill({ bulk: true })).toMatchObject({ written: MANY, left: 0 });
    expect(seen).toBe(MANY);
    const reads = world.calls.read;
    await world.sync();
    expect(world.calls.read).toBe(reads);
    expect(jobs(world)).toBe(1);
    await expectRight(world);
  });

  it('puts a demo request before sales at once, though a bulk job has the lead', async () => {
    const world = await openOrgWorld(redis);
    addMany(world);
    const { id } = addOrgProspect(world);
    slowJobs(world, 10 * MINUTE);
    duringJob(world, async () => {
      await world.clock.advance(MINUTE);
      world.sandbox.people.respond(DEMO, id);
      await world.hotPoll();
      expect(ingests(world).map(({ state }) => state)).toContain('InProgress');
      expect(world.text(id, 'Leadgauge_Route__c')).toBe('sales');
      expect(world.text(id, 'Leadgauge_Stage__c')).toBe('MQL');
      expect(world.tasks(id)).toHaveLength(1);
    });
    const tally = await world.backfill({ bulk: true });
    expect(tally).toMatchObject({ written: MANY, left: 1, fastTracked: 0 });
    // What the job brought in was older: the lead is done once more.
    expect(await countDirty(world.connection.space)).toBe(1);
    await world.sync();
    expect(world.text(id, 'Leadgauge_Reasons__c')).toContain('emo');
    expect(world.tasks(id)).toHaveLength(1);
    await expectRight(world);
  });

  it('leaves out of the job whom a demo request took over before it began', async () => {
    const world = await openOrgWorld(redis);
    const { id } = addOrgProspect(world);
    addMany(world);
    const { connection } = world;
    const { listLeads } = connection.crm;
    const crm: Crm = {
      ...connection.crm,
      async listLeads(after, options) {
        const page = await listLeads(after, options);
        if (page.next?.startsWith('Contact')) {
          world.sandbox.people.respond(DEMO, id);
          await world.hotPoll();
        }
        return page;
      },
    };
    expect(await backfill({ ...connection, crm }, { promote: false, bulk: true })).toMatchObject({
      written: MANY,
      left: 1,
    });
    expect(ingests(world)[0]?.recordsProcessed).toBe(MANY);
    expect(world.tasks(id)).toHaveLength(1);
    await expectRight(world);
  });

  it('hears of what sales edit meanwhile with the next poll, and need not wait for the job', async () => {
    const world = await openOrgWorld(redis);
    const [id = ''] = addMany(world);
    slowJobs(world, 10 * MINUTE);
    duringJob(world, async () => {
      world.sandbox.people.change(id, { Title: 'Intern' });
      await world.clock.advance(MINUTE);
      await world.poll();
      expect(await world.score()).toMatchObject({ scored: 1, written: 1 });
    });
    expect(await world.backfill({ bulk: true })).toMatchObject({ written: MANY - 1, left: 1 });
    await world.sync();
    await expectRight(world);
  });

  it('writes what a job left undone by collections, and makes a dead letter of what a rule refuses', async () => {
    const world = await openOrgWorld(redis);
    const ids = addMany(world);
    const { org, bulk } = world.sandbox;
    const [refused = '', locked = ''] = ids;
    org.validationRules = [
      { type: 'Lead', message: 'not this one', refuses: (proposed) => proposed.get('LastName') === 'L0' },
    ];
    org.lock(locked);
    bulk.failNext('ingest', { message: 'InternalServerError : Too many lock failures', afterRows: 1_500 });
    const tally = await world.backfill({ bulk: true });
    expect(tally).toMatchObject({ scored: MANY, written: MANY - 1, failed: 1, left: 0 });
    expect(ingests(world).map(({ state }) => state)).toEqual(['Failed']);
    expect(await world.wrong()).toEqual([refused]);
  });

  it('told to stop, stops the job too and notes nothing; the next one goes on', async () => {
    const world = await openOrgWorld(redis);
    addMany(world);
    slowJobs(world, 10 * MINUTE);
    const stop = new AbortController();
    duringJob(world, async () => stop.abort(new Error('SIGTERM')));
    await expect(world.backfill({ bulk: true, signal: stop.signal })).rejects.toThrow('SIGTERM');
    expect(ingests(world).map(({ state }) => state)).toEqual(['Aborted']);
    expect(await readProgress(world.connection.space, 'backfill-stand')).toBeUndefined();
    slowJobs(world, 0);
    expect(await world.backfill({ bulk: true })).toMatchObject({ written: MANY, left: 0 });
    await expectRight(world);
  });

  it('told to stop before the job began, still writes what it read, in calls that take seconds', async () => {
    const world = await openOrgWorld(redis);
    addMany(world);
    const stop = new AbortController();
    const stopAt = ({ scored }: { scored: number }) => {
      if (scored >= 1_000) stop.abort(new Error('SIGTERM'));
    };
    await expect(world.backfill({ bulk: true, signal: stop.signal, onProgress: stopAt })).rejects.toThrow('SIGTERM');
    expect(jobs(world)).toBe(0);
    expect(collections(world)).toBeGreaterThanOrEqual(5);
    const rest = await world.backfill({ bulk: true });
    expect(rest).toMatchObject({ resumed: true, left: 0 });
    expect(rest.scored).toBeLessThan(MANY);
    await expectRight(world);
  });

  it('is taken up by another process where one died in the middle of a job, which does no harm when it lands', async () => {
    const world = await openOrgWorld(redis);
    addMany(world);
    slowJobs(world, 5 * MINUTE);
    await dieDuringJob(world);
    expect(ingests(world).map(({ state }) => state)).toEqual(['InProgress']);
    await world.clock.advance(LEASE);
    const before = orgState(world);
    const other = await openOrgWorld(redis, { joins: world });
    expect(await other.backfill({ bulk: true })).toMatchObject({ written: MANY, left: 0 });
    // The second job waited for the first one: both brought in the same.
    expect(ingests(world).map(({ state }) => state)).toEqual(['JobComplete', 'JobComplete']);
    expect(orgState(world)).not.toEqual(before);
    await other.sync();
    await expectRight(other);
    expect(await other.backfill({ bulk: true })).toMatchObject({ written: 0 });
  });

  it('mends older values that a job left behind brings in over newer ones', async () => {
    const world = await openOrgWorld(redis);
    const ids = addMany(world);
    const { id } = addOrgProspect(world);
    slowJobs(world, HOUR);
    await dieDuringJob(world);
    await world.clock.advance(LEASE);
    showOrgInterest(world, id);
    // The others are not read: each of the two jobs is about this one lead.
    await redis.client().zrem(world.connection.space.key('dirty'), ...ids);
    await world.score();
    await world.sync();
    const score = world.number(id, 'Leadgauge_Score__c');
    await world.clock.advance(MINUTE);
    world.sandbox.bulk.finishIngests();
    expect(world.number(id, 'Leadgauge_Score__c')).not.toBe(score);
    await world.clock.advance(MINUTE);
    await world.sync();
    expect(world.number(id, 'Leadgauge_Score__c')).toBe(score);
  });
});

/** A backfill of a process that dies while its bulk job is in progress: nothing of it goes on. */
async function dieDuringJob(world: OrgWorld): Promise<void> {
  const { sleep } = world.clock;
  const died = Promise.withResolvers<void>();
  world.clock.sleep = async (ms, signal) => {
    await sleep(ms, signal);
    if (!ingests(world).some(({ state }) => state === 'InProgress')) return;
    died.resolve();
    await new Promise(() => {});
  };
  // The dead renew no leases.
  const clock = { now: () => world.clock.now(), sleep, every: () => async () => {} };
  void backfill({ ...world.connection, clock }, { promote: false, bulk: true });
  await died.promise;
  world.clock.sleep = sleep;
}
