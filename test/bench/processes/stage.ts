import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything that a benchmark started and must end again, whatever comes. */
export interface Stage {
  /** Aborted by Ctrl-C: whoever waits for long stops waiting. */
  readonly signal: AbortSignal;
  /** Called at the end, the last one first. */
  add(end: () => Promise<unknown>): void;
  /** Killed at the end where it still runs, also if the benchmark itself ends in a hurry. */
  addProcess(child: ChildProcess): void;
  /** An empty folder, gone at the end. */
  folder(): Promise<string>;
}

/** A redis-server that has just ended may still have been writing. */
const REMOVAL = { recursive: true, force: true, maxRetries: 5, retryDelay: 200 };

/** Does the work and clears everything away after it. */
export async function onStage<Result>(signal: AbortSignal, work: (stage: Stage) => Promise<Result>): Promise<Result> {
  const ends: (() => Promise<unknown>)[] = [];
  const processes = new Set<ChildProcess>();
  const folders = new Set<string>();
  // For a second Ctrl-C, which leaves no time for more, and for what nobody foresaw.
  const clearAway = () => {
    for (const child of processes) child.kill('SIGKILL');
    for (const folder of folders) rmSync(folder, REMOVAL);
  };
  process.once('exit', clearAway);
  try {
    return await work({
      signal,
      add: (end) => ends.unshift(end),
      addProcess: (child) => processes.add(child),
      async folder() {
        const made = await mkdtemp(join(tmpdir(), 'leadgauge-bench-'));
        folders.add(made);
        ends.unshift(() => rm(made, REMOVAL));
        return made;
      },
    });
  } finally {
    for (const end of ends) await end().catch(() => {});
    clearAway();
    process.removeListener('exit', clearAway);
  }
}
