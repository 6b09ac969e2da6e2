import { type AnyJob, defineJob } from '../src/queue/define-job.ts';
import type { Connection } from '../src/sync/connection.ts';
import { unlessPaused } from '../src/sync/unless-paused.ts';
import { type ConnectionData, connectionData, type JobContext } from './context.ts';

interface ConnectionJob {
  readonly name: string;
  /** Its key in `config/schedules.yaml`. */
  readonly schedule?: string;
  process(connection: Connection, signal: AbortSignal, data: ConnectionData): Promise<unknown>;
}

/** A job about one connection, which rests while that connection waits for a person. */
export function connectionJob({ name, schedule, process }: ConnectionJob): AnyJob<JobContext> {
  return defineJob({
    name,
    schedule,
    data: connectionData,
    async process(data, context: JobContext, signal) {
      const connection = context.connection(data.connection);
      await unlessPaused(connection, () => process(connection, signal, data));
    },
  });
}
