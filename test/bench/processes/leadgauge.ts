import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { HEAP_FLAGS } from '../../../src/cli/collect-early.ts';
import type { Stage } from './stage.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
/** What `npm run leadgauge` runs: it becomes leadgauge, under the same process id. */
const COMMAND = [HEAP_FLAGS[0], `${ROOT}scripts/node24.mjs`, `${ROOT}src/cli/main.ts`] as const;

export interface LeadgaugeOptions {
  /** Where the CRM is, and what else is not as on any machine. */
  readonly variables: Readonly<Record<string, string>>;
  readonly redisUrl: string;
  readonly dataDir: string;
}

export interface Leadgauge {
  readonly pid: number;
  /** Resolves with standard output. @throws Error with standard error where it ended otherwise than well. */
  readonly ended: Promise<string>;
  /** Resolves once a line of the log has this in it. @throws Error once one tells of an error, or the process has ended. */
  said(words: string): Promise<void>;
  /** As a container platform ends it. */
  stop(): Promise<void>;
}

/** What a command line of leadgauge needs to know of the machine, and nothing else of this one. */
export function environmentOf({ variables, redisUrl, dataDir }: LeadgaugeOptions): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    REDIS_URL: redisUrl,
    LEADGAUGE_DATA: dataDir,
    LOG_LEVEL: 'info',
    ...variables,
  };
}

/** Runs leadgauge in a process of its own, as its users do: as package.json says. */
export function startLeadgauge(stage: Stage, args: readonly string[], options: LeadgaugeOptions): Leadgauge {
  const child = spawn(process.execPath, [...COMMAND, ...args], {
    env: environmentOf(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`leadgauge ${args.join(' ')} did not start`);
  stage.addProcess(child);
  let out = '';
  let log = '';
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => {
    log += String(chunk);
    for (const listen of listeners) listen();
  });
  const ended = once(child, 'close').then(([code]) => {
    if (code !== 0) throw new Error(`leadgauge ${args.join(' ')} ended with ${String(code)}: ${log}`);
    return out;
  });
  // Who waits for it hears of it.
  ended.catch(() => {});
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  stage.add(stop);
  return {
    pid,
    ended,
    stop,
    said(words) {
      const heard = new Promise<void>((resolve, reject) => {
        const listen = () => {
          const [trouble] = /^\S+ error: .*$/m.exec(log) ?? [];
          if (trouble === undefined && !log.includes(words)) return;
          listeners.delete(listen);
          if (trouble === undefined) resolve();
          else reject(new Error(`leadgauge ${args.join(' ')} said ${trouble}`));
        };
        listeners.add(listen);
        listen();
      });
      const gone = ended.then(() => Promise.reject(new Error(`leadgauge ${args.join(' ')} ended before its time`)));
      return Promise.race([heard, gone]);
    },
  };
}
