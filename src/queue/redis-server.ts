import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Writable } from 'node:stream';
import { Redis } from 'ioredis';
import { SECOND, systemClock } from '../base/clock.ts';

type Supervised = ChildProcessByStdio<Writable, null, null>;

export interface OwnedRedis {
  readonly url: string;
  close(): Promise<void>;
}

/** The first `redis-server` or `valkey-server` on the PATH. */
export function findRedisServer(path: string | undefined): string | undefined {
  return (path ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => ['redis-server', 'valkey-server'].map((name) => join(folder, name)))
    .find(isExecutable);
}

/**
 * What people did lies in sorted sets of a few members, each longer than the 64 bytes up to which Redis by itself keeps a small set in one piece: so it takes
 * half the memory. By the name that every version knows.
 */
const COMPACT = ['--zset-max-ziplist-value', '256'];

/** Starts it for us alone: on loopback, on a free port, with an append-only file in `folder`. */
export async function startRedisServer(binary: string, folder: string): Promise<OwnedRedis> {
  // What people did is nobody else's business: neither the folder nor, by the supervisor's mask, the files in it.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const port = await freePort();
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--appendonly', 'yes'];
  const command = [binary, ...settings, '--save', '', '--maxmemory-policy', 'noeviction', ...COMPACT];
  return startSupervised(command, port);
}

/** Starts a command that serves Redis on loopback at `port`, and waits until it answers. It ends with this process. */
export async function startSupervised(command: readonly string[], port: number): Promise<OwnedRedis> {
  // Detached, or a Ctrl-C at the terminal would end it before the work that still needs it.
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', ...command], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.stdin.on('error', () => {});
  await untilReady(child, port);
  return { url: `redis://127.0.0.1:${port}`, close: () => stop(child) };
}

/**
 * Runs a server for as long as our end of standard input is open: however this process ends, even killed, the server
 * ends with it.
 */
const SUPERVISOR = `
umask 077
exec 3<&0
"$@" 3<&- &
server=$!
{ cat <&3 >/dev/null; kill $server; } &
watcher=$!
wait $server
code=$?
kill $watcher
exit $code
`;

/** Asks until it answers: a server that loads its append-only file first refuses, then says LOADING. */
async function untilReady(child: Supervised, port: number): Promise<void> {
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`redis-server ended at once with exit code ${String(code)}`);
  });
  const redis = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  redis.on('error', () => {});
  const decided = new AbortController();
  try {
    await Promise.race([redis.ping(), exited, startupTimeout(decided.signal)]);
  } catch (error) {
    child.stdin.end();
    throw error;
  } finally {
    exited.catch(() => {});
    // Left running, the timeout would keep the process from ending.
    decided.abort();
    redis.disconnect();
  }
}

async function startupTimeout(signal: AbortSignal): Promise<never> {
  await systemClock.sleep(30 * SECOND, signal);
  throw new Error('redis-server did not answer within 30 s of its start');
}

async function stop(child: Supervised): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.stdin.end();
  await exited;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
