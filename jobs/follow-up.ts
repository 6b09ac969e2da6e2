import { wakeFollowUps } from '../src/sync/wake-follow-ups.ts';
import { connectionJob } from './connection-job.ts';

/** Marks the leads that sales are late with, or that somebody is to be told of. */
export default connectionJob({ name: 'follow-up', schedule: 'follow_up', process: wakeFollowUps });
