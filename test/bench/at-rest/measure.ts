import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../support/free-port.ts';
import type { Say } from '../part.ts';
import { startLeadgauge } from '../processes/leadgauge.ts';
import { residentMb } from '../processes/memory.ts';
import { type PortalProcess, startPortal } from '../processes/portal.ts';
import { type RedisProcess, startRedis } from '../processes/redis.ts';
import type { Stage } from '../processes/stage.ts';
import { unlessStopped } from '../processes/unless-stopped.ts';
import { startBare } from '../receiver/start-receivers.ts';
import { setUp } from '../sync/backfill-run.ts';
import { median } from '../turns.ts';

/** So many leads the CRM has, all of them scored before: a worker holds none of them. */
const LEADS = 1_000;
const STARTS = 5;
/** A process is at rest after so long, and is looked at so many times, once a second. */
const SETTLED_MS = 10_000;
const LOOKS = 5;

/** A process from its start on, in the middle of several starts. */
export interface AtRest {
  /** From its start until it works or listens, in milliseconds. */
  readonly startMs: number;
  readonly restMb: number;
}

export type MeasuredAtRest = Readonly<Record<'worker' | 'receiver' | 'bare' | 'node', AtRest>>;

/** One of them, ready; `end` ends it. */
interface Started {
  readonly pid: number;
  end(): Promise<unknown>;
}

/** Worker and receiver, beside the bare route of the part `receiver` and Node itself with nothing to do. */
export async function measureAtRest(stage: Stage, say: Say): Promise<MeasuredAtRest> {
  const redis = await startRedis(stage);
  const portal = await startPortal(stage, { leads: LEADS });
  const dataDir = await stage.folder();
  await setUp(stage, { portal, redis, dataDir });
  const place = { portal, redis, dataDir };
  say('a first worker scores everyone');
  const first = startWorker(stage, place);
  await unlessStopped(stage.signal, first.said('every lead is scored'));
  await first.stop();
  const measure = async (name: string, start: () => Promise<Started>): Promise<AtRest> => {
    const all: AtRest[] = [];
    for (let count = 1; count <= STARTS; count += 1) {
      say(`${name}, start ${count} of ${STARTS}`);
      all.push(await startOnce(stage, start));
    }
    return {
      startMs: Math.round(median(all.map(({ startMs }) => startMs))),
      restMb: Math.round(median(all.map(({ restMb }) => restMb))),
    };
  };
  return {
    worker: await measure('worker', async () => {
      const worker = startWorker(stage, place);
      await worker.said('worker runs');
      return { pid: worker.pid, end: worker.stop };
    }),
    receiver: await measure('receiver', async () => {
      const variables = { HUBSPOT_WEBHOOK_SECRETS: randomBytes(16).toString('hex'), PORT: String(await freePort()) };
      const receiver = startLeadgauge(stage, ['start', 'receiver'], { variables, redisUrl: redis.url, dataDir });
      await receiver.said('receiver listens');
      return { pid: receiver.pid, end: receiver.stop };
    }),
    bare: await measure('the bare route', () => startBare(stage, redis.url)),
    node: await measure('Node alone', () => startNode(stage)),
  };
}

interface Place {
  readonly portal: PortalProcess;
  readonly redis: RedisProcess;
  readonly dataDir: string;
}

function startWorker(stage: Stage, { portal, redis, dataDir }: Place) {
  return startLeadgauge(stage, ['start', 'worker'], { variables: portal.variables, redisUrl: redis.url, dataDir });
}

async function startOnce(stage: Stage, start: () => Promise<Started>): Promise<AtRest> {
  const began = performance.now();
  const { pid, end } = await unlessStopped(stage.signal, start());
  const startMs = performance.now() - began;
  await sleep(SETTLED_MS, undefined, { signal: stage.signal });
  const looks: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    looks.push(await residentMb(pid));
    await sleep(1_000, undefined, { signal: stage.signal });
  }
  await end();
  return { startMs, restMb: median(looks) };
}

/** What any program on Node costs. */
async function startNode(stage: Stage): Promise<Started> {
  const program = 'setInterval(() => {}, 1_000); process.stdout.write("ready")';
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  stage.addProcess(child);
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  return {
    pid: child.pid ?? 0,
    end() {
      child.kill();
      return ended;
    },
  };
}
