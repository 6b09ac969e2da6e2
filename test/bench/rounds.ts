import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Something that is measured against others. */
export interface Competitor {
  readonly name: string;
  /** Makes ready what it does in one turn; undefined where it sits this turn out. Not timed. */
  prepare(turn: number): Turn | undefined;
}

export interface Turn {
  /** How many things it does. */
  readonly size: number;
  run(): unknown;
}

export interface Rounds {
  /** Rounds that are run first and not counted, so that all code is compiled as far as it will be. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Each competitor's turns in a round. */
  readonly turns: number;
}

/**
 * How many things each competitor does in a second, round by round. The turns are short and the competitors take them one by one, each
 * time beginning with another, so that whatever else the machine does hits all alike. Garbage is collected before each round; what
 * they make in it they pay for.
 */
export async function measureRounds(
  competitors: readonly Competitor[],
  { warmUp, rounds, turns }: Rounds,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const speeds = new Map(competitors.map(({ name }): [string, number[]] => [name, []]));
  for (let round = 0; round < warmUp + rounds; round++) {
    collectGarbage();
    const sums = competitors.map(() => ({ size: 0, time: 0 }));
    for (let turn = round * turns; turn < (round + 1) * turns; turn++) {
      for (let place = 0; place < competitors.length; place++) {
        const who = (turn + place) % competitors.length;
        const sum = sums[who];
        const ready = competitors[who]?.prepare(turn);
        if (ready === undefined || sum === undefined) continue;
        sum.time += await timeOf(ready);
        sum.size += ready.size;
      }
    }
    if (round < warmUp) continue;
    for (const [who, { name }] of competitors.entries()) {
      const { size, time } = sums[who] ?? { size: 0, time: 0 };
      speeds.get(name)?.push(size / time);
    }
  }
  return speeds;
}

/** In seconds. */
async function timeOf({ run }: Turn): Promise<number> {
  const start = process.hrtime.bigint();
  const running = run();
  // Only what is asynchronous waits for its turn in the queue of promises.
  if (running instanceof Promise) await running;
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** How many times as fast the one is as the other: the median over the rounds. */
export function ratio(one: readonly number[], other: readonly number[]): number {
  return median(one.map((speed, round) => speed / (other[round] ?? Number.NaN)));
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
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
