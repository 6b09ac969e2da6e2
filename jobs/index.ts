import accounts from './accounts.ts';
import backfill from './backfill.ts';
import due from './due.ts';
import hotPoll from './hot-poll.ts';
import pullActivities from './pull-activities.ts';
import pullLeads from './pull-leads.ts';
import score from './score.ts';

/** Every job there is. A new one is a file beside this and a line here. */
export const jobs = [hotPoll, score, pullLeads, pullActivities, due, accounts, backfill];
