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
  let peak = 0;
  const began = performance.now();
  const timer = setInterval(() => {
    resident(pid).then(
      ({ mb, peakMb }) => {
        samples.push({ minutes: (performance.now() - began) / 60_000, mb });
        peak = Math.max(peak, peakMb);
      },
      () => {},
    );
  }, every);
  return {
    stop() {
      clearInterval(timer);
      const { peakMb, growthMbPerMinute } = memoryOf(samples);
      return { peakMb: Math.max(peak, peakMb), growthMbPerMinute };
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
export async function residentMb(pid: number): Promise<number> {
  return (await resident(pid)).mb;
}

/** Now, and the most that it ever was, as far as the kernel tells. */
async function resident(pid: number): Promise<{ readonly mb: number; readonly peakMb: number }> {
  if (process.platform !== 'linux') {
    const mb = Number((await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout) / 1_024;
    return { mb, peakMb: mb };
  }
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1_024;
  const [mb, peakMb] = [megabytes('VmRSS'), megabytes('VmHWM')];
  if (Number.isNaN(mb) || Number.isNaN(peakMb)) throw new Error('the process has ended');
  return { mb, peakMb };
}
