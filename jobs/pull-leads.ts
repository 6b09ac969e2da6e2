import { pullLeads } from '../src/sync/pull-leads.ts';
import { connectionJob } from './connection-job.ts';

/** Marks the leads whose record changed. */
export default connectionJob({ name: 'pull-leads', schedule: 'pull_leads', process: pullLeads });
