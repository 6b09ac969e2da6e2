/** The earlier leads are so large a part. */
const EARLIER = 0.7;
/** A cut that parts worse than this, as where most leads have one date, is none. */
const LEAST_EARLIER = 0.5;
const MOST_EARLIER = 0.9;
/** With more leads without a time than this, the others stand for nothing. */
const MOST_WITHOUT = 0.1;

/**
 * The time, in milliseconds since 1970, at which the later leads begin: those from then on are about three in ten. Leads of one time stay
 * together. Undefined where the times of too many leads are not known, or too many have the same.
 */
export function timeCut(at: Float64Array): number | undefined {
  const times = at.filter((time) => !Number.isNaN(time)).sort();
  if (times.length === 0 || times.length < at.length * (1 - MOST_WITHOUT)) return undefined;
  const middle = times[Math.floor(times.length * EARLIER)] ?? Number.NaN;
  const before = times.findIndex((time) => time >= middle);
  const until = times.findLastIndex((time) => time <= middle) + 1;
  const isBeforeNearer = times.length * EARLIER - before <= until - times.length * EARLIER;
  const earlier = isBeforeNearer ? before : until;
  const share = earlier / times.length;
  return share >= LEAST_EARLIER && share <= MOST_EARLIER ? times[earlier] : undefined;
}
