import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { NAMESPACE } from '../../../src/cli/open-app.ts';
import { readProgress } from '../../../src/ledger/progress.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { type Leadgauge, startLeadgauge } from '../processes/leadgauge.ts';
import { type PortalProcess, startPortal } from '../processes/portal.ts';
import { type RedisProcess, startRedis } from '../processes/redis.ts';
import type { Stage } from '../processes/stage.ts';
import { unlessStopped } from '../processes/unless-stopped.ts';
import { setUp } from '../sync/backfill-run.ts';
import type { Limits } from '../sync/limit-used.ts';

/** What a worker's log says at the end of a backfill. */
export const SCORED = 'every lead is scored';

export interface Production {
  readonly portal: PortalProcess;
  readonly worker: Leadgauge;
  readonly redis: RedisProcess;
}

/** A portal that sends webhooks, Redis, and `leadgauge start` as receiver and as worker, each a process; the worker begins with a backfill. */
export async function startAll(stage: Stage, leads: number, limits: Limits): Promise<Production> {
  const { signal } = stage;
  const redis = await startRedis(stage);
  const port = await freePort();
  const secret = randomBytes(16).toString('hex');
  const webhooks = { url: `http://127.0.0.1:${port}/webhooks/hubspot`, secret };
  const portal = await startPortal(stage, { leads, webhooks, keepWrites: true });
  await portal.limit(limits);
  const dataDir = await stage.folder();
  await setUp(stage, { portal, redis, dataDir });
  await portal.clear();
  const config = await withoutCeiling('config', join(await stage.folder(), 'config'));
  const variables = {
    ...portal.variables,
    HUBSPOT_WEBHOOK_SECRETS: secret,
    PORT: String(port),
    LEADGAUGE_CONFIG: config,
  };
  const options = { variables, redisUrl: redis.url, dataDir };
  const receiver = startLeadgauge(stage, ['start', 'receiver'], options);
  await unlessStopped(signal, receiver.said('receiver listens'));
  const worker = startLeadgauge(stage, ['start', 'worker'], options);
  await unlessStopped(signal, worker.said('worker runs'));
  await untilBackfillBegins(redis, signal);
  return { portal, worker, redis };
}

/** A copy of a config folder by which any number may ask for a demo: nobody does so a thousand times an hour. Returns where it is. */
async function withoutCeiling(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true });
  const file = join(to, 'sales.yaml');
  const text = await readFile(file, 'utf8');
  const written = text.replace(/^ceiling: .*$/m, 'ceiling: off');
  if (written === text) throw new Error('sales.yaml has no ceiling');
  await writeFile(file, written);
  return to;
}

/** What somebody did before the first backfill began alerts nobody. */
async function untilBackfillBegins({ url }: RedisProcess, signal: AbortSignal): Promise<void> {
  const client = new Redis(url);
  client.on('error', () => {});
  try {
    const space = createSpace(client, NAMESPACE, 'hubspot');
    while ((await readProgress(space, 'baseline')) === undefined) await sleep(50, undefined, { signal });
  } finally {
    client.disconnect();
  }
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
