import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { SECOND } from '../../src/base/clock.ts';
import type { Stage } from '../bench/processes/stage.ts';
import { type PartProcess, startPart } from './part-process.ts';
import type { World } from './world.ts';

export type Kind = 'worker' | 'receiver';

/** The processes of leadgauge: a worker and a receiver that live from beginning to end, and two that are done harm. */
export interface Parts {
  readonly steady: Readonly<Record<Kind, PartProcess>>;
  /** Ends the other one so, and starts it again after a while. */
  restart(kind: Kind, signal: 'SIGTERM' | 'SIGKILL', after: () => Promise<void>): Promise<void>;
  /** Runs any other command to its end. */
  run(...args: string[]): Promise<void>;
  /** Ends all of them as a container platform does. */
  stop(): Promise<void>;
  /** How each SIGTERM went. */
  readonly stops: readonly Stop[];
  /** Lines of the logs that nobody wants to see, and processes that ended by themselves. */
  readonly complaints: readonly string[];
}

export interface Stop {
  readonly what: string;
  /** The exit code, or the signal that killed it. */
  readonly how: number | string;
  /** Milliseconds. */
  readonly took: number;
}

/** What a log says where something is wrong: an error of ours, and Node's own warnings, such as of listeners that nobody takes away. */
const COMPLAINT = /^\S+ error: |Warning: |Unhandled/;
/** What the receiver says while Redis is away. */
const EXPECTED = 'error: a webhook could not be taken in: the sender will try again';
const isComplaint = (line: string) => COMPLAINT.test(line) && !line.includes(EXPECTED);
/** What each says once it is at work. */
const READY: Readonly<Record<Kind, string>> = { worker: 'worker runs', receiver: 'receiver listens' };
/** What a container platform is told to wait, in compose.yaml. */
export const STOP_WITHIN = 60 * SECOND;

/** Where the logs of all processes go. */
const LOGS = 'reports/soak';

export async function startParts(stage: Stage, { env, ports }: World): Promise<Parts> {
  await rm(LOGS, { recursive: true, force: true });
  await mkdir(LOGS, { recursive: true });
  const complaints: string[] = [];
  const stops: Stop[] = [];
  const toEnd = new Set<PartProcess>();
  const start = async (kind: Kind, place: number): Promise<PartProcess> => {
    const name = `${kind} ${place + 1}`;
    const part = startPart(stage, {
      name,
      args: ['start', kind],
      env: { ...env, PORT: String(ports[place] ?? 0) },
      logFile: join(LOGS, `${kind}-${place + 1}.log`),
      heard: (line) => void (isComplaint(line) && complaints.push(`${name}: ${line}`)),
    });
    void part.ended.then((how) => toEnd.has(part) || complaints.push(`${name} ended by itself: ${how}`));
    await part.said(READY[kind]);
    return part;
  };
  const kill = async (part: PartProcess) => {
    toEnd.add(part);
    part.kill('SIGKILL');
    await part.ended;
  };
  const stop = async (part: PartProcess) => {
    toEnd.add(part);
    const began = performance.now();
    part.kill('SIGTERM');
    const late = setTimeout(() => part.kill('SIGKILL'), STOP_WITHIN);
    const how = await part.ended;
    clearTimeout(late);
    stops.push({ what: part.name, how, took: performance.now() - began });
  };
  const run = async (...args: string[]) => {
    const name = `leadgauge ${args.join(' ')}`;
    const logFile = join(LOGS, 'commands.log');
    const lines: string[] = [];
    const code = await startPart(stage, { name, args, env, logFile, heard: (line) => lines.push(line) }).ended;
    if (code !== 0) throw new Error(`${name} ended with ${code}: ${lines.join('\n')}`);
  };

  await run('setup', '--yes');
  const steady = { receiver: await start('receiver', 0), worker: await start('worker', 0) };
  const others = { receiver: await start('receiver', 1), worker: await start('worker', 1) };
  return {
    steady,
    stops,
    complaints,
    run,
    async restart(kind, signal, after) {
      await (signal === 'SIGTERM' ? stop : kill)(others[kind]);
      await after();
      others[kind] = await start(kind, 1);
    },
    async stop() {
      await Promise.all([...Object.values(steady), ...Object.values(others)].map(stop));
    },
  };
}
