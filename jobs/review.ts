import { connectionJob } from './connection-job.ts';

/** Writes the quarterly review, where config says to which folder. */
export default connectionJob({
  name: 'review',
  schedule: 'review',
  process: async (connection, signal, _data, { review }) => review?.(connection, signal),
});
