import type { Say } from '../part.ts';
import { runBackfill, setUp } from '../sync/backfill-run.ts';
import { startHubspotUnderTest } from '../sync/hubspot-under-test.ts';
import type { Limits } from '../sync/limit-used.ts';
import { startRedis } from './redis.ts';
import { onStage, type Stage } from './stage.ts';

/** https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines: a private app from Professional on. */
export const HUBSPOT: Limits = { burst: 190, interval: 10_000 };

export interface ScaledLimits extends Limits {
  /** How much slower than HubSpot's the time of the limit runs; 1 where this machine keeps up with HubSpot's own. */
  readonly timeScale: number;
  /** What portal and leadgauge together can do on this machine with no limit. */
  readonly callsPerSecond: number;
}

const LEADS = 5_000;
/** Which part of what this machine can do the limit may ask for, so that it is the limit that binds. */
const SHARE = 0.6;

/** HubSpot's limits in a time in which this machine keeps up with them: a small portal is backfilled without any first. */
export async function scaleLimits(signal: AbortSignal, say: Say): Promise<ScaledLimits> {
  say(`finding out how many calls a second this machine can do, with ${LEADS} leads and no limit`);
  const callsPerSecond = await onStage(signal, (stage) => fullSpeed(stage, say));
  const slowest = HUBSPOT.burst / (SHARE * callsPerSecond);
  const timeScale = Math.max(1, Math.ceil((slowest * 1_000 * 10) / HUBSPOT.interval) / 10);
  return { burst: HUBSPOT.burst, interval: HUBSPOT.interval * timeScale, timeScale, callsPerSecond };
}

/** Of the part in which leads are scored and written, which is the slower one. */
async function fullSpeed(stage: Stage, say: Say): Promise<number> {
  const redis = await startRedis(stage);
  const portal = await startHubspotUnderTest(stage, LEADS);
  const place = { redis, portal, dataDir: await stage.folder() };
  await setUp(stage, place);
  const { calls } = await runBackfill(stage, place, say);
  const times = calls.filter(({ kind }) => kind === 'read' || kind === 'write').map(({ at }) => at);
  return (times.length * 1_000) / Math.max(1, (times.at(-1) ?? 0) - (times[0] ?? 0));
}
