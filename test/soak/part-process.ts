import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { HEAP_FLAGS } from '../../src/cli/collect-early.ts';
import { residentMb } from '../bench/processes/memory.ts';
import type { Stage } from '../bench/processes/stage.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const WATCHED = new URL('watched.ts', import.meta.url).href;

/** What lives in a process, after all that does not was collected. */
export type View = z.output<typeof viewSchema>;

const viewSchema = z.object({
  /** Bytes, of the heap and of what hangs on it. */
  live: z.number(),
  /** What keeps its event loop going, such as sockets and timers, and besides listeners and emitters: how many of each. */
  counts: z.record(z.string(), z.number()),
});
const answerSchema = z.object({ question: z.number(), view: viewSchema });

/** A leadgauge of its own, as its users start it. */
export interface PartProcess {
  readonly name: string;
  /** How it ended: its exit code, or the signal that killed it. */
  readonly ended: Promise<number | string>;
  /** Undefined where it is gone, or has no time to answer. */
  view(): Promise<View | undefined>;
  /** Megabytes that it has resident. */
  resident(): Promise<number | undefined>;
  /** Resolves once its log has these words, from now on. @throws Error where it ends before. */
  said(words: string): Promise<void>;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

export interface PartOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where its whole log goes. */
  readonly logFile: string;
  /** Told of each line of the log. */
  heard(line: string): void;
}

/** How long one waits to be told, in milliseconds: a process that is busy is at nobody's beck. */
const PATIENCE = 3_000;

export function startPart(stage: Stage, { name, args, env, logFile, heard }: PartOptions): PartProcess {
  const child = spawn(process.execPath, [HEAP_FLAGS[0], '--import', WATCHED, MAIN, ...args], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { pid, stdout, stderr } = child;
  if (pid === undefined || stdout === null || stderr === null) throw new Error(`${name} did not start`);
  stage.addProcess(child);
  const log = createWriteStream(logFile, { flags: 'a' });
  const listeners = new Set([heard, (line: string) => void log.write(`${line}\n`)]);
  for (const input of [stdout, stderr])
    createInterface({ input }).on('line', (line) => {
      for (const listen of listeners) listen(line);
    });
  const ended = once(child, 'close').then(([code, signal]): number | string => {
    log.end();
    return typeof code === 'number' ? code : String(signal);
  });
  return {
    name,
    ended,
    view: questions(child),
    resident: () => residentMb(pid).catch(() => undefined),
    kill: (signal) => void child.kill(signal),
    async said(words) {
      const heardIt = new Promise<void>((resolve) => {
        const listen = (line: string) => {
          if (!line.includes(words)) return;
          listeners.delete(listen);
          resolve();
        };
        listeners.add(listen);
      });
      const gone = ended.then((how) => Promise.reject(new Error(`${name} ended (${how}) before it said "${words}"`)));
      await Promise.race([heardIt, gone]);
    },
  };
}

/** Asks the process for a view; undefined where it does not answer in time. */
function questions(child: ChildProcess): () => Promise<View | undefined> {
  const waiting = new Map<number, (view: View | undefined) => void>();
  let asked = 0;
  child.on('message', (message) => {
    const answer = answerSchema.safeParse(message).data;
    if (answer !== undefined) waiting.get(answer.question)?.(answer.view);
  });
  // It may be gone by the time it is asked.
  child.on('error', () => {});
  return async () => {
    if (!child.connected) return undefined;
    asked += 1;
    const question = asked;
    const view = await new Promise<View | undefined>((resolve) => {
      const late = setTimeout(resolve, PATIENCE, undefined);
      waiting.set(question, (told) => {
        clearTimeout(late);
        resolve(told);
      });
      child.send(question, (error) => error && waiting.get(question)?.(undefined));
    });
    waiting.delete(question);
    return view;
  };
}
