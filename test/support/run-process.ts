import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished } from 'vitest';

/** A leadgauge of its own, killed at the end of the test where it still runs. */
export interface RunningProcess {
  readonly child: ChildProcess;
  /** The exit code; null where it was killed. */
  readonly code: Promise<unknown>;
  /** What it has printed so far, log and all. */
  output(): string;
}

export type ProcessEnv = Readonly<Record<string, string | undefined>>;

/** Runs a command line in a process with this environment and nothing else of this one's. */
export function runProcess(env: ProcessEnv, args: readonly string[]): RunningProcess {
  return runNode(env, ['src/cli/main.ts', ...args]);
}

/** The same of any program: a command line of Node's. */
export function runNode(env: ProcessEnv, args: readonly string[]): RunningProcess {
  const child = spawn(process.execPath, args, {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)));
  onTestFinished(() => void child.kill('SIGKILL'));
  const code = once(child, 'close').then(([status]): unknown => status);
  return { child, code, output: () => text };
}

/** Processes tell nobody what they are at: what they did is looked for. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(holds, { timeout: 100_000, interval: 20 }).toBe(true);
}
