import { backfill } from '../src/sync/backfill.ts';
import { connectionJob } from './connection-job.ts';

/** Scores every lead, quietly: after the first start, and after each change of the model. */
export default connectionJob({
  name: 'backfill',
  process: (connection, signal) => backfill(connection, { promote: false, live: true, signal }),
});
