import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { runProgram } from '../../src/cli/program.ts';
import { rememberRedis } from '../../src/queue/running-redis.ts';
import { createPortal, DEMO_TOKEN, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { TestRedis } from './test-redis.ts';

/** The program as the documentation has it run, with what it writes kept. */
export interface Shell {
  run(args: readonly string[], env?: Env, signal?: AbortSignal): Promise<Ran>;
  io(env?: Env, signal?: AbortSignal): { readonly io: Io; readonly out: string[]; readonly err: string[] };
  /** A portal in which ada@example.com is a contact, as variables for the program. */
  openPortal(): Promise<Env>;
}

type Env = Readonly<Record<string, string>>;

interface Ran {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** `folder` takes what the program keeps. */
export function createShell(folder: string, redis: TestRedis): Shell {
  function io(env: Env = {}, signal = new AbortController().signal) {
    const out: string[] = [];
    const err: string[] = [];
    const own: Io = {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      env: { LOG_LEVEL: 'error', LEADGAUGE_CONFIG: 'config', LEADGAUGE_DATA: join(folder, 'data'), ...env },
      terminal: false,
      colour: false,
      signal,
    };
    return { io: own, out, err };
  }

  return {
    io,
    async run(args, env, signal) {
      const { io: own, out, err } = io(env, signal);
      return { code: await runProgram(args, own), out, err };
    },
    async openPortal() {
      const portal = createPortal({ leads: 30, seed: 1 });
      const sandbox = await startSandbox({ portal });
      onTestFinished(() => sandbox.close());
      sandbox.people.createContact({ email: 'ada@example.com', jobtitle: 'VP Engineering' });
      const data = mkdtempSync(join(folder, 'data-'));
      onTestFinished(await rememberRedis(data, redis));
      return { HUBSPOT_TOKEN: DEMO_TOKEN, HUBSPOT_BASE_URL: sandbox.url, LEADGAUGE_DATA: data };
    },
  };
}
