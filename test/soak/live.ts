import { performance } from 'node:perf_hooks';
import { MINUTE, SECOND, systemClock } from '../../src/base/clock.ts';
import { messageOf } from '../../src/base/errors.ts';
import { createRandom } from '../../src/sandbox/population/random.ts';
import type { Say } from '../bench/part.ts';
import { createMishaps } from './crm-faults.ts';
import type { CrmLife } from './crm-life.ts';
import type { followRequests } from './demo-requests.ts';
import type { Parts } from './parts.ts';
import { type PlannedTrouble, planTroubles } from './troubles.ts';
import type { World } from './world.ts';

/** What happened while the CRMs lived. */
export interface Lived {
  /** How often people did something, by what it was. */
  readonly deeds: Readonly<Record<string, number>>;
  readonly mishaps: Readonly<Record<string, number>>;
  readonly troubles: readonly string[];
  /** Deeds that the sandbox would not have: a mistake of the soak's. */
  readonly refused: readonly string[];
}

export interface LiveOptions {
  readonly world: World;
  readonly parts: Parts;
  readonly lives: readonly CrmLife[];
  readonly requests: ReturnType<typeof followRequests>;
  readonly seed: number;
  /** How long, in milliseconds. */
  readonly ms: number;
  readonly signal: AbortSignal;
  readonly say: Say;
}

/** Between two deeds, in milliseconds: as much as a portal of some hundred thousand contacts has at noon. */
const DEED_EVERY = 200;
const DEMO_EVERY = 3 * SECOND;
const MISHAP_EVERY = 2.5 * SECOND;
/** The last part of the time nothing new goes wrong: what went wrong before is to be seen mended. */
const CALM = 0.1;

/** Lets people do something in both CRMs, and lets go wrong what the seed says, until the time is over. */
export async function live(options: LiveOptions): Promise<Lived> {
  const { world, lives, requests, seed, ms, signal, say } = options;
  const random = createRandom(seed, 3);
  const mishaps = createMishaps(world.portal, world.org, createRandom(seed, 4));
  const plan = planTroubles(createRandom(seed, 5), ms, world.redis.trouble !== undefined);
  const deeds: Record<string, number> = {};
  const happened: Record<string, number> = {};
  const refused: string[] = [];
  const troubles: string[] = [];
  const began = performance.now();
  const gone = () => performance.now() - began;
  const count = (table: Record<string, number>, what: string) => {
    table[what] = (table[what] ?? 0) + 1;
  };

  /** What the sandbox would not have is a mistake of the soak's, and ends nothing. */
  const attempt = (deed: () => string) => () => {
    try {
      count(deeds, deed());
    } catch (error) {
      refused.push(messageOf(error));
    }
  };
  const ask = () => {
    requests.ask(random.pick(lives));
    return 'a demo request';
  };
  const timers = [
    setInterval(
      attempt(() => random.pick(lives).act()),
      DEED_EVERY,
    ),
    setInterval(attempt(ask), DEMO_EVERY),
    setInterval(() => gone() < ms * (1 - CALM) && count(happened, mishaps.happen()), MISHAP_EVERY),
    setInterval(() => say(progress(), { passing: true }), SECOND),
    setInterval(() => say(progress()), MINUTE),
  ];
  try {
    for (const trouble of plan) {
      await systemClock.sleep(Math.max(0, trouble.at - gone()), signal);
      troubles.push(trouble.what);
      say(`after ${clock(gone())}: ${trouble.what}`);
      await carryOut(trouble, options);
    }
    await systemClock.sleep(Math.max(0, ms - gone()), signal);
  } finally {
    for (const timer of timers) clearInterval(timer);
    mishaps.end();
  }
  return { deeds, mishaps: happened, troubles, refused };

  function progress(): string {
    const sum = (table: Record<string, number>) => Object.values(table).reduce((all, each) => all + each, 0);
    const { open, asked } = requests.answers();
    return [
      `${clock(gone())} of ${clock(ms)}`,
      `${sum(deeds)} deeds`,
      `${asked} demo requests, ${open.length} open`,
      `${sum(happened)} mishaps`,
      `${troubles.length} troubles`,
    ].join(', ');
  }
}

async function carryOut({ what, lasts }: PlannedTrouble, { world, parts, signal }: LiveOptions): Promise<void> {
  const meanwhile = () => systemClock.sleep(lasts, signal);
  const { trouble } = world.redis;
  switch (what) {
    case 'stop worker':
      return parts.restart('worker', 'SIGTERM', meanwhile);
    case 'kill worker':
      return parts.restart('worker', 'SIGKILL', meanwhile);
    case 'stop receiver':
      return parts.restart('receiver', 'SIGTERM', meanwhile);
    case 'kill receiver':
      return parts.restart('receiver', 'SIGKILL', meanwhile);
    case 'kill redis':
      return trouble?.killAndRestart(meanwhile);
    case 'freeze redis':
      trouble?.freeze();
      try {
        await meanwhile();
      } finally {
        trouble?.thaw();
      }
  }
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
