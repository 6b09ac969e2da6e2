import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '../../../src/base/errors.ts';
import { silentLog } from '../../../src/base/log.ts';
import { addActivities } from '../../../src/ledger/activities.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { type OpenRedisOptions, openRedis } from '../../../src/queue/open-redis.ts';
import { findRedisServer, startRedisServer } from '../../../src/queue/redis-server.ts';

const BINARY = findRedisServer(process.env.PATH);

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'leadgauge-open-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function open(options: Partial<OpenRedisOptions>) {
  const dataDir = options.dataDir ?? (await newFolder());
  const redis = await openRedis({
    redisUrl: undefined,
    dataDir,
    production: false,
    path: '',
    log: silentLog,
    ...options,
  });
  onTestFinished(() => redis.close());
  return redis;
}

async function ask<Reply>(url: string, question: (redis: Redis) => Promise<Reply>): Promise<Reply> {
  const redis = new Redis(url);
  try {
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

test('REDIS_URL comes first, and is nobody of ours to start or to stop', async () => {
  const dataDir = await newFolder();
  const redis = await open({
    dataDir,
    redisUrl: 'redis://redis.example:6379',
    production: true,
    path: process.env.PATH,
  });
  expect(redis).toMatchObject({ kind: 'url', url: 'redis://redis.example:6379' });
  expect(existsSync(join(dataDir, 'running-redis.json'))).toBe(false);
});

test('production without REDIS_URL is refused before anything is started', async () => {
  await expect(open({ production: true, path: process.env.PATH })).rejects.toThrow(ConfigError);
});

test('without a redis-server on the PATH, Redis runs inside the process, and that is said in one line', async () => {
  const said: string[] = [];
  const redis = await open({ announce: true, log: { ...silentLog, info: (line) => said.push(line) } });
  expect(redis.kind).toBe('embedded');
  expect(await ask(redis.url, (client) => client.ping())).toBe('PONG');
  expect(said).toEqual([expect.stringContaining('in memory only')]);
});

test('another process of the same data folder uses the Redis that runs, and does not stop it', async () => {
  const dataDir = await newFolder();
  const first = await open({ dataDir });
  const second = await open({ dataDir });
  expect(second).toMatchObject({ kind: first.kind, url: first.url });
  await second.close();
  expect(await ask(first.url, (client) => client.ping())).toBe('PONG');
  await first.close();
  expect((await open({ dataDir })).url).not.toBe(first.url);
});

test('an isolated Redis is shared with nobody', async () => {
  const dataDir = await newFolder();
  const first = await open({ dataDir });
  const isolated = await open({ dataDir, isolated: true });
  expect(isolated.url).not.toBe(first.url);
  expect((await open({ dataDir })).url).toBe(first.url);
});

test('what a killed process left behind is passed over', async () => {
  const dataDir = await newFolder();
  const gone = await open({});
  await gone.close();
  await writeFile(join(dataDir, 'running-redis.json'), JSON.stringify({ kind: 'server', url: gone.url }));
  expect((await open({ dataDir })).kind).toBe('embedded');
});

test('a file that is none of ours is passed over', async () => {
  const dataDir = await newFolder();
  await writeFile(join(dataDir, 'running-redis.json'), 'not JSON');
  expect((await open({ dataDir })).kind).toBe('embedded');
});

test('something else that listens at the old port and says nothing does not hold up the start', async () => {
  const dataDir = await newFolder();
  const mute = createServer().listen(0, '127.0.0.1');
  await once(mute, 'listening');
  onTestFinished(() => void mute.close());
  const address = mute.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await writeFile(
    join(dataDir, 'running-redis.json'),
    JSON.stringify({ kind: 'server', url: `redis://127.0.0.1:${port}` }),
  );
  expect((await open({ dataDir })).kind).toBe('embedded');
});

test('who ends takes away only its own note', async () => {
  const dataDir = await newFolder();
  const redis = await open({ dataDir });
  const note = JSON.stringify({ kind: 'server', url: 'redis://127.0.0.1:1' });
  await writeFile(join(dataDir, 'running-redis.json'), note);
  await redis.close();
  expect(await readFile(join(dataDir, 'running-redis.json'), 'utf8')).toBe(note);
});

test('the first redis-server or valkey-server on the PATH is found', async () => {
  const [empty, folder] = [await newFolder(), await newFolder()];
  expect(findRedisServer(undefined)).toBeUndefined();
  const file = join(folder, 'valkey-server');
  await writeFile(file, '#!/bin/sh\n');
  expect(findRedisServer(`${empty}:${folder}`)).toBeUndefined();
  await chmod(file, 0o755);
  expect(findRedisServer(`${empty}:${folder}`)).toBe(file);
});

test('a redis-server that ends at once is said so', async () => {
  const folder = await newFolder();
  const file = join(folder, 'redis-server');
  await writeFile(file, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
  await expect(startRedisServer(file, join(folder, 'data'))).rejects.toThrow('exit code 3');
});

describe.skipIf(BINARY === undefined)('a redis-server on the PATH', () => {
  test('is started privately, never evicts, and keeps what it holds', async () => {
    const dataDir = await newFolder();
    const first = await open({ dataDir, path: process.env.PATH });
    expect(first.kind).toBe('server');
    expect(new URL(first.url).hostname).toBe('127.0.0.1');
    expect(await ask(first.url, (client) => client.config('GET', 'maxmemory-policy'))).toContain('noeviction');
    await ask(first.url, (client) => client.set('kept', 'yes'));
    await first.close();
    const again = await open({ dataDir, path: process.env.PATH });
    expect(await ask(again.url, (client) => client.get('kept'))).toBe('yes');
  });

  test('keeps what a lead did in one piece, which takes half the memory', async () => {
    const redis = await open({ dataDir: await newFolder(), path: process.env.PATH });
    const [kind, members] = await ask(redis.url, async (client) => {
      const space = createSpace(client, 'test', 'hubspot');
      const url = `https://www.acme.example/${'long/'.repeat(20)}`;
      const visit = (at: number) =>
        ({ person: { leadId: '1' }, activity: { type: 'page-view', id: `visit-${at}`, at, url } }) as const;
      await addActivities(space, [visit(1), visit(2), visit(3)], { now: 10, keep: 1_000_000 });
      const key = space.key('ledger', '1');
      return [await client.object('ENCODING', key), await client.zcard(key)];
    });
    expect(kind).toMatch(/^(?:listpack|ziplist)$/);
    expect(members).toBe(3);
  });

  test('ends with the process that started it, even where that is killed', async () => {
    const dataDir = await newFolder();
    const module = new URL('../../../src/queue/redis-server.ts', import.meta.url);
    const script = `
      import { startRedisServer } from ${JSON.stringify(module.href)};
      const { url } = await startRedisServer(${JSON.stringify(BINARY)}, ${JSON.stringify(dataDir)});
      console.log(url);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(owner.stdout, 'data');
    const client = new Redis(String(line).trim(), { retryStrategy: () => null });
    client.on('error', () => {});
    onTestFinished(() => client.disconnect());
    expect(await client.ping()).toBe('PONG');
    const gone = new Promise((resolve) => void client.once('close', resolve));
    owner.kill('SIGKILL');
    await gone;
  });

  test('is left aside where only the embedded one is wanted', async () => {
    expect((await open({ path: process.env.PATH, embeddedOnly: true })).kind).toBe('embedded');
  });
});

test.skipIf(BINARY === undefined || process.platform === 'win32')(
  'what a private redis-server keeps is for its owner alone, whatever others may read by default',
  async () => {
    const dataDir = join(await newFolder(), 'data');
    const former = process.umask(0o022);
    onTestFinished(() => void process.umask(former));
    const redis = await open({ dataDir, path: process.env.PATH });
    await ask(redis.url, (client) => client.set('lead', '1'));
    const names = await readdir(dataDir, { recursive: true });
    expect(names.some((name) => name.endsWith('.aof'))).toBe(true);
    for (const name of ['', ...names]) {
      const { mode } = await stat(join(dataDir, name));
      expect([name, mode & 0o077]).toEqual([name, 0]);
    }
  },
);
