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

/** The tasks of these alerts whose model wants one. `dueAt` tells by when to follow up on an alert. */
export function tasksOf(
  { models }: Pick<Connection, 'models'>,
  lead: TaskLead,
  alerts: readonly Alert[],
  dueAt: (alert: Alert) => number,
): FollowUpTask[] {
  const wanted = oncePerReference(alerts).filter(wantsTask);
  return wanted.map((alert) => followUpTask(lead, alert, dueAt(alert), models.models.length > 1));
}

/** A task that the CRM does not take. */
export interface RefusedTask {
  readonly task: FollowUpTask;
  readonly error: RecordError;
}

interface MakeOptions extends CallOptions {
  /** Looks for each task first, so that an emptied Redis makes none twice: one call more for each. */
  readonly looksFirst?: true;
  /** Tries tasks that were refused before, as a person asks for that. */
  readonly again?: true;
}

/**
 * Makes sure that there is every one of these tasks, once each: where an earlier try began and did not finish, its task is looked for
 * first. None where config wants none in this CRM. @returns those that the CRM refused, and the references of those that it had and Redis did not
 * know of. @throws RetryableError where one must be tried again, or so little of the lease is left that the next worker must do it.
 */
export async function makeTasks(
  { crm, models, space, clock }: Connection,
  taken: Taken,
  tasks: readonly FollowUpTask[],
  { looksFirst, again, ...options }: MakeOptions,
): Promise<{ readonly refused: readonly RefusedTask[]; readonly found: ReadonlySet<string> }> {
  const refused: RefusedTask[] = [];
  const found = new Set<string>();
  if (crm.makesTasks === false) return { refused, found };
  for (const task of tasks) {
    const before = again === true ? 'started' : await startFastTrack(space, task.reference, keepFor(models));
    // Another lead that shares the activity may have come first.
    if (before === 'done') continue;
    const looks = looksFirst === true || before === 'started';
    if (looks && (await crm.findTask(task.leadId, task.reference, options)) !== undefined) {
      if (before === 'new') found.add(task.reference);
      continue;
    }
    if (taken.until < clock.now() + TASK_TIME) {
      throw new RetryableError('there was no time left to make its task', { retryAfter: 0 });
    }
    try {
      await crm.createTask(task, options);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      refused.push({ task, error });
    }
  }
  return { refused, found };
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
