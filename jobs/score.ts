import { scoreDirty } from '../src/sync/score-dirty.ts';
import { connectionJob } from './connection-job.ts';

/** Scores whatever may have changed. */
export default connectionJob({
  name: 'score',
  schedule: 'score',
  process: (connection, signal) => scoreDirty(connection, { signal }),
});
