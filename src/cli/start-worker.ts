import { systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { OpenRedis } from '../queue/open-redis.ts';
import type { Settings } from '../settings/settings.ts';
import type { Io } from './io.ts';
import { modelsText } from './models-text.ts';
import { openApp } from './open-app.ts';
import { requireChannels, requireCredentials } from './open-connections.ts';
import { folderProblem } from './review-folder.ts';
import { reviewsTo } from './review-job.ts';
import { type Running, runWorker } from './run-worker.ts';

/** @throws ConfigError where a CRM or a way to tell sales is on that cannot be reached with what is set. */
export function requireAccess(settings: Settings): void {
  requireCredentials(settings);
  requireChannels(settings);
}

export interface WorkerPlace {
  readonly settings: Settings;
  /** An open Redis, which the caller closes. */
  readonly redis: OpenRedis;
  readonly io: Io;
  readonly log: Log;
}

/** The worker of `leadgauge start`, at work. A receiver by itself never reads this file, and so no client of a CRM. */
export async function startWorker({ settings, redis, io, log }: WorkerPlace): Promise<Running> {
  const app = await openApp({ settings, clock: systemClock, log, random: Math.random, path: io.env.PATH, redis });
  const { review } = settings.schedules;
  // Leads are scored whatever becomes of it.
  const closed = review === 'off' ? undefined : folderProblem(review.to);
  if (closed !== undefined) log.warn(closed);
  try {
    const worker = await runWorker(app, { review: reviewsTo(review, sharing(io.env, redis)) });
    log.info('worker runs', { models: modelsText(settings.models), redis: redis.kind });
    return { close: () => worker.close().finally(() => app.close()) };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** What a process beside this one needs to find the Redis of this one, and the API budget in it, for sure. */
function sharing(env: Io['env'], { kind, url }: OpenRedis): Io['env'] {
  return kind === 'url' ? env : { ...env, REDIS_URL: url };
}
