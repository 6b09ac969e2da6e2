import { wakeDue } from '../src/sync/wake-due.ts';
import { connectionJob } from './connection-job.ts';

/** Marks the leads whose score has changed with time alone. */
export default connectionJob({ name: 'due', schedule: 'due', process: wakeDue });
