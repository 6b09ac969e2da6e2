import { tellDigests } from '../src/sync/digest.ts';
import { connectionJob } from './connection-job.ts';

/** Tells owners of the leads that came to them, once a day, as soon as it is time where they are. */
export default connectionJob({ name: 'digest', schedule: 'digest', process: tellDigests });
