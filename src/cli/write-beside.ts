import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Clock, SECOND } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { HEAP_FLAGS } from './collect-early.ts';
import type { Io } from './io.ts';

export interface BesideOptions {
  /** What the process is told, as this one was. */
  readonly env: Io['env'];
  readonly clock: Pick<Clock, 'sleep'>;
  /** Ends the process. */
  readonly signal: AbortSignal;
  readonly onStart: (pid: number) => void;
}

const PROGRAM = fileURLToPath(new URL('./review-process.ts', import.meta.url));

/** How long the process may take to come to its end, in milliseconds: less than a worker has for its own. */
const GOOD_STOP = 10 * SECOND;

/**
 * Writes a review in a process of its own, which ends with this one, however this one ends.
 * @param args as `review-process.ts` takes them.
 * @returns why there is none, in a sentence without its full stop; undefined where it is written.
 * @throws the reason of the signal where that ended it.
 */
export async function writeBeside(args: readonly string[], options: BesideOptions): Promise<string | undefined> {
  const { env, clock, signal, onStart } = options;
  const child = fork(PROGRAM, args, {
    env: { ...env },
    // A review's memory is mostly what was just read and is not needed any more, which is to be left to the worker.
    execArgv: [...process.execArgv, ...HEAP_FLAGS],
    // The log goes where the worker's goes.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // A Ctrl-C at the terminal would end it before the worker knows that it is to stop, and would look like a failure.
    detached: true,
  });
  let told: string | undefined;
  child.on('message', (message) => {
    if (typeof message === 'string') told = message;
  });
  if (child.pid !== undefined) onStart(child.pid);
  const ended = new AbortController();
  const stop = () => void endOf(child, clock, ended.signal);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    // Not its exit alone: what it told may come behind that.
    const [code, killedBy] = await once(child, 'close');
    if (code === 0) return undefined;
    signal.throwIfAborted();
    return oneLine(told ?? endText(code, killedBy));
  } catch (error) {
    signal.throwIfAborted();
    return oneLine(`its process did not start: ${messageOf(error)}`);
  } finally {
    ended.abort();
    signal.removeEventListener('abort', stop);
  }
}

async function endOf(child: ChildProcess, clock: Pick<Clock, 'sleep'>, ended: AbortSignal): Promise<void> {
  child.kill('SIGTERM');
  const isLate = await clock.sleep(GOOD_STOP, ended).then(
    () => true,
    () => false,
  );
  if (isLate) child.kill('SIGKILL');
}

function endText(code: unknown, killedBy: unknown): string {
  return killedBy === null
    ? `its process ended with exit code ${String(code)}`
    : `its process was ended by ${String(killedBy)}, as happens where the memory does not suffice`;
}

/** Problems of config come one a line. */
const oneLine = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('; ')
    .replace(/\.$/, '');
