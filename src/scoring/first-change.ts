/** The first time in (`low`, `high`] that is not the same as `low`, which `high` is not; looks around the guess first. */
export function firstChange(same: (time: number) => boolean, low: number, guess: number, high: number): number {
  let before = low;
  let after = high;
  if (same(guess)) {
    before = guess;
    for (let step = 1; before + step < after; step *= 2) {
      if (!same(before + step)) {
        after = before + step;
        break;
      }
      before += step;
    }
  } else {
    after = guess;
    for (let step = 1; after - step > before; step *= 2) {
      if (same(after - step)) {
        before = after - step;
        break;
      }
      after -= step;
    }
  }
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (same(middle)) before = middle;
    else after = middle;
  }
  return after;
}
