export interface Limits {
  readonly burst: number;
  /** Milliseconds. */
  readonly interval: number;
}

/**
 * Which share of the calls that the limit allows was made, from 0 to 1: over whole intervals from the first call on, so that
 * it cannot be above 1 wherever the CRM's intervals begin. The rest of an interval at the end is left out, as the work ended
 * in it. Not a number where no whole interval passed. `times` of the calls, oldest first, in milliseconds.
 */
export function limitUsed(times: readonly number[], { burst, interval }: Limits): number {
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? first;
  const intervals = Math.floor((last - first) / interval);
  const counted = times.filter((time) => time < first + intervals * interval).length;
  return counted / (intervals * burst);
}
