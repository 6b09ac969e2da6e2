import { z } from 'zod';
import { DAY, MINUTE } from '../../../base/clock.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { instant } from '../api/soql.ts';
import { type ByIds, rowsByIds } from './by-ids.ts';
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
  delivers: () => ['call', 'sales-email'],
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
 * Calls and e-mails that sales logged and that are done, each told again with every edit. A task that somebody is to do, ours to
 * follow up among them, is neither.
 */
function tasks({ api, first, emailsAreRead }: Tasks): ActivityStream {
  async function* pull(window: StreamWindow, options?: CallOptions): AsyncIterable<Observation[]> {
    const begun = await first(window, options);
    // Of one page alone, the e-mails among the tasks would fill half a call.
    for await (const rows of inPairs(stampedPages({ api, source: TASKS, window, options }, begun))) {
      const toldElsewhere = emailsAreRead ? await emailsOwnTasks(api, rows, options) : NONE;
      const observations = rows.filter(({ Id }) => !toldElsewhere.has(Id)).flatMap(observe);
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

function observe(task: Task): Observation[] {
  const { Id: id, SystemModstamp: revision, CreatedDate, IsDeleted, IsClosed, TaskSubtype } = task;
  const leadId = leadIdOf(task.WhoId);
  if (leadId === undefined) return [];
  const isCall = TaskSubtype !== 'Email';
  const withdrawn = IsDeleted || !IsClosed || (isCall && !isConversation(task));
  // Just made, and still to be done: there is nothing to take back.
  if (withdrawn && revision === CreatedDate) return [];
  const minutes = isCall ? (task.CallDurationInSeconds ?? 0) / 60 : 0;
  const activity = {
    id,
    type: isCall ? 'call' : 'sales-email',
    at: timeOf(task),
    ...(minutes > 0 && { minutes }),
  } as const;
  return [{ person: { leadId }, activity, revision, ...(withdrawn && { withdrawn }) }];
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

/** The result of a call is whatever the telephone system writes; one of no such words, or none, leaves it with the task. */
function isConversation({ CallDisposition: result }: Task): boolean {
  return !WITHOUT_THE_PERSON.test(result ?? '');
}

const WITHOUT_THE_PERSON =
  /\b(?:no[ -]?answer|not answered|unanswered|busy|voice ?mail|left (?:a |live )?message|wrong number|bad number|disconnected number|missed|cancel?led|failed)\b/i;

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
