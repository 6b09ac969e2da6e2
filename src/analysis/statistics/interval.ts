/** Where a figure may lie, but for one case in twenty, when nothing but chance moves it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** So many standard errors on either side hold 95% of a normal distribution. */
export const Z_95 = 1.959963984540054;
