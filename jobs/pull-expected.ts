import { pullExpected } from '../src/sync/pull-expected.ts';
import { connectionJob } from './connection-job.ts';

/** Fetches the forms of which a company's own site told that somebody sent them; nothing runs it but that. */
export default connectionJob({ name: 'pull-expected', process: pullExpected });
