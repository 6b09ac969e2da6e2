import { SECOND } from '../base/clock.ts';
import { durationText } from '../base/duration-text.ts';
import { RecordError, RetryableError } from '../base/errors.ts';
import type { CallOptions, FollowUpTask } from '../crm/crm.ts';
import type { Taken } from '../ledger/dirty.ts';
import { startFastTrack } from '../ledger/fast-tracks.ts';
import { reasonsText } from '../scoring/format-reasons.ts';
import { type Alert, alertName } from './alerts.ts';
import { type Connection, keepFor } from './connection.ts';
import type { ScoredLead } from './standing.ts';
import type { Verdict } from './verdicts.ts';

/** What is left of the lease must do for making a task, in milliseconds: or the next worker would make a second one. */
const TASK_TIME = 20 * SECOND;

/** A lead that tasks are made for. */
export interface TaskLead extends ScoredLead {
  readonly taken: Taken;
  /** Who becomes its owner now. */
  readonly ownerId: string | undefined;
}

/**
 * Makes sure that there is a task for every one of these alerts whose model wants one, once each. None where config wants none in this CRM.
 * `dueAt` tells by when to follow up on an alert. @throws RecordError once all were tried, where the CRM refused one of them;
 * RetryableError where one must be tried again, or so little of the lease is left that the next worker must do it.
 */
export async function createTasks(
  connection: Connection,
  lead: TaskLead,
  alerts: readonly Alert[],
  dueAt: (alert: Alert) => number,
  options: CallOptions,
): Promise<void> {
  const severalModels = connection.models.models.length > 1;
  const wanted = oncePerReference(alerts).filter(wantsTask);
  const tasks = wanted.map((alert) => followUpTask(lead, alert, dueAt(alert), severalModels));
  await ensureTasks(connection, lead.taken, tasks, options);
}

/**
 * The same for tasks of any kind: where an earlier try began and did not finish, its task is looked for first.
 * @throws as `createTasks`.
 */
export async function ensureTasks(
  { crm, models, space, clock }: Connection,
  taken: Taken,
  tasks: readonly FollowUpTask[],
  options: CallOptions,
): Promise<void> {
  if (crm.makesTasks === false) return;
  let refused: RecordError | undefined;
  for (const task of tasks) {
    const before = await startFastTrack(space, task.reference, keepFor(models));
    // Another lead that shares the activity may have come first.
    if (before === 'done') continue;
    const existing = before === 'started' ? await crm.findTask(task.leadId, task.reference, options) : undefined;
    if (existing !== undefined) continue;
    if (taken.until < clock.now() + TASK_TIME) {
      throw new RetryableError('there was no time left to make its task', { retryAfter: 0 });
    }
    try {
      await crm.createTask(task, options);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      refused ??= error;
    }
  }
  if (refused !== undefined) throw refused;
}

function wantsTask({ verdict, isMql }: Alert): boolean {
  const { task } = verdict.model.sales;
  return task === 'all' || (task === 'fast-track' && isMql !== true);
}

/** Two rules, be it of two models, may name the same activity: it is still one request, and one task. */
function oncePerReference(alerts: readonly Alert[]): Alert[] {
  return [...new Map(alerts.map((alert) => [alert.reference, alert])).values()];
}

/** The text for whoever calls the lead. It names no person: the task hangs on the lead's own record. */
function followUpTask(lead: TaskLead, alert: Alert, dueAt: number, severalModels: boolean): FollowUpTask {
  const { record, ownerId } = lead;
  const { at, followUpWithin, reference, verdict } = alert;
  const what = alertName(alert);
  return {
    leadId: record.lead.id,
    ownerId: ownerId ?? record.lead.ownerId,
    subject: `${what}: follow up within ${durationText(followUpWithin)}`,
    body: [`${what} at ${utcText(at)}.`, ...scoreLines(verdict, severalModels)].join('\n'),
    dueAt,
    reference,
  };
}

/** What a task says of the score: the total, the grade and why. */
export function scoreLines({ model, score }: Verdict, severalModels: boolean): string[] {
  return [
    `${severalModels ? `${model.name}: score` : 'Score'} ${score.total}, grade ${score.grade}.`,
    '',
    reasonsText(score, 1_000),
  ];
}

export function utcText(at: number): string {
  return `${new Date(Math.floor(at / SECOND) * SECOND).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
