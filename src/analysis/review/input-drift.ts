import type { ActivityType } from '../../leads/activity.ts';
import { columnParts } from './column-parts.ts';
import { type Drift, type DriftPart, driftsOf } from './drift.ts';
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

/** How far the score moved, and each of the things that it is made of, what moved most first. */
export interface FreshDrift {
  readonly score: Drift;
  readonly inputs: readonly InputDrift[];
}

/**
 * The score, and every field and kind of activity. @param unknown fields that count as they are now: what was filled in since would be
 * taken for a drift, as the earlier leads had more time for it.
 */
export function freshDrift(earlier: FreshLeads, now: FreshLeads, unknown: ReadonlySet<string> = new Set()): FreshDrift {
  const asked = [...fieldInputs(earlier, now, unknown), ...activityInputs(earlier, now)];
  const scores = numberParts(earlier.scores, now.scores, { most: SCORE_PARTS, least: 1, named: 0 });
  const [score = PAST_UNKNOWN, ...drifts] = driftsOf([scores, ...asked.map(({ parts }) => parts)]);
  const inputs = asked
    .map(({ parts: _, ...input }, place): InputDrift => ({ ...input, ...(drifts[place] ?? PAST_UNKNOWN) }))
    .sort((one, other) => (other.psi ?? -1) - (one.psi ?? -1) || (one.source < other.source ? -1 : 1));
  return { score, inputs };
}

const PAST_UNKNOWN: Drift = { word: 'past unknown', parts: [] };
const SCORE_PARTS = 10;

interface Input extends Pick<InputDrift, 'kind' | 'name' | 'source'> {
  /** Undefined where what was before is not known. */
  readonly parts: readonly DriftPart[] | undefined;
}

function fieldInputs(earlier: FreshLeads, now: FreshLeads, unknown: ReadonlySet<string>): Input[] {
  return earlier.columns.flatMap((column): Input[] => {
    const later = now.columns.find(({ field }) => field === column.field);
    if (later === undefined) return [];
    const parts = unknown.has(column.field) ? undefined : columnParts(column, later);
    return [{ kind: 'field', name: column.name, source: column.field, parts }];
  });
}

function activityInputs(earlier: FreshLeads, now: FreshLeads): Input[] {
  return [...earlier.did].flatMap(([type, times]): Input[] => {
    const later = now.did.get(type);
    if (later === undefined) return [];
    return [{ kind: 'activity', name: activityName(type), source: type, parts: timesParts(times, later) }];
  });
}

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
