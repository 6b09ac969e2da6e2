import { scoreAccounts } from '../src/sync/accounts.ts';
import { connectionJob } from './connection-job.ts';

/** Scores the companies whose people scored otherwise. */
export default connectionJob({ name: 'accounts', schedule: 'accounts', process: scoreAccounts });
