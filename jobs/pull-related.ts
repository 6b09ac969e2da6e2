import { pullRelated } from '../src/sync/pull-related.ts';
import { connectionJob } from './connection-job.ts';

/** Marks the leads whose company changed in what their fields come from. */
export default connectionJob({ name: 'pull-related', schedule: 'pull_related', process: pullRelated });
