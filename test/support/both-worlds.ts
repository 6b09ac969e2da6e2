import { sourcesFirst } from '../../src/cli/connections.ts';
import type { NewOrg } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import type { NewPortal } from '../../src/sandbox/sandbox.ts';
import type { Config } from '../../src/settings/config.ts';
import type { Connection, Neighbour } from '../../src/sync/connection.ts';
import type { Tally } from '../../src/sync/tally.ts';
import { type ConnectionJobs, jobsOf } from './connection-jobs.ts';
import { type OrgWorld, openOrgWorld } from './org-world.ts';
import { shippedConfig } from './shipped-config.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import type { TestRedis } from './test-redis.ts';
import { INDEX_DELAY, openTestWorld, type World } from './world.ts';

export type Role = Neighbour['role'];

/** A HubSpot portal and a Salesforce org on one Redis and one clock, with leadgauge beside both. */
export interface BothWorlds {
  readonly hubspot: World & ConnectionJobs;
  readonly salesforce: OrgWorld;
  readonly clock: TestClock;
  /** Every job of both that the schedules would run in some minutes, and drains until nothing waits anywhere. */
  sync(): Promise<void>;
  /** Both, sources first. */
  backfill(): Promise<{ readonly written: number; readonly promoted: number }>;
  /** Ids, in either CRM, that do not hold what scoring everything afresh gives. */
  wrong(): Promise<readonly string[]>;
}

export interface BothWorldsOptions {
  readonly hubspot?: NewPortal & { readonly role?: Role; readonly webhooks?: boolean };
  readonly salesforce?: NewOrg & { readonly role?: Role; readonly webhooks?: boolean };
  readonly config?: Config;
  readonly clock?: TestClock;
  /** Joins these CRMs instead of making some, as another process would. */
  readonly joins?: BothWorlds;
}

export async function openBothWorlds(redis: TestRedis, options: BothWorldsOptions = {}): Promise<BothWorlds> {
  const { hubspot: portal = {}, salesforce: org = {}, joins, config = shippedConfig() } = options;
  const clock = joins?.clock ?? options.clock ?? createTestClock();
  const roles = { hubspot: portal.role ?? 'both', salesforce: org.role ?? 'both' } as const;
  const neighbour = (name: keyof typeof roles): Neighbour => ({
    name,
    role: roles[name],
    makesTasks: config[name]?.value.tasks.create !== 'off',
    wake: async () => {},
  });

  const world = await openTestWorld(redis, { ...portal, config, clock, ...(joins && { joins: joins.hubspot }) });
  const connection: Connection = {
    ...world.connection,
    role: roles.hubspot,
    beside: [neighbour('salesforce')],
  };
  const salesforce = await openOrgWorld(redis, {
    ...org,
    config,
    clock,
    role: roles.salesforce,
    beside: [neighbour('hubspot')],
    others: () => [connection],
    ...(joins && { joins: joins.salesforce }),
  });
  const beside = () => [salesforce.connection];
  const hubspot = { ...world, connection, ...jobsOf(connection, clock, { lateness: INDEX_DELAY, beside }) };
  const inOrder: readonly (ConnectionJobs & { readonly connection: Connection })[] = sourcesFirst([
    hubspot.connection,
    salesforce.connection,
  ]).map((each) => (each === salesforce.connection ? salesforce : hubspot));

  return {
    hubspot,
    salesforce,
    clock,
    async sync() {
      for (const { poll } of inOrder) await poll();
      // Whoever is scored may mark their other records, in either CRM.
      for (let round = 0; round < 3; round += 1) for (const { score } of inOrder) await score();
    },
    async backfill() {
      const tallies: Tally[] = [];
      for (const each of inOrder) tallies.push(await each.backfill());
      for (let round = 0; round < 2; round += 1) for (const { score } of inOrder) tallies.push(await score());
      const sum = (key: 'written' | 'promoted') => tallies.reduce((total, tally) => total + tally[key], 0);
      return { written: sum('written'), promoted: sum('promoted') };
    },
    async wrong() {
      const scored = inOrder.filter(({ connection: { role } }) => role !== 'source');
      const all = [];
      for (const each of scored) all.push(...(await each.wrong()));
      return all;
    },
  };
}
