import { hotStreams, pullStreams } from '../src/sync/pull-streams.ts';
import { connectionJob } from './connection-job.ts';

/** Fetches the forms that fast-track rules name, and puts who sent them in front of sales at once. */
export default connectionJob({
  name: 'hot-poll',
  schedule: 'hot_poll',
  process: (connection, signal) => pullStreams(connection, hotStreams(connection), { urgent: true, signal }),
});
