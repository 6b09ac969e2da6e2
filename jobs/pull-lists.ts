import { pullLists } from '../src/sync/pull-lists.ts';
import { connectionJob } from './connection-job.ts';

/** Marks the leads that came to a list or left it. */
export default connectionJob({ name: 'pull-lists', schedule: 'pull_lists', process: pullLists });
