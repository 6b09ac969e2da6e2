import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { HEAP_FLAGS } from '../../../src/cli/collect-early.ts';
import type { Say } from '../part.ts';
import type { SentCall } from '../processes/crm-process.ts';
import { environmentOf } from '../processes/leadgauge.ts';
import { watchMemory } from '../processes/memory.ts';
import { type PortalProcess, startPortal } from '../processes/portal.ts';
import { startRedis } from '../processes/redis.ts';
import { onStage } from '../processes/stage.ts';
import { talkTo } from '../processes/talk.ts';
import { setUp } from '../sync/backfill-run.ts';

/** What so many worker processes make of the same work. */
export interface WorkersRun {
  readonly processes: number;
  /** Of all portals together, from the first call to the last write. */
  readonly leadsPerSecond: number;
  readonly seconds: number;
  /** Calls that write; as many as with one process, or leads were written twice. */
  readonly writes: number;
  readonly rateLimited: number;
  /** Of the process that took most. */
  readonly peakRssMb: number;
}

const MODULE = new URL('worker-process.ts', import.meta.url).pathname;
export const PORTALS = 10;

/** Backfills of ten portals at once, by so many worker processes on one Redis. */
export function runWorkers(
  signal: AbortSignal,
  { processes, leads, say }: { readonly processes: number; readonly leads: number; readonly say: Say },
): Promise<WorkersRun> {
  return onStage(signal, async (stage) => {
    say(`starting ${PORTALS} portals with ${leads} leads each`);
    const redis = await startRedis(stage);
    const dataDir = await stage.folder();
    const portals: PortalProcess[] = [];
    for (let count = 0; count < PORTALS; count += 1) {
      const portal = await startPortal(stage, { leads });
      await setUp(stage, { portal, redis, dataDir });
      await portal.clear();
      portals.push(portal);
    }
    const told = portals.map(({ variables }, place) => ({
      namespace: `leadgauge-${place}`,
      variables: environmentOf({ variables, redisUrl: redis.url, dataDir }),
    }));
    const workers = Array.from({ length: processes }, () =>
      talkTo(stage, MODULE, { portals: told }, { flags: HEAP_FLAGS }),
    );
    const memories = workers.map(({ pid }) => watchMemory(pid));
    try {
      say(`${PORTALS} backfills by ${processes} ${processes === 1 ? 'process' : 'processes'}`);
      await Promise.all(workers.map((worker) => worker.ask('start', {}, z.undefined())));
      const [first] = workers;
      while ((await first?.ask('scored', {}, z.number())) !== PORTALS) await sleep(200, undefined, { signal });
      const calls = (await Promise.all(portals.map((portal) => portal.calls()))).flat();
      return figuresOf(calls, {
        processes,
        leads: PORTALS * leads,
        peakMb: Math.max(...memories.map((memory) => memory.stop().peakMb)),
      });
    } finally {
      for (const memory of memories) memory.stop();
    }
  });
}

function figuresOf(
  calls: readonly SentCall[],
  { processes, leads, peakMb }: { readonly processes: number; readonly leads: number; readonly peakMb: number },
): WorkersRun {
  const began = Math.min(...calls.map(({ at }) => at));
  const ended = Math.max(...calls.filter(({ kind }) => kind === 'write').map(({ at }) => at));
  const seconds = (ended - began) / 1_000;
  return {
    processes,
    leadsPerSecond: Math.round(leads / seconds),
    seconds: Number(seconds.toFixed(1)),
    writes: calls.filter(({ kind }) => kind === 'write').length,
    rateLimited: calls.filter(({ status }) => status === 429).length,
    peakRssMb: Math.round(peakMb),
  };
}
