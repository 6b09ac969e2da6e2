import { DAY } from '../base/clock.ts';
import { type WorkingHours, workingTimeBetween } from '../base/working-hours.ts';
import { isOpen } from '../leads/follow-up-state.ts';
import { type FollowUp, isOverdue } from '../ledger/follow-ups.ts';

/** The hours of an owner, by the CRM's id of them; undefined for around the clock. */
export type HoursOf = (ownerId: string | undefined) => WorkingHours | undefined;

export interface OpenFollowUp extends FollowUp {
  /** How late sales are, in milliseconds of the owner's working time; absent where they are not. */
  readonly late?: number;
}

/** Those that sales still have to do something about: the latest first, then what is due next. */
export function openFollowUps(all: readonly FollowUp[], hoursOf: HoursOf, now: number): OpenFollowUp[] {
  const open = all
    .filter(({ state }) => isOpen(state))
    .map((followUp): OpenFollowUp => {
      const { dueBy = now, ownerId } = followUp;
      return isOverdue(followUp, now)
        ? { ...followUp, late: workingTimeBetween(dueBy, now, hoursOf(ownerId)) }
        : followUp;
    });
  return open.sort(
    (one, other) =>
      (other.late ?? -1) - (one.late ?? -1) ||
      (one.dueBy ?? one.routedAt) - (other.dueBy ?? other.routedAt) ||
      one.leadId.localeCompare(other.leadId),
  );
}

/** How an owner follows up. */
export interface OwnerFigures {
  /** Undefined for the leads that nobody owns. */
  readonly ownerId: string | undefined;
  readonly open: number;
  readonly overdue: number;
  /** How many leads were routed to them within the last 30 days. */
  readonly routed: number;
  /** How many of these they have touched. */
  readonly touched: number;
  /** From being routed to the first touch, in milliseconds of working time: half of those touched took no longer. */
  readonly medianToTouch?: number;
  /** Of how many of these it is known whether they were touched in time, and how many were. */
  readonly decided: number;
  readonly inTime: number;
}

/** How far back the figures look, in milliseconds. */
export const FIGURES_OVER = 30 * DAY;

/** One for each owner; whoever is late with most comes first. */
export function ownerFigures(all: readonly FollowUp[], hoursOf: HoursOf, now: number): OwnerFigures[] {
  const byOwner = Map.groupBy(all, ({ ownerId }) => ownerId);
  const figures = [...byOwner].map(([ownerId, own]) => figuresOf(ownerId, own, hoursOf(ownerId), now));
  return figures
    .filter(({ open, routed }) => open + routed > 0)
    .sort(
      (one, other) =>
        other.overdue - one.overdue ||
        other.open - one.open ||
        other.routed - one.routed ||
        (one.ownerId ?? '').localeCompare(other.ownerId ?? ''),
    );
}

function figuresOf(
  ownerId: string | undefined,
  own: readonly FollowUp[],
  hours: WorkingHours | undefined,
  now: number,
): OwnerFigures {
  const recent = own.filter(({ routedAt }) => routedAt > now - FIGURES_OVER);
  const times = recent.flatMap(({ routedAt, firstTouchedAt }) =>
    firstTouchedAt === undefined ? [] : [workingTimeBetween(routedAt, firstTouchedAt, hours)],
  );
  const decided = recent.filter((followUp) => isDecided(followUp, now));
  const inTime = decided.filter(
    ({ firstTouchedAt, followUpBy }) => firstTouchedAt !== undefined && firstTouchedAt <= followUpBy,
  );
  const median = medianOf(times);
  return {
    ownerId,
    open: own.filter(({ state }) => isOpen(state)).length,
    overdue: own.filter((followUp) => isOverdue(followUp, now)).length,
    routed: recent.length,
    touched: times.length,
    ...(median !== undefined && { medianToTouch: median }),
    decided: decided.length,
    inTime: inTime.length,
  };
}

/** Who wrote before sales could try is no miss of theirs, nor is who still has time. */
function isDecided({ firstTouchedAt, followUpBy, state }: FollowUp, now: number): boolean {
  if (firstTouchedAt !== undefined) return true;
  return state !== 'reached' && now >= followUpBy;
}

/** Of an even number the lower one of the two in the middle: a time that somebody took. */
function medianOf(times: readonly number[]): number | undefined {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length / 2) - 1];
}
