import { type Clock, SECOND } from '../../base/clock.ts';

/** How often a CRM is looked at, in milliseconds: what the demo measures is exact to this. */
const STEP = 5;

/** Waits until something holds. @returns whether it did within the time. */
export async function until(
  clock: Clock,
  holds: () => boolean | Promise<boolean>,
  signal: AbortSignal,
  within = 60 * SECOND,
) {
  const end = clock.now() + within;
  while (!(await holds())) {
    if (clock.now() > end) return false;
    await clock.sleep(STEP, signal);
  }
  return true;
}
