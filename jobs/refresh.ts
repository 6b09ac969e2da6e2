import { connectionJob } from './connection-job.ts';

/**
 * Asks for a backfill, so that whatever changed without moving its time is found. It is the same job that scores everyone after a
 * change of a model: one runs at a time, however often it is asked for.
 */
export default connectionJob({
  name: 'refresh',
  schedule: 'refresh',
  process: ({ wake }) => wake('backfill'),
});
