import { z } from 'zod';
import { DAY, MINUTE } from '../../../base/clock.ts';
import type { Activity } from '../../../leads/activity.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { instant } from '../api/soql.ts';
import { type ByIds, rowsByIds } from './by-ids.ts';
import { isInbound, outcomeOf } from './call-outcome.ts';
import { inPairs } from './in-pairs.ts';
import { leadIdOf } from './lead-id.ts';
import { dateTime, day, recordId, stamped } from './row-fields.ts';
import type { FirstPage } from './shared-poll.ts';
import { STAMPED_LATENESS, type StampedSource, stampedPages } from './stamped-pages.ts';
import type { StreamContext, StreamKind } from './stream-kind.ts';
import { tryQueries } from './try-query.ts';

export const tasksKind: StreamKind = {
  key: 'tasks',
  what: 'calls and e-mails that are logged as tasks',
  needs: 'Read on the leads and contacts that the tasks are about, and access to activities',
  delivers: () => ['call', 'call-attempt', 'sales-email'],
  probe: ({ api }) => tryQueries(api, [TASKS]),
  open: ({ api, poll, states }) => [
    tasks({ api, first: poll.join(TASKS), emailsAreRead: states.get('emails') === 'open' }),
  ],
};

interface Tasks extends Pick<StreamContext, 'api'> {
  readonly first: FirstPage<Task>;
  /** E-mails that have a record of their own are told from there. */
  readonly emailsAreRead: boolean;
}

/**
 * Calls and e-mails that sales logged and that are done, each told again with every edit. A call that reached nobody is another kind of
 * activity, and may become one that did. A task that somebody is to do, ours to follow up among them, is none of these.
 */
function tasks({ api, first, emailsAreRead }: Tasks): ActivityStream {
  async function* pull(window: StreamWindow, options?: CallOptions): AsyncIterable<Observation[]> {
    const begun = await first(window, options);
    // Of one page alone, the e-mails among the tasks would fill half a call.
    for await (const rows of inPairs(stampedPages({ api, source: TASKS, window, options }, begun))) {
      const toldElsewhere = emailsAreRead ? await emailsOwnTasks(api, rows, options) : NONE;
      const own = rows.filter(({ Id }) => !toldElsewhere.has(Id));
      const observations = own.flatMap((task) => observe(task, window.since !== undefined));
      if (observations.length > 0) yield observations;
    }
  }

  return { name: 'task', ...STAMPED_LATENESS, pull };
}

const NONE: ReadonlySet<string> = new Set();

const taskRow = z.object({
  ...stamped,
  CreatedDate: dateTime,
  WhoId: recordId.nullable(),
  TaskSubtype: z.string().nullable(),
  IsClosed: z.boolean(),
  CompletedDateTime: dateTime.nullable(),
  ActivityDate: day.nullable(),
  CallType: z.string().nullable(),
  CallDurationInSeconds: z.number().nullable(),
  CallDisposition: z.string().nullable(),
});
type Task = z.output<typeof taskRow>;

/**
 * A call is what was logged as one, or carries what only a telephone system knows. Neither the subject nor the text is read.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm
 */
const TASKS: StampedSource<Task> = {
  object: 'Task',
  fields: [
    'CreatedDate',
    'WhoId',
    'TaskSubtype',
    'IsClosed',
    'CompletedDateTime',
    'ActivityDate',
    'CallType',
    'CallDurationInSeconds',
    'CallDisposition',
  ],
  where: "WhoId != null AND (TaskSubtype IN ('Call','Email') OR CallType != null)",
  happened: (since) =>
    `IsClosed = true AND (CreatedDate >= ${instant(since)} OR CompletedDateTime >= ${instant(since)})`,
  row: taskRow,
};

/** @param isFirst whether nothing was told before, so that there is nothing to take back */
function observe(task: Task, isFirst: boolean): Observation[] {
  const { Id: id, SystemModstamp: revision, CreatedDate, IsDeleted, IsClosed, TaskSubtype } = task;
  const leadId = leadIdOf(task.WhoId);
  if (leadId === undefined) return [];
  const types = TaskSubtype === 'Email' ? EMAIL : CALL;
  const told = IsDeleted || !IsClosed ? undefined : typeOf(task);
  return types.flatMap((type): Observation[] => {
    const activity: Activity = { id, type, at: timeOf(task), ...(type === 'sales-email' ? {} : detailsOf(task)) };
    const observation = { person: { leadId }, activity, revision };
    if (type === told) return [observation];
    // What was just made was told as nothing else yet.
    return isFirst || revision === CreatedDate ? [] : [{ ...observation, withdrawn: true }];
  });
}

const EMAIL = ['sales-email'] as const;
/** A call is one of these, by what came of it. */
const CALL = ['call', 'call-attempt'] as const;

function typeOf(task: Task): (typeof EMAIL | typeof CALL)[number] | undefined {
  if (task.TaskSubtype === 'Email') return 'sales-email';
  const outcome = outcomeOf(task);
  return outcome === 'neither' ? undefined : outcome === 'spoken' ? 'call' : 'call-attempt';
}

function detailsOf(task: Task): Pick<Activity, 'minutes' | 'isInbound'> {
  const minutes = (task.CallDurationInSeconds ?? 0) / 60;
  return { ...(minutes > 0 && { minutes }), ...(isInbound(task) && { isInbound: true }) };
}

/**
 * When it was completed; but what was completed as soon as it was made was written down afterwards, and took place on its day, as
 * with the calls of years that came from another system.
 */
function timeOf({ CreatedDate, CompletedDateTime, ActivityDate }: Task): number {
  const completed = CompletedDateTime ?? CreatedDate;
  const noon = ActivityDate === null ? completed : Date.parse(`${ActivityDate}T12:00:00Z`);
  const isWrittenDown = completed - CreatedDate <= MINUTE;
  return isWrittenDown && noon < completed - DAY ? noon : completed;
}

/** An e-mail that Salesforce itself keeps has a task beside it, which says neither which way it went nor who wrote it. */
async function emailsOwnTasks(
  api: SalesforceApi,
  rows: readonly Task[],
  options?: CallOptions,
): Promise<ReadonlySet<string>> {
  const emails = rows.filter(({ TaskSubtype }) => TaskSubtype === 'Email').map(({ Id }) => Id);
  const told = await rowsByIds(api, emails, BY_TASK, options);
  return new Set(told.map(({ ActivityId }) => ActivityId));
}

const BY_TASK: ByIds<{ ActivityId: string }> = {
  soql: (ids) => `SELECT ActivityId FROM EmailMessage WHERE ActivityId IN ${ids}`,
  row: z.object({ ActivityId: recordId }),
};
