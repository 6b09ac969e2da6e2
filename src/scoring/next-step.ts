import { firstChange } from './first-change.ts';

interface Steps {
  /** Whether the points are at a time what they are now, rounded and capped. */
  readonly same: (time: number) => boolean;
  /** When the occurrences were. */
  readonly times: readonly number[];
  readonly every: number;
  readonly percent: number;
  readonly at: number;
  readonly end: number;
}

/**
 * The first millisecond after `at` at which points that fall in steps differ, or `end`. Mostly the next step shows; where
 * it does not, the steps are not gone through one by one: there may be thousands.
 */
export function nextStep({ same, times, every, percent, at, end }: Steps): number {
  const last = Math.ceil(100 / percent);
  let next = end;
  for (const time of times) next = Math.min(next, stepAfter(at, time, every, last));
  if (next >= end || same(end - 1)) return end;
  return firstChange(same, at, next, end - 1);
}

/** The first millisecond after `now` with one step more; infinite after the last. */
function stepAfter(now: number, time: number, every: number, last: number): number {
  const done = stepsAt(now, time, every);
  if (done >= last) return Number.POSITIVE_INFINITY;
  const next = Math.ceil(time + (done + 1) * every);
  // Times with fractions may round to just before the step.
  return stepsAt(next, time, every) > done ? next : next + 1;
}

function stepsAt(now: number, time: number, every: number): number {
  return now > time ? Math.floor((now - time) / every) : 0;
}
