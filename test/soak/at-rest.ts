import { SECOND } from '../../src/base/clock.ts';
import type { PartProcess } from './part-process.ts';
import { pause } from './pause.ts';

/** How much of everything there is while nothing is to be done. */
export interface AtRest {
  /** By process: timers, sockets and whatever else keeps it going, listeners, emitters. */
  readonly processes: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** By who is connected to. */
  readonly connections: Readonly<Record<string, number | undefined>>;
}

export interface AtRestOptions {
  readonly parts: readonly PartProcess[];
  readonly connections: Readonly<Record<string, () => Promise<number | undefined>>>;
  readonly signal: AbortSignal;
}

/** Longer, in all of them together, than the ten seconds from one round of polls to the next, of which a connection is kept for four. */
const LOOKS = 14;
const BETWEEN = 0.8 * SECOND;

/**
 * The least of each that is seen within some seconds: polls go on at rest, and have timers, sockets and listeners of their own for a
 * moment. What is lost is there at every moment.
 */
export async function lookAtRest({ parts, connections, signal }: AtRestOptions): Promise<AtRest> {
  const processes = new Map<string, Record<string, number>>();
  const connected: Record<string, number | undefined> = {};
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await pause(BETWEEN, signal);
    for (const part of parts) {
      const view = await part.view();
      if (view === undefined) continue;
      const { resources, listeners, emitters } = view;
      const now: Record<string, number> = { ...resources, listeners, emitters };
      processes.set(part.name, least(processes.get(part.name), now));
    }
    for (const [what, count] of Object.entries(connections)) {
      const now = await count();
      connected[what] = connected[what] === undefined || now === undefined ? now : Math.min(connected[what], now);
    }
  }
  return { processes, connections: connected };
}

/** What is missing in one of them was not there at that moment. */
function least(before: Readonly<Record<string, number>> | undefined, now: Readonly<Record<string, number>>) {
  if (before === undefined) return now;
  const kinds = new Set([...Object.keys(before), ...Object.keys(now)]);
  return Object.fromEntries([...kinds].map((kind) => [kind, Math.min(before[kind] ?? 0, now[kind] ?? 0)] as const));
}
