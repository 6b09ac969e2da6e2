import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Something that is measured against others. */
export interface Competitor {
  readonly name: string;
  /** Makes ready what it does in one turn; undefined where it sits this turn out. Not timed. */
  readonly prepare: (turn: number) => Turn | undefined;
}

export interface Turn {
  /** How many things it does. */
  readonly size: number;
  run(): unknown;
}

export interface Turns {
  /** Turns that are taken first and not counted, so that all code is compiled as far as it will be. */
  readonly warmUp: number;
  readonly counted: number;
}

/** How many things a second a competitor did in each turn; undefined where it sat out. */
export type Speeds = readonly (number | undefined)[];

/**
 * Lets the competitors do the same again and again in short turns, one after the other, forwards and backwards, so that
 * whatever else the machine does hits all alike, and what happens in one turn alone does not show in the middle of all of them.
 */
export async function takeTurns(
  competitors: readonly Competitor[],
  { warmUp, counted }: Turns,
): Promise<ReadonlyMap<string, Speeds>> {
  const speeds = new Map(competitors.map(({ name }): [string, (number | undefined)[]] => [name, []]));
  for (let turn = 0; turn < warmUp + counted; turn++) {
    if (turn % COLLECT_EVERY === 0) collectGarbage();
    for (const { name, prepare } of turn % 2 === 0 ? competitors : competitors.toReversed()) {
      const ready = prepare(turn);
      const speed = ready && ready.size / (await timeOf(ready));
      if (turn >= warmUp) speeds.get(name)?.push(speed);
    }
  }
  return speeds;
}

/** Often enough that nobody pays for what the others left behind long ago. */
const COLLECT_EVERY = 20;

/** In seconds. */
async function timeOf({ run }: Turn): Promise<number> {
  const start = process.hrtime.bigint();
  const running = run();
  // Only what is asynchronous waits for its turn in the queue of promises.
  if (running instanceof Promise) await running;
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** How many times as fast the one is as the other: in the middle of all turns that both took. */
export function ratio(one: Speeds, other: Speeds): number {
  return median(
    one.map((speed, turn) => {
      const theirs = other[turn];
      return speed === undefined || theirs === undefined ? undefined : speed / theirs;
    }),
  );
}

/** The middle value of those there are; of an even number, the mean of the two in the middle. */
export function median(values: Speeds): number {
  const sorted = values.filter((value) => value !== undefined).sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return (low + high) / 2;
}

const collectGarbage = garbageCollector();

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return typeof collect === 'function' ? () => collect() : () => {};
}
