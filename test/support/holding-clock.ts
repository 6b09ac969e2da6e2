import { type Clock, systemClock } from '../../src/base/clock.ts';

/** The machine's clock for a sandbox whose delays are over when the test says so. */
export interface HoldingClock extends Clock {
  /** Resolves once somebody sleeps by it. */
  untilHeld(): Promise<void>;
  /** Wakes whoever sleeps. */
  release(): void;
}

export function createHoldingClock(): HoldingClock {
  let held = Promise.withResolvers<void>();
  let released = Promise.withResolvers<void>();
  return {
    now: systemClock.now,
    async sleep(_, signal) {
      held.resolve();
      const aborted = Promise.withResolvers<never>();
      signal?.addEventListener('abort', () => aborted.reject(signal.reason), { once: true });
      await Promise.race([released.promise, aborted.promise]);
    },
    untilHeld: () => held.promise,
    release() {
      released.resolve();
      held = Promise.withResolvers();
      released = Promise.withResolvers();
    },
  };
}
