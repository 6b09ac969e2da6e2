import type { JobContext } from '../../jobs/context.ts';
import { jobs } from '../../jobs/index.ts';
import { FatalError, RetryableError } from '../base/errors.ts';
import { finishDecisions } from '../ledger/ceiling-decisions.ts';
import { runWorkers } from '../queue/run-workers.ts';
import { scheduleJob } from '../queue/schedule-jobs.ts';
import type { Schedule } from '../settings/schedules.ts';
import type { Connection } from '../sync/connection.ts';
import { pause } from '../sync/unless-paused.ts';
import { CONNECTIONS } from './arguments.ts';
import { sourcesFirst } from './connections.ts';
import type { App } from './open-app.ts';
import { AGAIN, takeUp, takeUpAgain } from './take-up.ts';

export interface Running {
  close(): Promise<void>;
}

/**
 * Connects, registers the schedules and works until closed. A portal that these models have not scored yet, or not with all
 * that it tells now, is backfilled first of all, quietly; of several CRMs the sources first. One that cannot be reached holds up
 * no other: it is tried again until it can.
 * @throws ConfigError where a CRM must be set up otherwise first; whatever went wrong where none can be reached.
 */
export async function runWorker(app: App, also: Pick<JobContext, 'review'> = {}): Promise<Running> {
  const { settings, queues, client, namespace } = app;
  const connections = sourcesFirst(app.connections);
  const [first] = connections;
  if (first === undefined) throw new FatalError('no CRM is on');
  const { clock, log } = first;
  const whys = await Promise.allSettled(connections.map(takeUp));
  const errors = whys.flatMap((why): unknown[] => (why.status === 'rejected' ? [why.reason] : []));
  const worst = errors.find((error) => !isItsOwn(error)) ?? (errors.length === whys.length ? errors[0] : undefined);
  if (worst !== undefined) throw worst;
  // A command that decided on what a rule holds may have ended in the middle.
  await finishDecisions(first.space, clock.now());

  const schedules: Readonly<Record<string, Schedule>> = settings.schedules;
  const schedule = async (name: string, isOn: boolean) => {
    for (const { name: job, schedule: key } of jobs)
      if (key !== undefined) await scheduleJob(queues, job, name, (isOn && schedules[key]) || 'off');
  };
  // Those of a CRM that was on before would tick on.
  for (const name of CONNECTIONS) if (connections.every(({ crm }) => crm.name !== name)) await schedule(name, false);
  for (const [index, { crm }] of connections.entries())
    if (whys[index]?.status === 'fulfilled') await schedule(crm.name, true);
  const later = new Set(
    connections.filter((_, index) => whys[index]?.status === 'rejected').map(({ crm }) => crm.name),
  );
  const byName = new Map(connections.map((connection) => [connection.crm.name, connection]));
  const context: JobContext = {
    ...also,
    connection(name: string): Connection {
      const found = byName.get(name);
      if (found === undefined) throw new FatalError(`a job is about ${name}, which is off in this worker's config`);
      if (later.has(name)) throw new RetryableError(`${name} cannot be reached yet`, { retryAfter: AGAIN });
      return found;
    },
  };
  const workers = runWorkers({ redis: client, namespace, jobs, context, clock, log, atOnce: connections.length });

  const ask = async ({ crm, models }: Connection, why: string | undefined) => {
    if (why === undefined) return;
    log.info(`${why}: scoring every lead, quietly`, { connection: crm.name, model: models.version });
    await queues.wake('backfill', crm.name, { model: models.version, asked: clock.now() });
  };
  const stopping = new AbortController();
  for (const [index, connection] of connections.entries()) {
    const why = whys[index];
    if (why?.status === 'fulfilled') await ask(connection, why.value);
    else void goOn(connection, why?.reason);
  }

  async function goOn(connection: Connection, failed: unknown): Promise<void> {
    const { name } = connection.crm;
    try {
      const why = await takeUpAgain(connection, failed, stopping.signal);
      await schedule(name, true);
      later.delete(name);
      await ask(connection, why);
    } catch (error) {
      if (stopping.signal.aborted) return;
      await pause(connection, error);
      later.delete(name);
    }
  }

  return {
    async close() {
      stopping.abort(new Error('the process is stopping'));
      await workers.close();
    },
  };
}

/** What concerns one CRM alone, so that the others go on; any other error is mended before anything starts. */
const isItsOwn = (error: unknown) => error instanceof RetryableError || error instanceof FatalError;
