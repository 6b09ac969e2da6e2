import { z } from 'zod';
import { hubspotOf, loadConfig } from '../../../src/settings/config.ts';
import { keepFor } from '../../../src/sync/connection.ts';
import type { Say } from '../part.ts';
import { startLeadgauge } from '../processes/leadgauge.ts';
import { type Memory, watchMemory } from '../processes/memory.ts';
import type { PortalProcess, SentCall } from '../processes/portal.ts';
import type { RedisProcess } from '../processes/redis.ts';
import type { Stage } from '../processes/stage.ts';
import { unlessStopped } from '../processes/unless-stopped.ts';
import { type LeastCalls, leastCalls } from './least-calls.ts';

export interface BackfillRun {
  readonly written: number;
  /** Every request that the portal was sent, oldest first. */
  readonly calls: readonly SentCall[];
  readonly least: LeastCalls;
  /** From the first call to the last. */
  readonly seconds: number;
  readonly memory: Memory;
  /** By how much Redis grew; undefined where it does not tell. */
  readonly redisBytes: number | undefined;
}

export interface BackfillPlace {
  readonly portal: PortalProcess;
  readonly redis: RedisProcess;
  readonly dataDir: string;
}

/** `leadgauge setup`, as somebody does who begins. */
export async function setUp(stage: Stage, place: BackfillPlace): Promise<void> {
  await unlessStopped(stage.signal, startLeadgauge(stage, ['setup', '--yes'], optionsOf(place)).ended);
}

/** `leadgauge backfill` in a process of its own, watched from outside. */
export async function runBackfill(stage: Stage, place: BackfillPlace, say: Say): Promise<BackfillRun> {
  const { portal, redis } = place;
  const config = loadConfig('config');
  const { pageViews, submissions } = await portal.did(Date.now() - keepFor(config.models));
  const bytesBefore = await redis.memory();
  await portal.clear();
  const leadgauge = startLeadgauge(stage, ['backfill', '--json'], optionsOf(place));
  const memory = watchMemory(leadgauge.pid);
  const progress = sayProgress(portal, say);
  try {
    const output = await unlessStopped(stage.signal, leadgauge.ended);
    const { leads, written } = tallySchema.parse(JSON.parse(output));
    const calls = await portal.calls();
    const bytes = await redis.memory();
    const read = new Set(Object.values(hubspotOf(config).value.forms).flat());
    const todo = {
      leads,
      writes: written,
      pageViews,
      submissions: submissions.filter(({ form }) => read.has(form)).map(({ count }) => count),
    };
    return {
      written,
      calls,
      least: leastCalls(todo, calls),
      seconds: ((calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0)) / 1_000,
      memory: memory.stop(),
      redisBytes: bytes === undefined || bytesBefore === undefined ? undefined : bytes - bytesBefore,
    };
  } finally {
    clearInterval(progress);
    memory.stop();
  }
}

const tallySchema = z.object({ leads: z.number(), written: z.number() });

const optionsOf = ({ portal, redis, dataDir }: BackfillPlace) => ({
  portalUrl: portal.url,
  redisUrl: redis.url,
  dataDir,
});

function sayProgress(portal: PortalProcess, say: Say): NodeJS.Timeout {
  const tell = async () => {
    const { activity, listed, updated } = await portal.counts();
    say(`${activity} calls for what people did, ${listed} pages of leads read, ${updated} written`, { passing: true });
  };
  return setInterval(() => void tell().catch(() => {}), 1_000);
}
