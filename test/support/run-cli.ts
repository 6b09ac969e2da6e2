import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import type { Io } from '../../src/cli/io.ts';
import { NAMESPACE } from '../../src/cli/open-app.ts';
import { runProgram } from '../../src/cli/program.ts';
import { createSpace, type Space } from '../../src/ledger/space.ts';
import { openRedis } from '../../src/queue/open-redis.ts';
import { createPortal, DEMO_TOKEN, type NewPortal, type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

export interface Ran {
  /** The exit code. */
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** Standard error, but for the log. */
  readonly err: string;
}

export type Env = Readonly<Record<string, string | undefined>>;

/** Runs a command line as a script would: nobody watches, and nothing of the machine's own environment counts. */
export async function runCli(args: readonly string[], env: Env = {}, own: Partial<Io> = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    // No PATH: a redis-server of the machine is left alone.
    env: { LOG_LEVEL: 'error', LEADGAUGE_DATA: tempFolder(), ...env },
    terminal: false,
    colour: false,
    signal: new AbortController().signal,
    ...own,
  };
  const code = await runProgram(args, io);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** A portal and the environment of a command line that works on it. */
export interface CliPortal {
  readonly sandbox: Sandbox;
  readonly env: Env;
  run(...args: string[]): Promise<Ran>;
}

export async function openCliPortal(options: NewPortal = {}): Promise<CliPortal> {
  const sandbox = await startSandbox({ portal: createPortal(options) });
  onTestFinished(() => sandbox.close());
  const env = { HUBSPOT_TOKEN: DEMO_TOKEN, HUBSPOT_BASE_URL: sandbox.url, LEADGAUGE_DATA: tempFolder() };
  return { sandbox, env, run: (...args) => runCli(args, env) };
}

/** A Redis inside this process that every command of this data folder finds, as they find that of a running worker. */
export async function keepRedis({ LEADGAUGE_DATA = '' }: Env): Promise<Space> {
  const options = { redisUrl: undefined, dataDir: LEADGAUGE_DATA, production: false, path: undefined, log: silentLog };
  const redis = await openRedis(options);
  const client = new Redis(redis.url, { maxRetriesPerRequest: null });
  onTestFinished(async () => {
    client.disconnect();
    await redis.close();
  });
  return createSpace(client, NAMESPACE, 'hubspot');
}

/** A copy of `config/` to change. */
export function copyConfig(): string {
  const folder = join(tempFolder(), 'config');
  cpSync('config', folder, { recursive: true });
  return folder;
}

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
