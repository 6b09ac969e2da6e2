import { SECOND } from '../base/clock.ts';
import { durationText } from '../base/duration-text.ts';
import { RecordError, RetryableError } from '../base/errors.ts';
import { inWords } from '../base/in-words.ts';
import type { CallOptions, FollowUpTask } from '../crm/crm.ts';
import type { Taken } from '../ledger/dirty.ts';
import { startFastTrack } from '../ledger/fast-tracks.ts';
import { reasonsText } from '../scoring/format-reasons.ts';
import type { Alert, ScoredLead } from './alerts.ts';
import { type Connection, keepFor } from './connection.ts';

/** What is left of the lease must do for making a task, in milliseconds: or the next worker would make a second one. */
const TASK_TIME = 20 * SECOND;

/**
 * Makes sure that there is a task for every one of these alerts, once each: where an earlier try began and did not
 * finish, its task is looked for first. None where config wants none in this CRM. @throws RecordError once all were tried, where the CRM refused one of them;
 * RetryableError where one must be tried again, or so little of the lease is left that the next worker must do it.
 */
export async function createTasks(
  { crm, models, space, clock }: Connection,
  lead: ScoredLead & { readonly taken: Taken; readonly ownerId: string | undefined },
  alerts: readonly Alert[],
  options: CallOptions,
): Promise<void> {
  if (crm.makesTasks === false) return;
  const { record, taken } = lead;
  let refused: RecordError | undefined;
  for (const alert of oncePerReference(alerts)) {
    const task = followUpTask(lead, alert, models.models.length > 1);
    const before = await startFastTrack(space, alert.reference, keepFor(models));
    // Another lead that shares the activity may have come first.
    if (before === 'done') continue;
    const existing = before === 'started' ? await crm.findTask(record.lead.id, task.reference, options) : undefined;
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

/** Two rules, be it of two models, may name the same activity: it is still one request, and one task. */
function oncePerReference(alerts: readonly Alert[]): Alert[] {
  return [...new Map(alerts.map((alert) => [alert.reference, alert])).values()];
}

/** The text for whoever calls the lead. It names no person: the task hangs on the lead's own record. */
function followUpTask(
  { record, ownerId }: ScoredLead & { readonly ownerId: string | undefined },
  alert: Alert,
  severalModels: boolean,
): FollowUpTask {
  const { rule, at, followUpWithin, reference } = alert;
  const { model, score } = alert.verdict;
  const what = inWords(rule);
  return {
    leadId: record.lead.id,
    ownerId: record.lead.ownerId ?? ownerId,
    subject: `${what}: follow up within ${durationText(followUpWithin)}`,
    body: [
      `${what} at ${utcText(at)}.`,
      `${severalModels ? `${model.name}: score` : 'Score'} ${score.total}, grade ${score.grade}.`,
      '',
      reasonsText(score, 1_000),
    ].join('\n'),
    dueAt: at + followUpWithin,
    reference,
  };
}

function utcText(at: number): string {
  return `${new Date(Math.floor(at / SECOND) * SECOND).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
