import { ordinaryStreams, pullStreams } from '../src/sync/pull-streams.ts';
import { connectionJob } from './connection-job.ts';

/** Fetches what people did, but for the forms that the hot poll fetches. */
export default connectionJob({
  name: 'pull-activities',
  schedule: 'pull_activities',
  process: (connection, signal) => pullStreams(connection, ordinaryStreams(connection), { signal }),
});
