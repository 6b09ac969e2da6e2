import { sweep } from '../src/sync/sweep.ts';
import { connectionJob } from './connection-job.ts';

/** Forgets leads that were deleted, and erases what is left of those deleted for good, where nobody told of it. */
export default connectionJob({ name: 'sweep', schedule: 'sweep', process: sweep });
