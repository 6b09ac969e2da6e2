import { noteWorker } from '../src/ledger/last-runs.ts';
import { type AnyJob, defineJob } from '../src/queue/define-job.ts';
import type { Connection } from '../src/sync/connection.ts';
import { whileInForce } from '../src/sync/models-in-force.ts';
import { noteRun } from '../src/sync/note-run.ts';
import { unlessPaused } from '../src/sync/unless-paused.ts';
import { type ConnectionData, connectionData, type JobContext } from './context.ts';

interface ConnectionJob {
  readonly name: string;
  /** Its key in `config/schedules.yaml`. */
  readonly schedule?: string;
  /** Also runs in a worker whose models are not in force any more. */
  readonly always?: true;
  process(connection: Connection, signal: AbortSignal, data: ConnectionData, context: JobContext): Promise<unknown>;
}

/** A job about one connection, which rests while that connection waits for a person, and once other models are in force. */
export function connectionJob({ name, schedule, always, process }: ConnectionJob): AnyJob<JobContext> {
  return defineJob({
    name,
    schedule,
    data: connectionData,
    async process(data, context: JobContext, signal) {
      const connection = context.connection(data.connection);
      const work = () => noteRun(connection, name, () => process(connection, signal, data, context), signal);
      await noteWorker(connection.space, connection.clock.now());
      await unlessPaused(connection, () => (always === true ? work() : whileInForce(connection, work)));
    },
  });
}
