import { DAY, SECOND } from '../base/clock.ts';
import { durationText } from '../base/duration-text.ts';
import { RecordError, RetryableError } from '../base/errors.ts';
import type { CallOptions, FollowUpTask, LeadRecord } from '../crm/crm.ts';
import type { Taken } from '../ledger/dirty.ts';
import { areFastTracksDone, referenceOf, startFastTrack } from '../ledger/fast-tracks.ts';
import { formatReasons } from '../scoring/format-reasons.ts';
import type { FastTrack, Score } from '../scoring/score.ts';
import { type Connection, keepFor } from './connection.ts';
import type { AlertRules } from './fast-track-starts.ts';

/**
 * The fast tracks of these leads that nobody has finished yet, in the order of `scores`. What came before the baseline
 * or before its rule alerts nobody, nor does what is so old that we may have forgotten to have done it.
 */
export async function pendingFastTracks(
  { space, model }: Connection,
  scores: readonly Score[],
  { now, baseline, startOf }: AlertRules,
): Promise<FastTrack[][]> {
  const since = Math.max(baseline, now - keepFor(model) + DAY);
  const isRecent = (fastTrack: FastTrack) => fastTrack.activity.at >= Math.max(since, startOf(fastTrack));
  const recent = scores.map((score) => score.fastTracks.filter(isRecent));
  const done = await areFastTracksDone(
    space,
    recent.flat().map(({ activity }) => activity),
  );
  let next = 0;
  return recent.map((own) => own.filter(() => !done[next++]));
}

/** What is left of the lease must do for making a task, in milliseconds: or the next worker would make a second one. */
const TASK_TIME = 20 * SECOND;

interface Scored {
  readonly record: LeadRecord;
  readonly taken: Taken;
  readonly score: Score;
}

/**
 * Makes sure that there is a task for every one of these activities, once each: where an earlier try began and did not
 * finish, its task is looked for first. @throws RecordError once all were tried, where the CRM refused one of them;
 * RetryableError where one must be tried again, or so little of the lease is left that the next worker must do it.
 */
export async function createTasks(
  { crm, model, space, clock }: Connection,
  { record, taken, score }: Scored,
  pending: readonly FastTrack[],
  options: CallOptions,
): Promise<void> {
  let refused: RecordError | undefined;
  for (const fastTrack of oncePerActivity(pending)) {
    const task = followUpTask(record, score, fastTrack);
    const before = await startFastTrack(space, fastTrack.activity, keepFor(model));
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

/** Two rules may name the same activity: it is still one request, and one task. */
function oncePerActivity(pending: readonly FastTrack[]): FastTrack[] {
  return [...new Map(pending.map((fastTrack) => [referenceOf(fastTrack.activity), fastTrack])).values()];
}

/** The text for whoever calls the lead. It names no person: the task hangs on the lead's own record. */
function followUpTask({ lead }: LeadRecord, score: Score, { rule, activity, followUpWithin }: FastTrack): FollowUpTask {
  const what = sentenceCase(rule);
  return {
    leadId: lead.id,
    ownerId: lead.ownerId,
    subject: `${what}: follow up within ${durationText(followUpWithin)}`,
    body: [
      `${what} at ${utcText(activity.at)}.`,
      `Score ${score.total}, grade ${score.grade}.`,
      '',
      formatReasons(score.reasons, 1_000),
    ].join('\n'),
    dueAt: activity.at + followUpWithin,
    reference: referenceOf(activity),
  };
}

function sentenceCase(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function utcText(at: number): string {
  return `${new Date(Math.floor(at / SECOND) * SECOND).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
