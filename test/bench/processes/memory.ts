import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface Memory {
  readonly peakMb: number;
  /** How fast it grew over the second half of the time. */
  readonly growthMbPerMinute: number;
}

/** Looks every so often at how much memory a process has resident, until stopped. */
export function watchMemory(pid: number, every = 500): { stop(): Memory } {
  const samples: Sample[] = [];
  const began = performance.now();
  const timer = setInterval(() => {
    residentMb(pid).then(
      (mb) => samples.push({ minutes: (performance.now() - began) / 60_000, mb }),
      () => {},
    );
  }, every);
  return {
    stop() {
      clearInterval(timer);
      return memoryOf(samples);
    },
  };
}

export interface Sample {
  readonly minutes: number;
  readonly mb: number;
}

/** The peak, and the slope of the straight line through the second half that fits it best. */
export function memoryOf(samples: readonly Sample[]): Memory {
  const half = samples.slice(Math.floor(samples.length / 2));
  const mean = (of: (sample: Sample) => number) => half.reduce((sum, each) => sum + of(each), 0) / half.length;
  const [middle, usual] = [mean(({ minutes }) => minutes), mean(({ mb }) => mb)];
  const spread = half.reduce((sum, { minutes }) => sum + (minutes - middle) ** 2, 0);
  const rise = half.reduce((sum, { minutes, mb }) => sum + (minutes - middle) * (mb - usual), 0);
  return {
    peakMb: samples.reduce((most, { mb }) => Math.max(most, mb), 0),
    growthMbPerMinute: spread === 0 ? 0 : rise / spread,
  };
}

const run = promisify(execFile);

/** By the kernel's own account on Linux, by `ps` elsewhere. @throws where the process has ended. */
async function residentMb(pid: number): Promise<number> {
  if (process.platform !== 'linux') return Number((await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout) / 1_024;
  const [, kb] = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kb === undefined) throw new Error('the process has ended');
  return Number(kb) / 1_024;
}
