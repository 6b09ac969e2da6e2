import { DAY, SECOND } from '../base/clock.ts';
import { durationText } from '../base/duration-text.ts';
import type { CallOptions, FollowUpTask, LeadRecord } from '../crm/crm.ts';
import { areFastTracksDone, referenceOf, startFastTrack } from '../ledger/fast-tracks.ts';
import { formatReasons } from '../scoring/format-reasons.ts';
import type { FastTrack, Score } from '../scoring/score.ts';
import { type Connection, keepFor } from './connection.ts';
import type { Moment } from './outputs.ts';

/**
 * The fast tracks of these leads that nobody has finished yet, in the order of `scores`. What came before the baseline
 * alerts nobody, nor does what is so old that we may have forgotten to have done it.
 */
export async function pendingFastTracks(
  { space, model }: Connection,
  scores: readonly Score[],
  { now, baseline }: Moment,
): Promise<FastTrack[][]> {
  const since = Math.max(baseline, now - keepFor(model) + DAY);
  const recent = scores.map((score) => score.fastTracks.filter(({ activity }) => activity.at >= since));
  const done = await areFastTracksDone(
    space,
    recent.flat().map(({ activity }) => activity),
  );
  let next = 0;
  return recent.map((own) => own.filter(() => !done[next++]));
}

/**
 * Makes sure that there is a task for every one of these activities, once each: where an earlier try began and did not
 * finish, its task is looked for first.
 */
export async function createTasks(
  { crm, model, space }: Connection,
  record: LeadRecord,
  score: Score,
  pending: readonly FastTrack[],
  options: CallOptions,
): Promise<void> {
  for (const fastTrack of oncePerActivity(pending)) {
    const task = followUpTask(record, score, fastTrack);
    const before = await startFastTrack(space, fastTrack.activity, keepFor(model));
    // Another lead that shares the activity may have come first.
    if (before === 'done') continue;
    const existing = before === 'started' ? await crm.findTask(record.lead.id, task.reference, options) : undefined;
    if (existing === undefined) await crm.createTask(task, options);
  }
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
