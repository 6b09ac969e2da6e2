import { listDeadLetters } from '../../ledger/dead-letters.ts';
import { leadsOf, newTally, type Tally } from '../../sync/tally.ts';
import type { Verification } from '../../sync/verify-portal.ts';
import type { Calls } from '../calls.ts';
import type { DemoCrm } from './demo-crm.ts';
import type { World } from './world.ts';

/** What is told of one CRM, or summed up over all of them. */
export interface CrmReport {
  readonly leads: number;
  readonly scored: number;
  readonly written: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly mql: number;
  readonly promoted: number;
  readonly flags: Readonly<Record<string, number>>;
  /** By what they were for: lead reads, searches, writes, activities, and the set-up. */
  readonly calls: Calls;
  /** How often the CRM said that it was called too often. */
  readonly rateLimited: number;
  readonly verified?: { readonly checked: number; readonly wrong: number };
}

/** What `demo --once --json` prints. Counts of leads and calls are those of the backfill; the rest is of the whole run. */
export interface DemoReport extends CrmReport {
  readonly fastTracked: number;
  /** The same for everything after the backfill. */
  readonly liveCalls: Calls;
  /** From a demo request that the CRM told of to the write in the CRM where sales works. */
  readonly fastTrackMs: { readonly p50: number; readonly p95: number };
  /** The same for the one that only the hot poll could find. */
  readonly hotPollMs: number | undefined;
  readonly seconds: number;
  readonly redis: 'embedded' | 'server' | 'url';
  /** What of it is of which CRM, where there are several. */
  readonly crms?: Readonly<Record<string, CrmReport>>;
}

/** What was done with one CRM. */
export interface Done {
  readonly crm: DemoCrm;
  readonly tally: Tally;
  readonly calls: Calls;
  readonly verification: Verification | undefined;
}

export interface DemoRun {
  readonly world: World;
  readonly done: readonly Done[];
  /** All calls of the set-up and the backfill. */
  readonly backfillCalls: Calls;
  /** From deed to write, one for each demo request that a CRM told of, in milliseconds. */
  readonly fastTracks: readonly number[];
  readonly hotPollMs: number | undefined;
  readonly fastTracked: number;
  readonly seconds: number;
  readonly liveCalls: Calls;
}

export async function reportOf(run: DemoRun): Promise<DemoReport> {
  const { world, done } = run;
  const reports = await Promise.all(
    done.map(async (each) => [each.crm.connection.crm.name, await reportOne(each)] as const),
  );
  const all = reports.map(([, report]) => report);
  const sum = (figure: (report: CrmReport) => number) => all.reduce((total, report) => total + figure(report), 0);
  const verified = all.flatMap((report) => report.verified ?? []);
  return {
    leads: sum(({ leads }) => leads),
    scored: sum(({ scored }) => scored),
    written: sum(({ written }) => written),
    unchanged: sum(({ unchanged }) => unchanged),
    failed: sum(({ failed }) => failed),
    mql: sum(({ mql }) => mql),
    promoted: sum(({ promoted }) => promoted),
    fastTracked: run.fastTracked,
    flags: sumFlags(all.map(({ flags }) => flags)),
    calls: run.backfillCalls,
    liveCalls: run.liveCalls,
    rateLimited: sum(({ rateLimited }) => rateLimited),
    fastTrackMs: { p50: quantile(run.fastTracks, 0.5), p95: quantile(run.fastTracks, 0.95) },
    hotPollMs: run.hotPollMs,
    seconds: run.seconds,
    redis: world.app.redis.kind,
    ...(verified.length > 0 && {
      verified: {
        checked: verified.reduce((total, { checked }) => total + checked, 0),
        wrong: verified.reduce((total, { wrong }) => total + wrong, 0),
      },
    }),
    ...(reports.length > 1 && { crms: Object.fromEntries(reports) }),
  };
}

async function reportOne({ crm, tally, calls, verification }: Done): Promise<CrmReport> {
  const { scored, written, unchanged, mql, promoted, flags } = tally;
  return {
    leads: leadsOf(tally),
    scored,
    written,
    unchanged,
    failed: (await listDeadLetters(crm.connection.space)).length,
    mql,
    promoted,
    flags,
    calls,
    rateLimited: crm.rateLimited(),
    ...(verification && { verified: { checked: verification.checked, wrong: verification.wrong.length } }),
  };
}

function sumFlags(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  // Of a tally, whose flags may have any name.
  const { flags } = newTally();
  for (const [flag, count] of all.flatMap((each) => Object.entries(each))) flags[flag] = (flags[flag] ?? 0) + count;
  return flags;
}

/** The smallest value that so large a share of them does not exceed; 0 for none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
