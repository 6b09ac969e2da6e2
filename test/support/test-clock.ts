import { type Clock, DAY } from '../../src/base/clock.ts';

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  every(ms: number, work: () => Promise<void>): () => Promise<void>;
  /** Moves time on and wakes every sleeper whose time has come, in order. */
  advance(ms: number): Promise<void>;
  /** How long each sleep was asked to be, in order. */
  readonly slept: readonly number[];
}

/** Something that is done again and again. */
interface Beat {
  at: number;
  readonly ms: number;
  readonly work: () => Promise<void>;
  playing: Promise<void>;
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
  const beats = new Set<Beat>();
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

  const nextOf = <Timed extends { readonly at: number }>(timed: Iterable<Timed>, end: number) =>
    [...timed].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];

  function play(beat: Beat): Promise<void> {
    beat.at = now + beat.ms;
    beat.playing = beat.work();
    return beat.playing;
  }

  return {
    slept,
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      if (sleeps === 'on-demand') return sleepUntilWoken(now + ms, signal);
      now += ms;
      for (let due = nextOf(beats, now); due !== undefined; due = nextOf(beats, now)) await play(due);
    },
    /** What is done beside all else moves no time on: it is done as time passes. */
    every(ms, work) {
      const beat: Beat = { at: now + ms, ms, work, playing: Promise.resolve() };
      beats.add(beat);
      return async () => {
        beats.delete(beat);
        await beat.playing;
      };
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        const beat = nextOf(beats, end);
        const sleeper = nextOf(sleepers, beat?.at ?? end);
        if (beat === undefined && sleeper === undefined) break;
        now = Math.max(now, (sleeper ?? beat)?.at ?? now);
        if (sleeper === undefined) {
          if (beat !== undefined) await play(beat);
          continue;
        }
        sleepers = sleepers.filter((other) => other !== sleeper);
        sleeper.wake();
        // Whoever woke may go to sleep again before the end.
        await new Promise((resolve) => setImmediate(resolve));
      }
      now = Math.max(now, end);
    },
  };
}
