import type { Clock } from './clock.ts';

/**
 * Does the work again and again beside all else, each time `ms` milliseconds after it was done; never twice at once. It must not throw.
 * @returns what ends it: once that resolves, nothing of it is under way, and no timer is left.
 */
export function every(clock: Clock, ms: number, work: () => Promise<void>): () => Promise<void> {
  if (clock.every !== undefined) return clock.every(ms, work);
  const over = new AbortController();
  const turns = takeTurns(clock, ms, work, over.signal);
  return async () => {
    over.abort();
    await turns;
  };
}

async function takeTurns(clock: Clock, ms: number, work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(ms, signal);
    } catch {
      // It was ended.
      return;
    }
    await work();
  }
}
