import { z } from 'zod';
import type { Say } from '../part.ts';
import { startLeadgauge } from '../processes/leadgauge.ts';
import { startPortal } from '../processes/portal.ts';
import type { Stage } from '../processes/stage.ts';
import { talkTo } from '../processes/talk.ts';
import { unlessStopped } from '../processes/unless-stopped.ts';
import { setUp } from '../sync/backfill-run.ts';
import type { Competing } from './compare.ts';
import { outcomeOf, type Sent } from './load.ts';
import { type ReceiverProcess, startBare, startReceiver } from './start-receivers.ts';

const SLOW_REDIS = new URL('slow-redis-process.ts', import.meta.url).pathname;

/** So many webhooks a second, whatever becomes of them, and for how long, in seconds. */
const PER_SECOND = 200;
const FOR = 10;
/** As few as make the worker busy: it is the CRM that is slow. */
const LEADS = 100;

/** What goes wrong meanwhile. `crm-silent`: the CRM answers nobody, and a worker waits for it. */
export type Trouble = 'none' | 'redis-100-ms-late' | 'redis-silent' | 'redis-away' | 'crm-silent';

/** What the senders of 200 webhooks a second see. */
export interface Seen {
  readonly taken: number;
  /** 503: come again. */
  readonly refused: number;
  /** No answer within the five seconds for which HubSpot waits. */
  readonly unanswered: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface WhileSlow {
  readonly trouble: Trouble;
  readonly ours: Seen;
  readonly bare: Seen;
}

/** Webhooks come at an even pace while something else is slow. */
export async function measureWhileSlow(stage: Stage, { redis, load }: Competing, say: Say): Promise<WhileSlow[]> {
  const slow = talkTo(stage, SLOW_REDIS, { redisUrl: redis.url });
  const slowUrl = await slow.ask('url', {}, z.string());
  const [ours, bare] = [await startReceiver(stage, slowUrl), await startBare(stage, slowUrl)];
  const sendTo = async ({ url, secret }: ReceiverProcess): Promise<Seen> => {
    await load.prepare({ url, secret, events: 1, deliveries: PER_SECOND * FOR });
    return seenOf(await unlessStopped(stage.signal, load.stream(PER_SECOND)));
  };
  const see = async (trouble: Trouble): Promise<WhileSlow> => {
    say(`webhooks at an even pace; trouble: ${trouble}`);
    return { trouble, ours: await sendTo(ours), bare: await sendTo(bare) };
  };
  const within = async (mode: unknown, trouble: Trouble): Promise<WhileSlow> => {
    await slow.ask('mode', { mode }, z.undefined());
    const seen = await see(trouble);
    await slow.ask('mode', { mode: { delay: 0 } }, z.undefined());
    await untilReady(stage, ours);
    return seen;
  };
  // Neither was asked for anything yet.
  await sendTo(ours);
  await sendTo(bare);
  return [
    await see('none'),
    await within({ delay: 100 }, 'redis-100-ms-late'),
    await within('silent', 'redis-silent'),
    await within('away', 'redis-away'),
    await besideStalledWorker(stage, redis, () => see('crm-silent')),
  ];
}

/** A worker that has scored everyone, and then has no more answers of its CRM. */
async function besideStalledWorker<Result>(
  stage: Stage,
  redis: Competing['redis'],
  work: () => Promise<Result>,
): Promise<Result> {
  const portal = await startPortal(stage, { leads: LEADS });
  const dataDir = await stage.folder();
  await setUp(stage, { portal, redis, dataDir });
  const worker = startLeadgauge(stage, ['start', 'worker'], {
    variables: portal.variables,
    redisUrl: redis.url,
    dataDir,
  });
  await unlessStopped(stage.signal, worker.said('every lead is scored'));
  await portal.stall();
  return work();
}

async function untilReady({ signal }: Stage, { url }: ReceiverProcess): Promise<void> {
  while (!(await fetch(`${url}/readyz`)).ok) signal.throwIfAborted();
}

function seenOf(sent: Sent): Seen {
  const inTenths = (ms: number) => Number(ms.toFixed(1));
  const { p50Ms, p99Ms, maxMs } = sent;
  return { ...outcomeOf(sent), p50Ms: inTenths(p50Ms), p99Ms: inTenths(p99Ms), maxMs: inTenths(maxMs) };
}
