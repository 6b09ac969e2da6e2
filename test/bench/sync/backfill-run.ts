import { z } from 'zod';
import { loadConfig } from '../../../src/settings/config.ts';
import { keepFor } from '../../../src/sync/connection.ts';
import type { Say } from '../part.ts';
import type { CrmProcess, SentCall } from '../processes/crm-process.ts';
import { startLeadgauge } from '../processes/leadgauge.ts';
import { type Memory, watchMemory } from '../processes/memory.ts';
import type { RedisProcess } from '../processes/redis.ts';
import type { Stage } from '../processes/stage.ts';
import { unlessStopped } from '../processes/unless-stopped.ts';
import type { CrmUnderTest } from './crm-under-test.ts';
import type { LeastCalls } from './least-calls.ts';

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

/** Where leadgauge is to work. */
export interface Place<Portal extends Pick<CrmProcess, 'variables'> = CrmProcess> {
  readonly portal: Portal;
  readonly redis: RedisProcess;
  readonly dataDir: string;
}

/** `leadgauge setup`, as somebody does who begins. */
export async function setUp(stage: Stage, place: Place<Pick<CrmProcess, 'variables'>>): Promise<void> {
  await unlessStopped(stage.signal, startLeadgauge(stage, ['setup', '--yes'], optionsOf(place)).ended);
}

/** `leadgauge backfill` in a process of its own, watched from outside. */
export async function runBackfill(stage: Stage, place: Place<CrmUnderTest>, say: Say): Promise<BackfillRun> {
  const { portal, redis } = place;
  const { models } = loadConfig(portal.variables.LEADGAUGE_CONFIG ?? 'config');
  const since = Date.now() - keepFor(models);
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
    return {
      written,
      calls,
      least: await portal.leastCalls({ since, leads, written, calls }),
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

const optionsOf = ({ portal, redis, dataDir }: Place<Pick<CrmProcess, 'variables'>>) => ({
  variables: portal.variables,
  redisUrl: redis.url,
  dataDir,
});

function sayProgress(portal: CrmProcess, say: Say): NodeJS.Timeout {
  const tell = async () => say(await portal.progress(), { passing: true });
  return setInterval(() => void tell().catch(() => {}), 1_000);
}
