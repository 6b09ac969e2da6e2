import { jobs } from '../../jobs/index.ts';
import { readProgress } from '../ledger/progress.ts';
import { runWorkers } from '../queue/run-workers.ts';
import { scheduleJob } from '../queue/schedule-jobs.ts';
import type { Schedule } from '../settings/schedules.ts';
import { coversStreams } from '../sync/backfill.ts';
import { claimPortal } from '../sync/claim-portal.ts';
import { areInForce, putInForce } from '../sync/models-in-force.ts';
import { resume } from '../sync/unless-paused.ts';
import type { App } from './open-app.ts';

export interface Running {
  close(): Promise<void>;
}

/**
 * Connects, registers the schedules and works until closed. A portal that these models have not scored yet, or not with all
 * that it tells now, is backfilled first of all, quietly.
 */
export async function runWorker(app: App): Promise<Running> {
  const { connection, settings, queues, client, namespace } = app;
  const { crm, models, space, clock, log } = connection;
  await crm.connect();
  await claimPortal(connection);
  await resume(connection);
  // Others that were in force may have written their scores already.
  const wereOthers = !(await areInForce(connection));
  await putInForce(connection);
  const schedules: Readonly<Record<string, Schedule>> = settings.schedules;
  for (const { name, schedule } of jobs) {
    if (schedule !== undefined) await scheduleJob(queues, name, crm.name, schedules[schedule] ?? 'off');
  }
  const context = { connection: () => connection };
  const workers = runWorkers({ redis: client, namespace, jobs, context, clock, log });
  const { version } = models;
  const isScored = !wereOthers && (await readProgress(space, 'model-version')) === version;
  if (!isScored || !(await coversStreams(connection))) {
    const unknown = models.models.length > 1 ? 'these models' : 'this model';
    const why = isScored
      ? 'HubSpot tells of more that people did than when all leads were scored last'
      : `this portal has not been scored by ${unknown} yet`;
    log.info(`${why}: scoring every lead, quietly`, { model: version });
    await queues.wake('backfill', crm.name, { model: version, asked: clock.now() });
  }
  return workers;
}
