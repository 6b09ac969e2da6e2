import { z } from 'zod';
import { MINUTE, SECOND } from '../../../src/base/clock.ts';
import { HEAP_FLAGS } from '../../../src/cli/collect-early.ts';
import { environmentOf } from '../processes/leadgauge.ts';
import { NO_LIMIT } from '../processes/portal.ts';
import type { Stage } from '../processes/stage.ts';
import { type Talk, talkTo } from '../processes/talk.ts';
import { median } from '../turns.ts';
import type { Place } from './backfill-run.ts';
import type { Limits } from './limit-used.ts';

export interface Incremental {
  readonly leads: number;
  /** By what they were for. */
  readonly calls: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Undefined where the Redis does not tell. */
  readonly redisCommands: number | undefined;
}

const MODULE = new URL('syncer-process.ts', import.meta.url).pathname;
export const CHANGES = 1_000;
const ROUNDS = 5;
/** In turns, so that every change changes the score. */
const TITLES = ['Chief Financial Officer', 'Assistant'];
/** Longer than any window reaches back, in milliseconds. */
const BETWEEN = 20 * MINUTE;
/** Until search has learnt of the changes and the windows have reached them, in milliseconds. */
const INDEXED = 30 * SECOND;

/** What the polls of a minute cost after a thousand leads changed, in the middle of several times. */
export async function measureIncremental(
  stage: Stage,
  place: Place,
  { leads, limits }: { readonly leads: number; readonly limits?: Limits | undefined },
): Promise<Incremental> {
  const { portal, redis } = place;
  const time = createTime(stage, place);
  // The first poll after a backfill looks once at all that the backfill wrote: that is not what is measured.
  await portal.limit?.(NO_LIMIT);
  const first = time.startSyncer({ searchesPerSecond: 1_000 });
  await time.pass(first, INDEXED);
  await sync(first);
  await first.end();

  if (limits !== undefined) await portal.limit?.(limits);
  const syncer = time.startSyncer({});
  const rounds: Omit<Incremental, 'leads'>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    stage.signal.throwIfAborted();
    // Once without any change, so that no window reaches back to those before.
    await time.pass(syncer, BETWEEN);
    await sync(syncer);
    await portal.change(CHANGES, TITLES[round % TITLES.length] ?? '');
    await time.pass(syncer, INDEXED);
    const before = await redis.commands();
    const { calls, seconds } = await sync(syncer);
    const after = await redis.commands();
    const redisCommands = before === undefined || after === undefined ? undefined : after - before;
    rounds.push({ calls, seconds, redisCommands });
  }
  await syncer.end();
  const kinds = Object.keys(rounds[0]?.calls ?? {});
  const commands = median(rounds.map(({ redisCommands }) => redisCommands));
  return {
    leads,
    calls: Object.fromEntries(kinds.map((kind) => [kind, median(rounds.map(({ calls }) => calls[kind]))])),
    seconds: median(rounds.map(({ seconds }) => seconds)),
    redisCommands: Number.isNaN(commands) ? undefined : commands,
  };
}

const syncedSchema = z.object({ calls: z.record(z.string(), z.number()), seconds: z.number(), left: z.number() });

async function sync(syncer: Talk): Promise<z.output<typeof syncedSchema>> {
  const synced = await syncer.ask('sync', {}, syncedSchema);
  if (synced.left > 0) throw new Error(`a sync left ${synced.left} leads behind`);
  return synced;
}

/** Time goes by for portal and syncer alike, without anybody waiting for it. */
function createTime(stage: Stage, { portal, redis, dataDir }: Place) {
  let ahead = 0;
  return {
    startSyncer(options: { readonly searchesPerSecond?: number }): Talk {
      const env = environmentOf({ variables: portal.variables, redisUrl: redis.url, dataDir });
      return talkTo(stage, MODULE, { ...options, crm: portal.crm, ahead }, { env, flags: HEAP_FLAGS });
    },
    async pass(syncer: Talk, ms: number): Promise<void> {
      ahead += ms;
      await syncer.ask('advance', { ms }, z.undefined());
      await portal.advance(ms);
    },
  };
}
