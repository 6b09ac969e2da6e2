import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { doingsOf, inactiveSpans } from '../scoring/inactivity.ts';
import { leftOut } from '../scoring/left-out.ts';
import { orderActivities } from '../scoring/order-activities.ts';

/** How a lead stands with a criterion that asks for how long nothing was done. Times are in milliseconds since 1970. */
export interface Silence {
  /** The id of the criterion. */
  readonly criterion: string;
  readonly label: string;
  readonly points: number;
  /** For how long nothing must have been done, in milliseconds. */
  readonly length: number;
  /** When the lead last did something, or was created. */
  readonly last: number;
  /** Since when it counts as inactive, or from when on it will if it goes on like that. */
  readonly from: number;
  readonly holds: boolean;
  /** Why it then rules the lead out; undefined where it does not. */
  readonly disqualify: string | undefined;
}

/** One for each criterion on inactivity whose other questions hold. */
export function silencesOf(
  model: CompiledModel,
  lead: Lead,
  activities: readonly Activity[],
  at: number,
): readonly Silence[] {
  if (!model.asksInactivity) return [];
  const ordered = orderActivities(activities);
  const doings = doingsOf(lead, ordered, leftOut(ordered), at);
  const facts = model.readFacts(lead);
  return model.criteria.flatMap(({ id, label, points, disqualify, inactiveFor: length, holds }) => {
    if (length === undefined || holds?.(facts) === false) return [];
    const [span] = inactiveSpans(doings, length);
    if (span === undefined) return [];
    const { from } = span;
    return [{ criterion: id, label, points, length, last: doings.last, from, holds: from <= at, disqualify }];
  });
}
