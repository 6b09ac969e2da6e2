import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { collectOccurrences } from './collect-occurrences.ts';
import type { CompiledModel, Criterion } from './compiled-model.ts';
import type { Facts } from './facts.ts';
import { noFlags } from './flag-times.ts';
import { doingsOf } from './inactivity.ts';
import type { LeftOutWhy } from './score.ts';
import { type Sheet, scoreCriterion } from './score-criterion.ts';
import { scoreDimension } from './score-dimension.ts';

/** All that the engagement of a lead comes from. */
export interface Past {
  readonly model: CompiledModel;
  readonly lead: Lead;
  readonly facts: Facts;
  /** As `orderActivities` gives them. */
  readonly activities: readonly Activity[];
  /** Which of them are left out, by their places, as is known now. */
  readonly machines: readonly (LeftOutWhy | undefined)[] | undefined;
}

/** The engagement at a time, from what had been done by then. */
export interface Moment {
  readonly engagement: number;
  /** Until when it stays the same, unless something is done; infinite where it does for ever. */
  readonly next: number;
  /** Until when it does not rise, unless something is done: the end of something bad, or of patience with a silence. */
  readonly rise: number;
}

/** The engagement at a time in milliseconds since 1970, by the very code that scores. */
export function engagementThen({ model, lead, facts, activities, machines }: Past, time: number): Moment {
  const done = activities.slice(0, doneBy(activities, time));
  const { tallies } = collectOccurrences(model, facts, done, machines, time);
  const doings = model.asksInactivity ? doingsOf(lead, done, machines, time) : undefined;
  const newSheet = (): Sheet => ({
    facts,
    tallies,
    doings,
    at: time,
    reasons: [],
    flags: noFlags(),
    disqualifications: [],
    next: Number.POSITIVE_INFINITY,
  });
  const sheet = newSheet();
  const engagement = scoreDimension(model.dimensions.engagement, sheet);
  const rising = newSheet();
  for (const { criteria } of model.dimensions.engagement.groups)
    for (const criterion of criteria) if (mayRise(criterion)) scoreCriterion(criterion, 'engagement', rising);
  return { engagement, next: sheet.next, rise: rising.next };
}

/** How many of the activities were done by a time. */
export function doneBy(activities: readonly Activity[], time: number): number {
  let count = activities.length;
  for (; count > 0; count--) {
    const last = activities[count - 1];
    if (last !== undefined && last.at <= time) break;
  }
  return count;
}

/** Whether its points may rise although nothing is done: what is bad ends or fades, what is good of a silence begins. */
function mayRise({ counting, inactiveFor, points }: Criterion): boolean {
  return (counting !== undefined && points < 0) || (inactiveFor !== undefined && points > 0);
}
