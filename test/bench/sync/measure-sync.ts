import type { Say } from '../part.ts';
import type { CrmName } from '../processes/crm-process.ts';
import { NO_LIMIT } from '../processes/portal.ts';
import { startRedis } from '../processes/redis.ts';
import { sayWhereTooLarge } from '../processes/sandbox-flags.ts';
import { type ScaledLimits, scaleLimits } from '../processes/scaled-limits.ts';
import { onStage, type Stage } from '../processes/stage.ts';
import { missedOf, type Promised } from '../promises.ts';
import { type BackfillRun, type Place, runBackfill, setUp } from './backfill-run.ts';
import { type CrmUnderTest, START } from './crm-under-test.ts';
import { CHANGES, type Incremental, measureIncremental } from './incremental.ts';
import { totalOf } from './least-calls.ts';
import { type Limits, limitUsed } from './limit-used.ts';

export type MeasuredSync = Awaited<ReturnType<typeof measureSync>>;

/** The smaller portal has a twentieth of the leads, but enough that so many of them can change. */
const SMALLER = 20;
/** A limit of some seconds is used as well by so many leads as by more, and far sooner. */
const WITHIN = 100_000;

export interface SyncOptions {
  readonly crm: CrmName;
  readonly leads: number;
  readonly say: Say;
}

/** A backfill as fast as it goes, one within the CRM's limits, and syncs of a thousand changes in this portal and in a smaller one. */
export async function measureSync(signal: AbortSignal, { crm, leads, say }: SyncOptions) {
  sayWhereTooLarge(leads, say);
  // Salesforce limits the calls of a day, and no backfill comes near that.
  const limits = crm === 'hubspot' ? await scaleLimits(signal, say) : undefined;
  const within = limits === undefined ? null : await measureWithin(signal, limits, { crm, leads, say });
  const [run, large, redis] = await onStage(signal, async (stage) => {
    const place = await openPlace(stage, { crm, leads, limits: limits && NO_LIMIT, say });
    say(`a backfill${limits === undefined ? '' : ' without limits'}`);
    const measured = await runBackfill(stage, place, say);
    say(`${CHANGES} leads of ${leads} change`);
    return [measured, await measureIncremental(stage, place, { leads, limits }), place.redis.kind];
  });
  const few = Math.max(CHANGES, Math.round(leads / SMALLER));
  const small = await onStage(signal, async (stage) => {
    const place = await openPlace(stage, { crm, leads: few, limits: limits && NO_LIMIT, say });
    await runBackfill(stage, place, say);
    say(`${CHANGES} leads of ${few} change`);
    return measureIncremental(stage, place, { leads: few, limits });
  });
  const backfill = backfillFigures(run, leads);
  const limited = {
    limitUsed: within?.limitUsed ?? null,
    rateLimited: backfill.rateLimited + (within?.rateLimited ?? 0),
  };
  const promises = [...limitPromises(within), ...promisesOf({ ...backfill, ...limited }, small, large)];
  return {
    crm,
    leads,
    ...backfill,
    ...limited,
    within,
    redis,
    limit: limits === undefined ? null : { ...limits, callsPerSecond: Math.round(limits.callsPerSecond) },
    incremental: { changes: CHANGES, portals: [small, large] },
    missed: missedOf(promises),
    promises,
  };
}

/** What a backfill makes of the limits. */
async function measureWithin(signal: AbortSignal, limits: ScaledLimits, { crm, leads: all, say }: SyncOptions) {
  const leads = Math.min(all, WITHIN);
  const run = await onStage(signal, async (stage) => {
    const place = await openPlace(stage, { crm, leads, limits, say });
    say(`a backfill with HubSpot's limits${slowed(limits)}`);
    return runBackfill(stage, place, say);
  });
  // A search has a limit of its own. leadgauge counts it against both, as HubSpot does not say that it does not: that is not to flatter it here.
  const counted = run.calls.filter(({ kind }) => kind !== 'search').map(({ at }) => at);
  const { leadsPerSecond, peakRssMb, seconds, rateLimited } = backfillFigures(run, leads);
  const used = limitUsed(counted, limits);
  // Not a number where the backfill was over before one interval was: then nothing was shown.
  const share = Number.isNaN(used) ? null : rounded(used, 3);
  return { leads, limitUsed: share, rateLimited, leadsPerSecond, peakRssMb, seconds };
}

const slowed = ({ timeScale }: ScaledLimits) => (timeScale === 1 ? '' : `, their time ${timeScale} times as long`);

interface Opening extends SyncOptions {
  /** From the first call on, as leadgauge learns of them by the answers; undefined for none. */
  readonly limits: Limits | undefined;
}

async function openPlace(stage: Stage, { crm, leads, limits, say }: Opening): Promise<Place<CrmUnderTest>> {
  say(`starting ${NAMES[crm]} with ${leads} leads`);
  const redis = await startRedis(stage);
  const portal = await START[crm](stage, leads);
  if (limits !== undefined) await portal.limit?.(limits);
  const place = { redis, portal, dataDir: await stage.folder() };
  await setUp(stage, place);
  return place;
}

const NAMES = { hubspot: 'a HubSpot portal', salesforce: 'a Salesforce org' };

function backfillFigures(run: BackfillRun, leads: number) {
  const { calls, least, seconds, memory, redisBytes, written } = run;
  return {
    callsVsLeast: rounded(calls.length / totalOf(least), 3),
    rateLimited: calls.filter(({ status }) => status === 429).length,
    leadsPerSecond: rounded(leads / seconds, 0),
    peakRssMb: rounded(memory.peakMb, 0),
    rssGrowthMbPerMinute: rounded(memory.growthMbPerMinute, 1),
    redisBytesPerLead: redisBytes === undefined ? undefined : rounded(redisBytes / leads, 0),
    written,
    seconds: rounded(seconds, 1),
    calls: { ...countsOf(calls), total: calls.length },
    least: { ...least, total: totalOf(least) },
  };
}

type BackfillFigures = ReturnType<typeof backfillFigures>;

function countsOf(calls: BackfillRun['calls']): Record<string, number> {
  const groups = Map.groupBy(calls, ({ kind }) => kind);
  return Object.fromEntries([...groups].map(([kind, those]) => [kind, those.length]));
}

/** However many leads there are. */
const MOST_MB = 300;
/** Memory counts as flat where the second half of the time adds no more than this to the peak. */
const FLAT = 0.1;
/** Two portals cost the same where they differ by no more than this. */
const SAME = 0.2;

function limitPromises(within: Awaited<ReturnType<typeof measureWithin>> | null): Promised[] {
  if (within === null) return [];
  return [{ what: 'at least 95% of the limit used', kept: (within.limitUsed ?? 0) >= 0.95 }];
}

function promisesOf(backfill: BackfillFigures, small: Incremental, large: Incremental): Promised[] {
  const grown = (backfill.rssGrowthMbPerMinute * backfill.seconds) / 120;
  const isSame = (one = 0, other = 0) => Math.abs(one - other) <= SAME * Math.max(one, other);
  const kinds = Object.keys(large.calls);
  return [
    { what: 'no 429', kept: backfill.rateLimited === 0 },
    { what: 'at most 1.05 times the least calls', kept: backfill.callsVsLeast <= 1.05 },
    { what: `at most ${MOST_MB} MB of memory`, kept: backfill.peakRssMb <= MOST_MB },
    { what: 'memory flat over the second half', kept: grown <= FLAT * backfill.peakRssMb },
    {
      what: `${CHANGES} changes cost the same calls in a portal of ${small.leads} and of ${large.leads}`,
      kept: kinds.every((kind) => small.calls[kind] === large.calls[kind]),
    },
    { what: 'and nearly the same Redis commands', kept: isSame(small.redisCommands, large.redisCommands) },
    { what: 'and nearly the same time', kept: isSame(small.seconds, large.seconds) },
  ];
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
