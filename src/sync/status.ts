import { FatalError } from '../base/errors.ts';
import type { Role } from '../crm/role.ts';
import { accountSpace } from '../ledger/accounts.ts';
import { type Backlog, readBacklog } from '../ledger/backlog.ts';
import { listUndone, type UndoneDecision } from '../ledger/ceiling-decisions.ts';
import { listTripped, type TrippedRule } from '../ledger/ceilings.ts';
import { countDeadLetters } from '../ledger/dead-letters.ts';
import { type LastError, readErrors } from '../ledger/last-errors.ts';
import { readRuns } from '../ledger/last-runs.ts';
import { readProgress } from '../ledger/progress.ts';
import type { BudgetLimits } from '../queue/budget.ts';
import { type BudgetLeft, budgetLeft } from '../queue/budget-left.ts';
import type { Queues } from '../queue/queues.ts';
import { type Work, workUnderWay } from '../queue/work-under-way.ts';
import type { Challenger } from '../scoring/challenger.ts';
import type { Schedule } from '../settings/schedules.ts';
import { accountModels } from './account-members.ts';
import type { Connection } from './connection.ts';
import { type ChannelsStand, channelsStand, type SalesStand, salesStand } from './sales-stand.ts';
import { isLate, type StreamStatus, streamStatuses } from './stream-status.ts';

/** How everything stands, without a call to any CRM. All times are in milliseconds since 1970. */
export interface Status {
  readonly at: number;
  readonly connections: readonly ConnectionStatus[];
  /** The rules that wanted to alert too many and wait for a person, oldest first. */
  readonly tripped: readonly TrippedRule[];
  /** What a person decided of such rules, and nobody has done yet. */
  readonly undone: readonly UndoneDecision[];
  readonly channels: ChannelsStand;
}

export interface ConnectionStatus {
  readonly name: string;
  readonly role: Role;
  /** Why it waits for a person. */
  readonly paused?: string;
  /** When a worker last took up work of it. */
  readonly workerSeenAt?: number;
  /** Whether one should have been seen since, by the shortest schedule there is. */
  readonly isWorkerLate: boolean;
  /** When the CRM last told which leads changed. */
  readonly reachedAt?: number;
  /** Why jobs fail that have not succeeded since, the last first. */
  readonly errors: readonly LastError[];
  readonly scored: Scored;
  /** Whether the models in config/ are those that the worker scores with. */
  readonly isInForce: boolean;
  /** What is scored silently beside the models of config/. */
  readonly challengers: readonly Challenger[];
  /** In the order in which they are polled; empty before a worker has begun. */
  readonly streams: readonly StreamStatus[];
  readonly backlog: Backlog;
  /** Of companies. */
  readonly accounts: Backlog;
  readonly work: readonly Work[];
  readonly calls: BudgetLeft;
  readonly deadLetters: number;
  readonly sales: SalesStand;
}

/** Whether every lead was scored by the models in force. `at` is when a first backfill began, or when the last whole one ended. */
export interface Scored {
  readonly state: 'never' | 'not-yet' | 'done';
  readonly at?: number;
}

export interface StatusSources {
  readonly connections: readonly Connection[];
  readonly queues: Queues;
  /** The names of all jobs, with the keys of their schedules. */
  readonly jobs: readonly { readonly name: string; readonly schedule?: string }[];
  readonly schedules: Readonly<Record<string, Schedule>>;
  limitsOf(connection: string): BudgetLimits;
}

/** Reads how everything stands. It works whatever becomes of the CRMs, and changes nothing. */
export async function readStatus(sources: StatusSources): Promise<Status> {
  const { connections, queues, jobs } = sources;
  const [first] = connections;
  if (first === undefined) throw new FatalError('no CRM is on');
  const at = first.clock.now();
  const names = jobs.map(({ name }) => name);
  const work = await workUnderWay(queues, names);
  const own = (connection: Connection) => work.filter((each) => each.connection === connection.crm.name);
  return {
    at,
    connections: await Promise.all(connections.map((each) => statusOf(each, own(each), sources))),
    tripped: await listTripped(first.space),
    undone: await listUndone(first.space),
    channels: await channelsStand(first.space, at),
  };
}

async function statusOf(
  connection: Connection,
  work: readonly Work[],
  sources: StatusSources,
): Promise<ConnectionStatus> {
  const { crm, space, clock, models, role = 'both' } = connection;
  const now = clock.now();
  const [paused, inForce, runs] = await Promise.all([
    readProgress(space, 'paused'),
    readProgress(space, 'in-force'),
    readRuns(space),
  ]);
  const { workerSeenAt } = runs;
  const reachedAt = runs.doneAt.get('pull-leads');
  return {
    name: crm.name,
    role,
    ...(paused !== undefined && { paused }),
    ...(workerSeenAt !== undefined && { workerSeenAt }),
    isWorkerLate: workerSeenAt === undefined || isWorkerLate(sources.schedules, workerSeenAt, now),
    ...(reachedAt !== undefined && { reachedAt }),
    errors: await readErrors(space),
    scored: await scoredBy(connection, inForce),
    isInForce: inForce === undefined || inForce === models.version,
    challengers: models.challengers,
    streams: await streamStatuses(connection, sources, now),
    backlog: await readBacklog(space, now),
    accounts: await accountsBacklog(connection, now),
    work,
    calls: await budgetLeft(space, sources.limitsOf(crm.name), now),
    deadLetters: await countDeadLetters(space),
    sales: await salesStand(space, now),
  };
}

/** Without a model that scores companies, what is marked of them is left behind and nobody's work. */
async function accountsBacklog(connection: Connection, now: number): Promise<Backlog> {
  return accountModels(connection).length === 0
    ? { waiting: 0, held: 0 }
    : readBacklog(accountSpace(connection.space), now);
}

/** Every job shows that a worker is there, so the one that runs most often tells. Of cron expressions alone nobody can say. */
function isWorkerLate(schedules: StatusSources['schedules'], seenAt: number, now: number): boolean {
  const periods = Object.values(schedules).flatMap((schedule) =>
    typeof schedule === 'object' && 'every' in schedule ? [schedule.every] : [],
  );
  return periods.length > 0 && isLate(now - seenAt, Math.min(...periods));
}

async function scoredBy({ space }: Connection, inForce: string | undefined): Promise<Scored> {
  const baseline = await readProgress(space, 'baseline');
  const scoredAt = await readProgress(space, 'scored-at');
  const version = await readProgress(space, 'model-version');
  if (baseline === undefined) return { state: 'never' };
  if (version === undefined || (inForce !== undefined && version !== inForce)) {
    return { state: 'not-yet', ...(version === undefined && { at: Number(baseline) }) };
  }
  return { state: 'done', ...(scoredAt !== undefined && { at: Number(scoredAt) }) };
}
