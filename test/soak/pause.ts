import { systemClock } from '../../src/base/clock.ts';

/** Lets time pass, in milliseconds: the world of a soak lives in real time. @throws what the signal gives once it is aborted. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> => systemClock.sleep(ms, signal);
