import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { type Clock, SECOND } from '../../src/base/clock.ts';
import { type Log, silentLog } from '../../src/base/log.ts';
import type { CallKind } from '../../src/crm/api-budget.ts';
import { createHubspot } from '../../src/crm/hubspot/hubspot.ts';
import { outputModels } from '../../src/crm/outputs/output-models.ts';
import { createSpace, type Space } from '../../src/ledger/space.ts';
import { createBudget, HUBSPOT_LIMITS } from '../../src/queue/budget.ts';
import type { Contact } from '../../src/sandbox/portal/contact.ts';
import {
  createPortal,
  DEMO_TOKEN,
  type Limits,
  type NewPortal,
  type Sandbox,
  startSandbox,
} from '../../src/sandbox/sandbox.ts';
import { type Config, hubspotOf, loadConfig } from '../../src/settings/config.ts';
import { scoreAccounts } from '../../src/sync/accounts.ts';
import { type BackfillOptions, backfill } from '../../src/sync/backfill.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { pullLeads } from '../../src/sync/pull-leads.ts';
import { pullLists } from '../../src/sync/pull-lists.ts';
import { pullRelated } from '../../src/sync/pull-related.ts';
import { hotStreams, ordinaryStreams, pullStreams } from '../../src/sync/pull-streams.ts';
import { salesNeeds } from '../../src/sync/sales-needs.ts';
import { scoreDirty } from '../../src/sync/score-dirty.ts';
import type { Tally } from '../../src/sync/tally.ts';
import { verifyPortal } from '../../src/sync/verify-portal.ts';
import { wakeDue } from '../../src/sync/wake-due.ts';
import { wakeFollowUps } from '../../src/sync/wake-follow-ups.ts';
import { createReceiver } from '../../src/webhooks/receiver.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import type { TestRedis } from './test-redis.ts';

/** A portal and leadgauge, both by one clock that the test moves. Jobs run when the test says so. */
export interface World {
  readonly sandbox: Sandbox;
  readonly connection: Connection;
  readonly clock: TestClock;
  readonly calls: Readonly<Record<CallKind, number>>;
  backfill(options?: Partial<BackfillOptions>): ReturnType<typeof backfill>;
  /** What the schedules would do in some minutes: every poll, the due times, and drains until nothing waits. */
  sync(): Promise<void>;
  hotPoll(): Promise<void>;
  /** The polls of `sync`, without the scoring. */
  poll(): Promise<void>;
  /** A drain of the dirty set. */
  score(): Promise<Tally>;
  /** Ids of leads, and of accounts, whose properties are not what scoring them afresh gives. */
  wrong(): Promise<readonly string[]>;
  contact(email: string): Contact;
  /** What a property holds, as HubSpot would show it. */
  text(contact: Contact, property: string): string | undefined;
  number(contact: Contact, property: string): number | undefined;
  /** Requests to write leads, counted by the sandbox. */
  writes(): number;
}

export interface WorldOptions extends NewPortal {
  readonly namespace?: string;
  /** One of the test's own; else it starts on a Monday. */
  readonly clock?: TestClock;
  readonly config?: Config;
  readonly log?: Log;
  /** By how much the CRM's clock is ahead of ours, in milliseconds. */
  readonly skew?: number;
  /** Joins this portal instead of making one. */
  readonly joins?: World;
  /** Sends the portal's webhooks to a receiver on this machine. */
  readonly webhooks?: boolean;
  /** What differs from the limits of the portal's tier. */
  readonly limits?: Partial<Limits>;
}

/** How late search learns of changes in these portals. */
export const INDEX_DELAY = 2 * SECOND;

export async function openTestWorld(redis: TestRedis, options: WorldOptions = {}): Promise<World> {
  const clock = options.joins?.clock ?? options.clock ?? createTestClock();
  const config = options.config ?? loadConfig('config');
  const space = createSpace(redis.client(), options.namespace ?? 'test', 'hubspot');
  const log = options.log ?? silentLog;
  const sandbox = options.joins?.sandbox ?? (await openSandbox(options, clock, space));
  const calls: Record<CallKind, number> = { read: 0, search: 0, write: 0, activity: 0, related: 0, setup: 0 };
  const crm = createHubspot({
    config: hubspotOf(config).value,
    token: DEMO_TOKEN,
    baseUrl: sandbox.url,
    budget: createBudget(space, HUBSPOT_LIMITS, clock, log),
    clock,
    random: () => 0.5,
    onCall: (kind) => {
      calls[kind] += 1;
    },
    models: outputModels(config.models, hubspotOf(config).value),
    ...salesNeeds(config.sales, config.models),
  });
  await crm.applySetup(await crm.planSetup());
  await crm.connect();
  const connection: Connection = {
    crm,
    models: config.models,
    mainModel: config.mainModel,
    sales: config.sales,
    channels: [],
    space,
    clock,
    log,
    wake: async () => {},
  };
  const { portal } = sandbox;
  async function poll(): Promise<void> {
    await clock.advance(INDEX_DELAY + crm.changes.lag);
    await pullStreams(connection, hotStreams(connection), { urgent: true });
    await pullStreams(connection, ordinaryStreams(connection), {});
    await pullLeads(connection);
    await pullRelated(connection);
    await pullLists(connection);
    await wakeDue(connection);
    await wakeFollowUps(connection);
  }
  return {
    sandbox,
    connection,
    clock,
    calls,
    backfill: (own) => backfill(connection, { promote: false, ...own }),
    async sync() {
      await poll();
      await scoreDirty(connection);
      await scoreAccounts(connection);
    },
    poll,
    score: () => scoreDirty(connection),
    async hotPoll() {
      await clock.advance(SECOND);
      await pullStreams(connection, hotStreams(connection), { urgent: true });
    },
    async wrong() {
      const { wrong, wrongAccounts = [] } = await verifyPortal(connection);
      return [...wrong, ...wrongAccounts];
    },
    contact(email) {
      const contact = portal.contacts.findByEmail(email);
      if (contact === undefined) throw new Error('the portal has no such contact');
      return contact;
    },
    text: (contact, property) => portal.textOf(contact, property),
    number: (contact, property) => portal.numberOf(contact, property),
    writes: () => sandbox.requests.count({ path: '/crm/objects/{version}/contacts/batch/update' }),
  };
}

async function openSandbox(options: WorldOptions, clock: TestClock, space: Space): Promise<Sandbox> {
  const webhooks = options.webhooks ? { url: await openReceiver(clock, space), secret: SECRET } : undefined;
  const { skew = 0 } = options;
  // A test may put a sleep of its own in the clock's place later.
  const crmClock: Clock = { now: () => clock.now() + skew, sleep: (ms, signal) => clock.sleep(ms, signal) };
  const portal = createPortal({ ...options, clock: crmClock });
  const sandbox = await startSandbox({
    portal,
    clock: crmClock,
    indexDelay: INDEX_DELAY,
    webhooks,
    limits: options.limits,
  });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

const SECRET = 'test-secret';

/** Returns where webhooks are to be sent. */
async function openReceiver(clock: TestClock, space: Space): Promise<string> {
  const receiving = { space, clock, log: silentLog, wake: async () => {} };
  const app = createReceiver({
    hubspot: { ...receiving, secrets: [SECRET] },
    publicUrl: undefined,
    notReady: async () => undefined,
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  return `http://127.0.0.1:${address.port}/webhooks/hubspot`;
}
