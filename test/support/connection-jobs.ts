import { SECOND } from '../../src/base/clock.ts';
import { scoreAccounts } from '../../src/sync/accounts.ts';
import { type BackfillOptions, backfill } from '../../src/sync/backfill.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { pullLeads } from '../../src/sync/pull-leads.ts';
import { pullLists } from '../../src/sync/pull-lists.ts';
import { pullRelated } from '../../src/sync/pull-related.ts';
import { hotStreams, ordinaryStreams, pullStreams } from '../../src/sync/pull-streams.ts';
import { scoreDirty } from '../../src/sync/score-dirty.ts';
import { sweep } from '../../src/sync/sweep.ts';
import type { Tally } from '../../src/sync/tally.ts';
import { verifyPortal } from '../../src/sync/verify-portal.ts';
import { wakeDue } from '../../src/sync/wake-due.ts';
import { wakeFollowUps } from '../../src/sync/wake-follow-ups.ts';
import type { TestClock } from './test-clock.ts';

/** The jobs of one connection, run when the test says so. */
export interface ConnectionJobs {
  backfill(options?: Partial<BackfillOptions>): Promise<Tally>;
  /** What the schedules would do in some minutes: every poll, the due times, and drains until nothing waits. */
  sync(): Promise<void>;
  hotPoll(): Promise<void>;
  /** The polls of `sync`, without the scoring. */
  poll(): Promise<void>;
  /** A drain of the dirty set. */
  score(): Promise<Tally>;
  sweep(): ReturnType<typeof sweep>;
  /** Ids of leads, and of accounts, that do not hold what scoring them afresh gives. */
  wrong(): Promise<readonly string[]>;
}

/**
 * @param lateness how late the CRM's index learns of changes, in milliseconds
 * @param beside the other CRMs, where the same people may have records
 */
export function jobsOf(
  connection: Connection,
  clock: TestClock,
  { lateness = 0, beside = () => [] }: { lateness?: number; beside?: () => readonly Connection[] } = {},
): ConnectionJobs {
  const { crm } = connection;
  async function poll(): Promise<void> {
    await clock.advance(SECOND + lateness + crm.changes.lag);
    await pullStreams(connection, hotStreams(connection), { urgent: true });
    await pullStreams(connection, ordinaryStreams(connection), {});
    await pullLeads(connection);
    await pullRelated(connection);
    await pullLists(connection);
    await wakeDue(connection);
    await wakeFollowUps(connection);
  }
  return {
    backfill: (own) => backfill(connection, { promote: false, ...own }),
    async sync() {
      await poll();
      await scoreDirty(connection);
      await scoreAccounts(connection);
    },
    poll,
    score: () => scoreDirty(connection),
    async hotPoll() {
      await clock.advance(SECOND);
      await pullStreams(connection, hotStreams(connection), { urgent: true });
    },
    sweep: () => sweep(connection),
    async wrong() {
      const { wrong, wrongAccounts = [] } = await verifyPortal(connection, beside());
      return [...wrong, ...wrongAccounts];
    },
  };
}
