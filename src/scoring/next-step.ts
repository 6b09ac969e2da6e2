interface Steps {
  /** Whether the rounded points are at a time what they are now. */
  readonly same: (time: number) => boolean;
  /** When the occurrences were. */
  readonly times: readonly number[];
  readonly every: number;
  readonly percent: number;
  readonly at: number;
  readonly end: number;
}

/** The first millisecond after `at` at which points that fall in steps differ, or `end`: goes from step to step until one shows. */
export function nextStep({ same, times, every, percent, at, end }: Steps): number {
  const last = Math.ceil(100 / percent);
  for (let now = at; now < end; ) {
    let next = end;
    for (const time of times) next = Math.min(next, stepAfter(now, time, every, last));
    if (next < end && !same(next)) return next;
    now = next;
  }
  return end;
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
