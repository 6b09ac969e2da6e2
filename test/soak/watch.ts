import { performance } from 'node:perf_hooks';
import { MINUTE, SECOND, systemClock } from '../../src/base/clock.ts';
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
  /** By process id: one that is started again begins anew. */
  readonly processes: ReadonlyMap<number, ProcessSeries>;
  /** What Redis holds besides what it keeps of people. */
  readonly passing: readonly Sample[];
  stop(): Promise<void>;
}

const MEGABYTE = 2 ** 20;
/** So many samples of a run at the most, but for the shortest. */
const SAMPLES = 240;

/**
 * Looks at all processes and at Redis until stopped. What lives is told after V8 has collected all that does not, so that a small leak
 * shows within minutes; that also keeps the resident memory lower than without anybody looking.
 */
export function watch(parts: () => readonly PartProcess[], redis: SoakRedis, runs: number): Watched {
  const processes = new Map<number, ProcessSeries>();
  const passing: Sample[] = [];
  const look = async () => {
    // One that begins, or waits for Redis, holds up none of the others.
    await Promise.all([...parts().map(lookAt), lookAtRedis()]);
  };
  const lookAt = async (part: PartProcess) => {
    const [view, resident] = [await part.view(), await part.resident()];
    const at = performance.now();
    if (view === undefined || resident === undefined) return;
    const series = processes.get(part.pid) ?? { name: part.name, live: [], resident: [] };
    processes.set(part.pid, series);
    series.live.push({ at, value: view.live });
    series.resident.push({ at, value: resident * MEGABYTE });
  };
  const lookAtRedis = async () => {
    const { passing: value } = await sizeOf(redis.client, NAMESPACE);
    passing.push({ at: performance.now(), value });
  };
  const between = Math.min(Math.max(runs / SAMPLES, 1.5 * SECOND), MINUTE);
  const stop = every(systemClock, between, () => look().catch(() => {}));
  return { processes, passing, stop };
}
