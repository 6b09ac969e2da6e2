import accounts from './accounts.ts';
import backfill from './backfill.ts';
import digest from './digest.ts';
import due from './due.ts';
import followUp from './follow-up.ts';
import hotPoll from './hot-poll.ts';
import notices from './notices.ts';
import pullActivities from './pull-activities.ts';
import pullExpected from './pull-expected.ts';
import pullLeads from './pull-leads.ts';
import pullLists from './pull-lists.ts';
import pullRelated from './pull-related.ts';
import refresh from './refresh.ts';
import review from './review.ts';
import score from './score.ts';
import sweep from './sweep.ts';

/** Every job there is. A new one is a file beside this and a line here. */
export const jobs = [
  hotPoll,
  pullExpected,
  score,
  notices,
  pullLeads,
  pullActivities,
  pullRelated,
  pullLists,
  due,
  followUp,
  digest,
  accounts,
  backfill,
  refresh,
  sweep,
  review,
];
