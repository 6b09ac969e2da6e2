import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { findRedisServer } from '../../src/queue/redis-server.ts';
import { freePort } from './free-port.ts';

/** Undefined where this machine has none. */
export const REDIS_SERVER = findRedisServer(process.env.PATH);

/** A redis-server of the test's own, to be done harm; it ends with the test. */
export interface OwnRedisServer {
  readonly url: string;
  /** Somebody else set it up, as far as leadgauge knows. */
  readonly kind: 'url';
  /** As a power cut would end it. */
  kill(): Promise<void>;
  /** At the same port, on what it had written down. */
  restart(): Promise<void>;
  /** Connections stay, and nothing is answered. */
  freeze(): void;
  thaw(): void;
}

/** With an append-only file, as in compose.yaml, and with these settings besides. */
export async function startOwnRedisServer(...settings: readonly string[]): Promise<OwnRedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'leadgauge-redis-'));
  const port = await freePort();
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''];
  const safe = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'];
  const start = async () => {
    const child = spawn(REDIS_SERVER ?? '', [...place, ...safe, ...settings], { stdio: 'ignore' });
    await untilAnswering(port);
    return child;
  };
  let server: ChildProcess = await start();
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  };
  onTestFinished(async () => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    kind: 'url',
    kill,
    async restart() {
      server = await start();
    },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
  };
}

async function untilAnswering(port: number): Promise<void> {
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  client.on('error', () => {});
  await client.ping();
  client.disconnect();
}
