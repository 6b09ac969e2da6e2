import { loadConfig } from '../../../src/settings/config.ts';
import type { Say } from '../part.ts';
import type { Outcome } from '../processes/demo-requests.ts';
import { type ScaledLimits, scaleLimits } from '../processes/scaled-limits.ts';
import { onStage } from '../processes/stage.ts';
import { unlessStopped } from '../processes/unless-stopped.ts';
import { missedOf, type Promised } from '../promises.ts';
import { type Asked, askForDemos, type Way } from './ask-for-demos.ts';
import { type Latencies, latenciesOf } from './latencies.ts';
import { SCORED, startAll } from './start-all.ts';

export type MeasuredFastTracks = Awaited<ReturnType<typeof measureFastTracks>>;

/** The two halves of a backfill: first it fetches what people did, then it scores and writes all leads. */
type Half = 'fetching' | 'scoring';

export interface Moments {
  readonly idle: Latencies;
  readonly underBackfill: Latencies;
  /** The same by the halves of the backfill. */
  readonly fetching: Latencies;
  readonly scoring: Latencies;
}

const IDLE_LEADS = 1_000;
/** A demo request every second, in HubSpot's own time: where the limit's time is longer, so is this. In milliseconds. */
const APART = 1_000;
/** For how long one way is tried before it is the other's turn, in milliseconds. */
const TURN = 60_000;
/** So many turns of each way while leads are scored are enough: a larger portal only takes longer. */
const ENOUGH = 4;
/** By when somebody is to be in front of sales, in milliseconds; the sandbox answers within a few, a CRM's own time comes on top. */
const SOON = 500;
/** Every process that starts looks at a page or two of the leads to see whether it may. */
const PROBES = 5;

/** How long a demo request takes from its submission to the write in the CRM, by the CRM's own record, with everything as in production. */
export async function measureFastTracks(signal: AbortSignal, leads: number, say: Say) {
  const period = hotPollPeriod();
  const limits = await scaleLimits(signal, say);
  const idle = await whileIdle(signal, { limits, period, say });
  const { asked, rateLimited, redis } = await underBackfill(signal, { leads, limits, period, say });
  const momentsOf = (way: Way): Moments => {
    const of = (some: readonly Ended[]) => some.filter((each) => each.way === way).flatMap(({ outcomes }) => outcomes);
    return {
      idle: latenciesOf(of(idle)),
      underBackfill: latenciesOf(of(asked)),
      fetching: latenciesOf(of(asked.filter(({ half }) => half === 'fetching'))),
      scoring: latenciesOf(of(asked.filter(({ half }) => half === 'scoring'))),
    };
  };
  const [webhook, hotPoll] = [momentsOf('webhook'), momentsOf('hotPoll')];
  const { p50Ms, p95Ms, p99Ms } = webhook.underBackfill;
  const promises = promisesOf(webhook, hotPoll, { period, rateLimited });
  const limit = { ...limits, callsPerSecond: Math.round(limits.callsPerSecond) };
  const figures = { p50Ms, p95Ms, p99Ms, webhook, hotPoll };
  return {
    ...figures,
    hotPollPeriodMs: period,
    leads,
    rateLimited,
    redis,
    limit,
    missed: missedOf(promises),
    promises,
  };
}

interface Ended {
  readonly way: Way;
  readonly half?: Half;
  readonly outcomes: readonly Outcome[];
}

interface Conditions {
  readonly limits: ScaledLimits;
  readonly period: number;
  readonly say: Say;
}

function whileIdle(signal: AbortSignal, { limits, period, say }: Conditions): Promise<Ended[]> {
  say(`starting a portal with ${IDLE_LEADS} leads`);
  return onStage(signal, async (stage) => {
    const { portal, worker } = await startAll(stage, IDLE_LEADS, limits);
    await unlessStopped(signal, worker.said(SCORED));
    say('people ask for a demo while nothing else goes on');
    const asked: Asked[] = [];
    for (const way of ['webhook', 'hotPoll'] as const)
      asked.push(await askForDemos(way, { portal, ms: TURN, apart: APART * limits.timeScale, period, signal }));
    return endOf(asked);
  });
}

function underBackfill(signal: AbortSignal, { leads, limits, period, say }: Conditions & { readonly leads: number }) {
  say(`starting a portal with ${leads} leads`);
  return onStage(signal, async (stage) => {
    const { portal, worker, redis } = await startAll(stage, leads, limits);
    let isOver = false;
    const over = worker.said(SCORED).finally(() => {
      isOver = true;
    });
    // Awaited below, where the loop ended for its sake.
    over.catch(() => {});
    say('people ask for a demo while the portal is backfilled');
    const asked: (Asked & { readonly half: Half })[] = [];
    for (let turn = 0, turnsOfScoring = 0; !isOver && turnsOfScoring < 2 * ENOUGH; turn += 1) {
      const { listed, activity } = await portal.counts();
      const half = listed > PROBES ? 'scoring' : 'fetching';
      say(`${activity} calls for what people did, ${listed} pages of leads read`, { passing: true });
      const way = turn % 2 === 0 ? 'webhook' : 'hotPoll';
      const apart = APART * limits.timeScale;
      const round = await askForDemos(way, { portal, ms: TURN, apart, period, isOver: () => isOver, signal });
      asked.push({ ...round, half });
      if (half === 'scoring') turnsOfScoring += 1;
    }
    if (isOver) await over;
    const ended = await endOf(asked);
    const { rateLimited } = await portal.counts();
    return { asked: ended, rateLimited, redis: redis.kind };
  });
}

function endOf(asked: readonly (Asked & { readonly half?: Half })[]): Promise<Ended[]> {
  return Promise.all(asked.map(async ({ way, half, outcomes }) => ({ way, half, outcomes: await outcomes })));
}

/** In milliseconds, as config/schedules.yaml has it. */
function hotPollPeriod(): number {
  const schedule = loadConfig('config').schedules.hot_poll;
  if (schedule === 'off' || !('every' in schedule)) throw new Error('config/schedules.yaml has no period for hot_poll');
  return schedule.every;
}

function promisesOf(
  webhook: Moments,
  hotPoll: Moments,
  { period, rateLimited }: { readonly period: number; readonly rateLimited: number },
): Promised[] {
  const everyone = [webhook, hotPoll].flatMap(({ idle, underBackfill }) => [idle, underBackfill]);
  return [
    { what: 'by webhook in under 0.5 s (p95), under backfill', kept: webhook.underBackfill.p95Ms < SOON },
    { what: 'by webhook in under 0.5 s (p95), idle', kept: webhook.idle.p95Ms < SOON },
    { what: 'by hot poll within its period (p95), under backfill', kept: hotPoll.underBackfill.p95Ms <= period },
    { what: 'by hot poll within its period (p95), idle', kept: hotPoll.idle.p95Ms <= period },
    { what: 'none missed', kept: everyone.every(({ missed }) => missed === 0) },
    { what: 'no 429', kept: rateLimited === 0 },
  ];
}
