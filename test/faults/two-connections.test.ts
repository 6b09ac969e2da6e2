import { describe, expect, it, onTestFinished } from 'vitest';
import { jobs } from '../../jobs/index.ts';
import { HOUR, MINUTE, SECOND, systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createQueues } from '../../src/queue/queues.ts';
import { runWorkers } from '../../src/queue/run-workers.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { addProspect, asksForDemo, tasksOf } from '../support/people.ts';
import { createTestClock, daysAhead, type TestClock } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();
const POLLS = ['pull-leads', 'pull-activities', 'score', 'hot-poll'];
const LEADS = 250;

/** One CRM of two, by a clock of its own. */
interface Side {
  readonly connection: Connection;
  readonly clock: TestClock;
  /** So that it must be waited for. */
  slowDown(): void;
  /** Whether all that changed is scored, and the demo request is before sales. */
  isDone(): boolean;
}

const SIDES = { HubSpot: openHubspot, Salesforce: openSalesforce };

describe('of two CRMs that one process works on, one at a crawl', { timeout: 90_000 }, () => {
  it.each([
    ['HubSpot', 'Salesforce'],
    ['Salesforce', 'HubSpot'],
  ] as const)(
    '%s is: %s is polled, scored and fast-tracked all the same, and the slow one gets there in its time',
    async (one, other) => {
      const [slow, quick] = [await SIDES[one](), await SIDES[other]()];
      const wake = startWorkers([slow.connection, quick.connection]);
      slow.slowDown();
      const goOn = stopClock(slow.clock);
      await wake(slow);
      await expect.poll(goOn.isWaitedFor, { timeout: 20_000, interval: 5 }).toBe(true);

      // By the slow one's clock not a moment passes until the other is done.
      const began = quick.clock.now();
      await wake(quick);
      await expect.poll(quick.isDone, { timeout: 30_000, interval: 20 }).toBe(true);
      expect(quick.clock.now() - began).toBeLessThan(10 * SECOND);
      expect(slow.isDone()).toBe(false);

      goOn();
      const andThen = async () => {
        await slow.clock.advance(20 * SECOND);
        await wake(slow);
        return slow.isDone();
      };
      await expect.poll(andThen, { timeout: 60_000, interval: 100 }).toBe(true);
    },
  );
});

async function openHubspot(): Promise<Side> {
  const clock = createTestClock({ start: daysAhead() });
  const world = await openTestWorld(redis, { clock });
  const { portal, people, limits } = world.sandbox;
  for (let count = 0; count < LEADS; count += 1) addProspect(world, `h${count}`);
  const ada = addProspect(world, 'ada');
  await world.backfill();
  await clock.advance(HOUR);
  for (const { id } of portal.contacts.all) people.update(id, { jobtitle: 'CEO' });
  asksForDemo(world, ada.email);
  // By then HubSpot tells of it.
  await clock.advance(MINUTE);
  return {
    connection: world.connection,
    clock,
    slowDown() {
      limits.limits = { ...limits.limits, burst: 5 };
    },
    isDone: () =>
      tasksOf(world, ada.contact).length === 1 &&
      portal.contacts.all.every((contact) => world.text(contact, 'leadgauge_reasons')?.includes('Executive')),
  };
}

async function openSalesforce(): Promise<Side> {
  const clock = createTestClock({ start: daysAhead() });
  const world = await openOrgWorld(redis, { clock });
  const { org, people, faults } = world.sandbox;
  for (let count = 0; count < LEADS; count += 1) addOrgProspect(world, `s${count}`);
  const { id } = addOrgProspect(world, 'bob');
  await world.backfill();
  await clock.advance(HOUR);
  const leads = org.type('Lead').live();
  for (const lead of leads) people.change(lead.id, { Title: 'CEO' });
  people.respond('Request a demo', id);
  await clock.advance(MINUTE);
  const body = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'ConcurrentPerOrgLongTxn Limit exceeded.' }];
  return {
    connection: world.connection,
    clock,
    slowDown: () => void faults.add({ path: '/services/data/', status: 403, body, times: 12 }),
    isDone: () =>
      world.tasks(id).length === 1 &&
      leads.every((lead) => lead.text('Leadgauge_Reasons__c')?.includes('Executive') === true),
  };
}

/** Whoever sleeps by it from now on sleeps until it is let go on. */
function stopClock(clock: TestClock) {
  const { sleep } = clock;
  const waiters: (() => void)[] = [];
  clock.sleep = (ms, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    waiters.push(() => void sleep(ms, signal).then(resolve, reject));
    return promise;
  };
  const goOn = () => {
    clock.sleep = sleep;
    for (const wake of waiters) wake();
  };
  return Object.assign(goOn, { isWaitedFor: () => waiters.length > 0 });
}

/** One process for both, as `leadgauge start worker` is. @returns what asks for the polls of one of them. */
function startWorkers(connections: readonly Connection[]): (side: Side) => Promise<void> {
  const names = jobs.map(({ name }) => name);
  const queues = createQueues(redis.client(), 'test', names, silentLog);
  const byName = new Map(
    connections.map((connection): [string, Connection] => {
      const { name } = connection.crm;
      return [name, { ...connection, wake: (job, later) => queues.wake(job, name, later) }];
    }),
  );
  const context = {
    connection(name: string): Connection {
      const found = byName.get(name);
      if (found === undefined) throw new Error(`there is no connection ${name}`);
      return found;
    },
  };
  const about = { redis: redis.client(), namespace: 'test', jobs, context };
  const workers = runWorkers({ ...about, clock: systemClock, log: silentLog, atOnce: byName.size });
  onTestFinished(async () => {
    await workers.close();
    await queues.close();
  });
  return async ({ connection: { crm } }) => {
    for (const job of POLLS) await queues.wake(job, crm.name);
  };
}
