import { SECOND, systemClock } from '../../src/base/clock.ts';
import { type Check, noMore } from './checks.ts';

/** How many of each there are: timers, sockets, listeners. */
export type Counts = Readonly<Record<string, number>>;

/** How much of everything there is while nothing is to be done, by whose it is. */
export type AtRest = ReadonlyMap<string, Counts>;

/** Whoever can be asked; undefined where there is no answer. */
export interface Counted {
  readonly name: string;
  count(): Promise<Counts | undefined>;
}

/** Longer, in all of them together, than the ten seconds from one round of polls to the next, of which a connection is kept for four. */
const LOOKS = 14;
const BETWEEN = 0.8 * SECOND;
/** On a busy machine one round of polls may last until the next: a minute has a moment for everything. */
const MOST_LOOKS = 80;

/**
 * The least of each that is seen within some seconds: polls go on at rest, and have timers, sockets and listeners of their own for a
 * moment. What is lost is there at every moment, so it is looked on for a while where there is more than `before`.
 */
export async function lookAtRest(all: readonly Counted[], signal: AbortSignal, before?: AtRest): Promise<AtRest> {
  const seen = new Map<string, Counts>();
  for (let looks = 1; ; looks += 1) {
    for (const { name, count } of all) {
      const now = await count();
      if (now !== undefined) seen.set(name, least(seen.get(name), now));
    }
    const isEnough = before === undefined || leftovers(before, seen).every(({ held }) => held);
    if (looks >= (isEnough ? LOOKS : MOST_LOOKS)) return seen;
    await systemClock.sleep(BETWEEN, signal);
  }
}

/** What is missing in one of them was not there at that moment. */
function least(before: Counts | undefined, now: Counts): Counts {
  if (before === undefined) return now;
  return Object.fromEntries(kindsOf(before, now).map((kind) => [kind, Math.min(before[kind] ?? 0, now[kind] ?? 0)]));
}

/**
 * What may have been made once since. Of the worker's queues each has a timer while it waits for a job: the least of those is seen where many
 * ticks come together, before or after. All else was the same to the last one in every run.
 */
const MORE: Counts = { Timeout: 20, listeners: 12, 'connections to Redis': 1 };
const MORE_OF_ANY = 4;

/** That there is no more of anything than there was before. */
export function leftovers(before: AtRest, after: AtRest): Check[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [then, now] = [before.get(name), after.get(name)];
    return kindsOf(then ?? {}, now ?? {}).map((kind) =>
      noMore(
        `${kind} of ${name} at rest`,
        then && (then[kind] ?? 0),
        now && (now[kind] ?? 0),
        MORE[kind] ?? MORE_OF_ANY,
      ),
    );
  });
}

const kindsOf = (...counts: readonly Counts[]) => [...new Set(counts.flatMap((each) => Object.keys(each)))];
