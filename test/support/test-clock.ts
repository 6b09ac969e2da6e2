import { type Clock, DAY } from '../../src/base/clock.ts';

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  /** Moves time on and wakes every sleeper whose time has come, in order. */
  advance(ms: number): Promise<void>;
  /** How long each sleep was asked to be, in order. */
  readonly slept: readonly number[];
}

export interface TestClockOptions {
  /** Milliseconds since 1970; by default the start of a Monday. */
  readonly start?: number;
  /** `at-once`: a sleep moves time on by itself. `on-demand`: it waits for `advance`. */
  readonly sleeps?: 'at-once' | 'on-demand';
}

export const MONDAY = Date.UTC(2026, 10, 16, 9);

/** The start of a day that is still to come for this machine, so that nothing BullMQ keeps for later comes due by itself. */
export const daysAhead = () => Math.ceil(Date.now() / DAY) * DAY + 7 * DAY;

export function createTestClock({ start = MONDAY, sleeps = 'at-once' }: TestClockOptions = {}): TestClock {
  let now = start;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const slept: number[] = [];

  function sleepUntilWoken(at: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { at, wake: resolve };
      sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        sleepers = sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
    });
  }

  return {
    slept,
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      if (sleeps === 'on-demand') return sleepUntilWoken(now + ms, signal);
      now += ms;
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        sleepers = sleepers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.wake();
        // Whoever woke may go to sleep again before the end.
        await new Promise((resolve) => setImmediate(resolve));
      }
      now = end;
    },
  };
}
