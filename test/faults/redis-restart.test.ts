import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { findRedisServer } from '../../src/queue/redis-server.ts';
import { freePort } from '../support/free-port.ts';
import { createReceiverBench, event } from '../support/receiver-bench.ts';

const binary = findRedisServer(process.env.PATH);

test.skipIf(binary === undefined)(
  'a redis-server that is killed under load and started again on its append-only file has all that was acknowledged',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leadgauge-redis-'));
    const port = await freePort();
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    let server = await start(folder, port);
    onTestFinished(() => void server.kill('SIGKILL'));
    const bench = await createReceiverBench({ url: `redis://127.0.0.1:${port}`, kind: 'url' });

    const acknowledged = new Set<number>();
    const refused = new Set<number>();
    let next = 1;
    let isOver = false;
    const sender = async () => {
      while (!isOver) {
        const id = next;
        next += 1;
        const { status } = await bench.send([event(id)]);
        expect([204, 503]).toContain(status);
        (status === 204 ? acknowledged : refused).add(id);
      }
    };
    const senders = Promise.all(Array.from({ length: 4 }, sender));
    const until = (holds: () => boolean) => expect.poll(holds, { timeout: 20_000, interval: 1 }).toBe(true);
    await until(() => acknowledged.size > 200);
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
    const before = acknowledged.size;
    await until(() => refused.size > 5);
    server = await start(folder, port);
    await until(() => acknowledged.size > before + 100);
    isOver = true;
    await senders;

    const held = new Set((await bench.dirty()).map(Number));
    expect([...acknowledged].filter((id) => !held.has(id))).toEqual([]);
    expect(await bench.waiting('score')).toBe(1);
    // Its sender tries again what was refused.
    for (const id of refused) expect((await bench.send([event(id, { attemptNumber: 1 })])).status).toBe(204);
    expect((await bench.dirty()).length).toBe(acknowledged.size + refused.size);
  },
  60_000,
);

/** As in compose.yaml. */
async function start(folder: string, port: number) {
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''];
  const safe = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'];
  const child = spawn(binary ?? '', [...settings, ...safe], { stdio: 'ignore' });
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  client.on('error', () => {});
  await client.ping();
  client.disconnect();
  return child;
}
