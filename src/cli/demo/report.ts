import type { CallKind } from '../../crm/api-budget.ts';
import { listDeadLetters } from '../../ledger/dead-letters.ts';
import { leadsOf, type Tally } from '../../sync/tally.ts';
import type { Verification } from '../../sync/verify-portal.ts';
import type { World } from './world.ts';

/** What `demo --once --json` prints. Counts of leads and calls are those of the backfill; the rest is of the whole run. */
export interface DemoReport {
  readonly leads: number;
  readonly scored: number;
  readonly written: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly mql: number;
  readonly promoted: number;
  readonly fastTracked: number;
  readonly flags: Readonly<Record<string, number>>;
  /** By what they were for: lead reads, searches, writes, activities, and the set-up. */
  readonly calls: Readonly<Record<CallKind, number>>;
  /** The same for everything after the backfill. */
  readonly liveCalls: Readonly<Record<CallKind, number>>;
  /** How often the portal answered 429. */
  readonly rateLimited: number;
  /** From a demo request that a webhook told of to the write in the CRM. */
  readonly fastTrackMs: { readonly p50: number; readonly p95: number };
  /** The same for the one that only the hot poll could find. */
  readonly hotPollMs: number | undefined;
  readonly seconds: number;
  readonly redis: 'embedded' | 'server' | 'url';
  readonly verified?: { readonly checked: number; readonly wrong: number };
}

export interface DemoRun {
  readonly world: World;
  readonly tally: Tally;
  readonly backfillCalls: Readonly<Record<CallKind, number>>;
  /** From deed to write, one for each demo request that a webhook told of, in milliseconds. */
  readonly fastTracks: readonly number[];
  readonly hotPollMs: number | undefined;
  readonly fastTracked: number;
  readonly seconds: number;
  readonly liveCalls: Readonly<Record<CallKind, number>>;
  readonly verification: Verification | undefined;
}

export async function reportOf(run: DemoRun): Promise<DemoReport> {
  const { world, tally, verification } = run;
  const { scored, written, unchanged, mql, promoted, flags } = tally;
  const letters = await Promise.all(world.crms.map(({ connection }) => listDeadLetters(connection.space)));
  const failed = letters.flat().length;
  return {
    leads: leadsOf(tally),
    scored,
    written,
    unchanged,
    failed,
    mql,
    promoted,
    fastTracked: run.fastTracked,
    flags,
    calls: run.backfillCalls,
    liveCalls: run.liveCalls,
    rateLimited: world.crms.reduce((sum, crm) => sum + crm.rateLimited(), 0),
    fastTrackMs: { p50: quantile(run.fastTracks, 0.5), p95: quantile(run.fastTracks, 0.95) },
    hotPollMs: run.hotPollMs,
    seconds: run.seconds,
    redis: world.app.redis.kind,
    ...(verification && { verified: { checked: verification.checked, wrong: verification.wrong.length } }),
  };
}

/** The smallest value that so large a share of them does not exceed; 0 for none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export function callsSince(
  now: Readonly<Record<CallKind, number>>,
  before: Readonly<Record<CallKind, number>>,
): Record<CallKind, number> {
  const { read, search, write, activity, related, setup } = before;
  return {
    read: now.read - read,
    search: now.search - search,
    write: now.write - write,
    activity: now.activity - activity,
    related: now.related - related,
    setup: now.setup - setup,
  };
}
