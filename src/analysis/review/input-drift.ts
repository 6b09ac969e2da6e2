import type { ActivityType } from '../../leads/activity.ts';
import { columnParts } from './column-parts.ts';
import { type Drift, type DriftPart, driftOf } from './drift.ts';
import { numberParts } from './number-parts.ts';
import type { FreshLeads } from './snapshot.ts';

/** How far one of the things that a score is made of moved, among the leads that came in. */
export interface InputDrift extends Drift {
  readonly kind: 'field' | 'activity';
  /** For people: `Job title`, `page view`. */
  readonly name: string;
  /** Our name of the field, or the kind of activity. */
  readonly source: string;
}

/**
 * Every field and kind of activity, what moved most first. @param unknown fields of which only the present is known: what was filled in
 * since would be taken for a drift, as the earlier leads had more time for it.
 */
export function inputDrift(
  earlier: FreshLeads,
  now: FreshLeads,
  unknown: ReadonlySet<string> = new Set(),
): InputDrift[] {
  const fields = earlier.columns.flatMap((column): InputDrift[] => {
    const later = now.columns.find(({ field }) => field === column.field);
    if (later === undefined) return [];
    const drift = unknown.has(column.field) ? PAST_UNKNOWN : driftOf(columnParts(column, later));
    return [{ kind: 'field', name: column.name, source: column.field, ...drift }];
  });
  const activities = [...earlier.did].flatMap(([type, times]): InputDrift[] => {
    const later = now.did.get(type);
    if (later === undefined) return [];
    return [{ kind: 'activity', name: activityName(type), source: type, ...driftOf(timesParts(times, later)) }];
  });
  return [...fields, ...activities].sort(
    (one, other) => (other.psi ?? -1) - (one.psi ?? -1) || (one.source < other.source ? -1 : 1),
  );
}

const PAST_UNKNOWN: Drift = { word: 'past unknown', parts: [] };

/** How far the score itself moved, in stretches of about a tenth of the leads each as they were before. */
export function scoreDrift(earlier: FreshLeads, now: FreshLeads): Drift {
  return driftOf(numberParts(earlier.scores, now.scores, SCORE_PARTS));
}

const SCORE_PARTS = 10;

export const activityName = (type: ActivityType) => type.replaceAll('-', ' ');

/** How often is told roughly: one page view more or fewer is no matter. */
const TIMES = [
  { label: 'never', from: 0 },
  { label: 'once', from: 1 },
  { label: '2 to 4 times', from: 2 },
  { label: '5 times and more', from: 5 },
];

function timesParts(earlier: Float64Array, now: Float64Array): DriftPart[] {
  const count = (times: Float64Array, place: number) => {
    const [from, to] = [TIMES[place]?.from ?? 0, TIMES[place + 1]?.from ?? Number.POSITIVE_INFINITY];
    return times.filter((each) => each >= from && each < to).length;
  };
  const parts = TIMES.map(({ label }, place) => ({ label, earlier: count(earlier, place), now: count(now, place) }));
  return parts.filter((part) => part.earlier + part.now > 0);
}
