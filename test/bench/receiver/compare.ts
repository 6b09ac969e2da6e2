import { Redis } from 'ioredis';
import { NAMESPACE } from '../../../src/cli/open-app.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { keysLike } from '../../support/redis-keys.ts';
import { Disagreement, type Say } from '../part.ts';
import { cpuSeconds } from '../processes/cpu-time.ts';
import type { RedisProcess } from '../processes/redis.ts';
import type { Stage } from '../processes/stage.ts';
import { unlessStopped } from '../processes/unless-stopped.ts';
import { median, ratio } from '../turns.ts';
import { type Load, outcomeOf } from './load.ts';
import type { ReceiverProcess } from './start-receivers.ts';

/** Deliveries of so many events each, and how many of them make a turn of about a second. */
const SIZES = [
  { events: 1, deliveries: 4_000 },
  { events: 10, deliveries: 3_000 },
  { events: 100, deliveries: 500 },
];
const TURNS = { warmUp: 2, counted: 11 };
/** So many requests are under way at once. HubSpot sends ten for each portal by default. */
export const CONNECTIONS = 50;

interface Figures {
  /** Those that were taken. */
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answered with 503, or not at all: Redis or the receiver had no processor for most of a second. */
  readonly refused: number;
  /** Time on a processor for each request, in microseconds; undefined where the machine does not tell. */
  readonly cpuMicros: number | undefined;
}

/** The two receivers, with deliveries of one size. */
export interface Compared extends Figures {
  readonly events: number;
  readonly vsBare: number;
  readonly bare: Figures;
}

interface Turn {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly refused: number;
  readonly cpu: number | undefined;
}

export interface Competing {
  readonly ours: ReceiverProcess;
  readonly bare: ReceiverProcess;
  readonly redis: RedisProcess;
  readonly load: Load;
}

/** Both take in the same, one turn after the other, as fast as they can. */
export async function compareReceivers(stage: Stage, competing: Competing, say: Say): Promise<Compared[]> {
  const client = new Redis(competing.redis.url);
  client.on('error', () => {});
  stage.add(async () => client.disconnect());
  const compared: Compared[] = [];
  for (const { events, deliveries } of SIZES) {
    say(`deliveries of ${events === 1 ? 'one event' : `${events} events`}`);
    const turns: Record<Given['who'], Turn[]> = { ours: [], bare: [] };
    for (let turn = 0; turn < TURNS.warmUp + TURNS.counted; turn += 1) {
      for (const who of turn % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
        stage.signal.throwIfAborted();
        const taken = await takeTurn(stage, competing, { who, events, deliveries, client });
        if (turn >= TURNS.warmUp) turns[who].push(taken);
      }
    }
    compared.push(comparedOf(events, turns));
  }
  return compared;
}

interface Given {
  readonly who: 'ours' | 'bare';
  readonly events: number;
  readonly deliveries: number;
  readonly client: Redis;
}

async function takeTurn(stage: Stage, competing: Competing, { who, events, deliveries, client }: Given): Promise<Turn> {
  const { url, secret, pid } = competing[who];
  await competing.load.prepare({ url, secret, events, deliveries });
  await emptyOf(client);
  const before = await cpuSeconds(pid);
  const sent = await unlessStopped(stage.signal, competing.load.rush(CONNECTIONS));
  const after = await cpuSeconds(pid);
  const { seconds, p50Ms, p99Ms } = sent;
  const { taken, refused, unanswered } = outcomeOf(sent);
  await checkKept(client, who, taken * events);
  return {
    perSecond: taken / seconds,
    p50Ms,
    p99Ms,
    refused: refused + unanswered,
    cpu: before === undefined || after === undefined ? undefined : (1e6 * (after - before)) / deliveries,
  };
}

/** Nothing of the turn before, but what queues say of themselves: how much of their past they keep. */
async function emptyOf(client: Redis): Promise<void> {
  const keys = (await keysLike(client, '*')).filter((key) => !key.endsWith(':meta'));
  for (let start = 0; start < keys.length; start += 10_000) await client.unlink(keys.slice(start, start + 10_000));
}

/** What was acknowledged is in Redis: a job for each event of the one, every event noted and its contact marked by the other. */
async function checkKept(client: Redis, who: Given['who'], events: number): Promise<void> {
  const { key } = createSpace(client, NAMESPACE, 'hubspot');
  const kept =
    who === 'bare' ? await client.llen('bare:events:wait') : (await keysLike(client, key('event', '*'))).length;
  if (kept < events) throw new Disagreement(`${who} acknowledged ${events} events and kept ${kept}`);
}

function comparedOf(events: number, { ours, bare }: Record<Given['who'], Turn[]>): Compared {
  const speed = ({ perSecond }: Turn) => perSecond;
  const cpu = [ours, bare].map((turns) => Math.round(median(turns.map((turn) => turn.cpu))));
  const [cpuMicros, bareCpuMicros] = cpu.map((micros) => (Number.isNaN(micros) ? undefined : micros));
  const { requestsPerSecond, ...others } = figuresOf(ours);
  return {
    events,
    requestsPerSecond,
    vsBare: Number(ratio(ours.map(speed), bare.map(speed)).toFixed(2)),
    ...others,
    cpuMicros,
    bare: { ...figuresOf(bare), cpuMicros: bareCpuMicros },
  };
}

/** In the middle of all turns; what was refused, in all of them. */
function figuresOf(turns: readonly Turn[]): Omit<Figures, 'cpuMicros'> {
  return {
    requestsPerSecond: Math.round(median(turns.map(({ perSecond }) => perSecond))),
    p50Ms: Number(median(turns.map(({ p50Ms }) => p50Ms)).toFixed(1)),
    p99Ms: Number(median(turns.map(({ p99Ms }) => p99Ms)).toFixed(1)),
    refused: turns.reduce((sum, { refused }) => sum + refused, 0),
  };
}
