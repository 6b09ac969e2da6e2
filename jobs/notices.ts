import { noteWorker } from '../src/ledger/last-runs.ts';
import { defineJob } from '../src/queue/define-job.ts';
import { noteRun } from '../src/sync/note-run.ts';
import { sendNotices } from '../src/sync/send-notices.ts';
import { connectionData, type JobContext } from './context.ts';

/** Sends what sales are to be told: also while the connection waits for a person, and whatever models are in force. */
export default defineJob({
  name: 'notices',
  schedule: 'notices',
  data: connectionData,
  async process(data, context: JobContext, signal) {
    const connection = context.connection(data.connection);
    await noteWorker(connection.space, connection.clock.now());
    await noteRun(connection, 'notices', () => sendNotices(connection, signal), signal);
  },
});
