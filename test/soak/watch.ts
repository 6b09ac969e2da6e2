import { performance } from 'node:perf_hooks';
import { SECOND, systemClock } from '../../src/base/clock.ts';
import { every } from '../../src/base/every.ts';
import { NAMESPACE } from '../../src/cli/namespace.ts';
import type { PartProcess } from './part-process.ts';
import type { SoakRedis } from './redis.ts';
import { sizeOf } from './redis-size.ts';
import type { Sample } from './slope.ts';

/** What was seen of one process while it lived. */
export interface ProcessSeries {
  readonly name: string;
  /** Bytes that live in it. */
  readonly live: Sample[];
  /** Bytes that it has resident, by the kernel's account. */
  readonly resident: Sample[];
}

export interface Watched {
  readonly processes: readonly ProcessSeries[];
  /** What Redis holds besides what it keeps of people. */
  readonly passing: readonly Sample[];
  stop(): Promise<void>;
}

const MEGABYTE = 2 ** 20;
/** So many samples of a run at the most. */
const SAMPLES = 240;

/**
 * Looks at these processes and at Redis until stopped. What lives is told after V8 has collected all that does not, so that a small leak
 * shows within minutes; that also keeps the resident memory lower than without anybody looking.
 */
export function watch(parts: readonly PartProcess[], redis: SoakRedis, ms: number): Watched {
  const processes = parts.map(({ name }): ProcessSeries => ({ name, live: [], resident: [] }));
  const passing: Sample[] = [];
  const lookAt = async (part: PartProcess, place: number) => {
    const [view, resident] = [await part.view(), await part.resident()];
    const at = performance.now();
    if (view === undefined || resident === undefined) return;
    processes[place]?.live.push({ at, value: view.live });
    processes[place]?.resident.push({ at, value: resident * MEGABYTE });
  };
  const lookAtRedis = async () => {
    const { passing: value } = await sizeOf(redis, NAMESPACE);
    passing.push({ at: performance.now(), value });
  };
  const between = Math.max(ms / SAMPLES, 1.5 * SECOND);
  // A Redis that is away holds up nothing but its own samples.
  const stops = [
    every(systemClock, between, async () => void (await Promise.all(parts.map(lookAt)))),
    every(systemClock, between, () => lookAtRedis().catch(() => {})),
  ];
  return { processes, passing, stop: async () => void (await Promise.all(stops.map((stop) => stop()))) };
}
