import { jobs } from '../../jobs/index.ts';
import { FatalError } from '../base/errors.ts';
import { readProgress } from '../ledger/progress.ts';
import { runWorkers } from '../queue/run-workers.ts';
import { scheduleJob } from '../queue/schedule-jobs.ts';
import type { Schedule } from '../settings/schedules.ts';
import { coversStreams } from '../sync/backfill.ts';
import { claimPortal } from '../sync/claim-portal.ts';
import type { Connection } from '../sync/connection.ts';
import { areInForce, putInForce } from '../sync/models-in-force.ts';
import { resume } from '../sync/unless-paused.ts';
import { sourcesFirst } from './connections.ts';
import type { App } from './open-app.ts';

export interface Running {
  close(): Promise<void>;
}

/**
 * Connects, registers the schedules and works until closed. A portal that these models have not scored yet, or not with all
 * that it tells now, is backfilled first of all, quietly; of several CRMs the sources first.
 */
export async function runWorker(app: App): Promise<Running> {
  const { settings, queues, client, namespace } = app;
  const connections = sourcesFirst(app.connections);
  const unscored: Unscored[] = [];
  for (const connection of connections) unscored.push(...(await takeUp(connection)));
  const schedules: Readonly<Record<string, Schedule>> = settings.schedules;
  for (const { crm } of connections) {
    for (const { name, schedule } of jobs)
      if (schedule !== undefined) await scheduleJob(queues, name, crm.name, schedules[schedule] ?? 'off');
  }
  const byName = new Map(connections.map((connection) => [connection.crm.name, connection]));
  const context = {
    connection(name: string): Connection {
      const found = byName.get(name);
      if (found === undefined) throw new FatalError(`a job is about ${name}, which is off in this worker's config`);
      return found;
    },
  };
  const { clock, log } = connections[0] ?? {};
  if (clock === undefined || log === undefined) throw new FatalError('no CRM is on');
  const workers = runWorkers({ redis: client, namespace, jobs, context, clock, log, atOnce: connections.length });
  for (const { connection, why } of unscored) {
    const { crm, models } = connection;
    log.info(`${why}: scoring every lead, quietly`, { connection: crm.name, model: models.version });
    await queues.wake('backfill', crm.name, { model: models.version, asked: clock.now() });
  }
  return workers;
}

interface Unscored {
  readonly connection: Connection;
  readonly why: string;
}

/** Connects. @returns why its leads are to be scored first of all, where they are. */
async function takeUp(connection: Connection): Promise<Unscored[]> {
  const { crm, models, space, role } = connection;
  await crm.connect({ readOnly: role === 'source' });
  await claimPortal(connection);
  await resume(connection);
  // Others that were in force may have written their scores already.
  const wereOthers = !(await areInForce(connection));
  await putInForce(connection);
  const isScored = !wereOthers && (await readProgress(space, 'model-version')) === models.version;
  if (isScored && (await coversStreams(connection))) return [];
  const unknown = models.models.length > 1 ? 'these models' : 'this model';
  const why = isScored
    ? `${crm.name === 'salesforce' ? 'Salesforce' : 'HubSpot'} tells of more that people did than when all leads were scored last`
    : `this portal has not been scored by ${unknown} yet`;
  return [{ connection, why }];
}
