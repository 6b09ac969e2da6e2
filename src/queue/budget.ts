import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Clock, DAY, HOUR, MINUTE, SECOND } from '../base/clock.ts';
import { RateLimitedError } from '../base/errors.ts';
import { type Log, silentLog } from '../base/log.ts';
import type { ApiBudget, BudgetedCall, ReportedLimits, Settle } from '../crm/api-budget.ts';
import type { RedisClient } from '../ledger/redis-client.ts';
import type { Space } from '../ledger/space.ts';
import { pause, take } from './budget-scripts.ts';

export interface BudgetLimits {
  /** Calls for each interval until an answer's headers say otherwise. */
  readonly burst: number;
  /** Whether `burst` holds whatever the headers say. */
  readonly fixedBurst?: boolean;
  /** Milliseconds. */
  readonly interval: number;
  /** Calls for each UTC day, where fewer are to be used than the account has. */
  readonly daily?: number;
  readonly search: number;
  readonly searchInterval: number;
  /** Burst slots that only urgent calls may use. */
  readonly burstReserve: number;
  /** What ordinary work leaves of the day's calls for urgent ones: so many, or a twentieth of the account's where that is more. */
  readonly dailyReserve: number;
}

/** HubSpot's lowest tier; the first answer's headers raise it. One search a second is left to other apps of the account. */
export const HUBSPOT_LIMITS: BudgetLimits = {
  burst: 100,
  interval: 10 * SECOND,
  search: 4,
  searchInterval: SECOND,
  burstReserve: 3,
  dailyReserve: 1_000,
};

/**
 * Salesforce counts by the day alone, and how many long calls run at once. The interval only keeps one mistake of ours from spending the day.
 * https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm
 */
export const SALESFORCE_LIMITS: BudgetLimits = {
  burst: 300,
  fixedBurst: true,
  interval: 10 * SECOND,
  search: 300,
  searchInterval: 10 * SECOND,
  burstReserve: 20,
  dailyReserve: 1_000,
};

/**
 * The API quota of one connection, kept in Redis and so shared by all processes.
 *
 * A call holds a slot from before it is sent until one interval after its answer. The CRM counted it somewhere between,
 * so no interval of the CRM's ever holds more calls than its limit, wherever that interval begins.
 *
 * Once a quarter of the slots are held, ordinary calls go out evenly spaced. Did they all go at once, none would come free for
 * the rest of the interval, and a fast track that needs more than the reserve would wait for as long. A patient call takes what
 * the others leave, so that a backfill of hours holds up nobody.
 *
 * That the day's calls are spent is said once by all processes together, and so is that they are no more.
 */
export function createBudget(space: Space, limits: BudgetLimits, clock: Clock, log: Log = silentLog): ApiBudget {
  const keys = budgetKeys(space);
  const { redis } = space;
  // As an answer told last; those of searches tell nothing, and what got lost neither.
  const known = { interval: limits.interval };

  return {
    async take(call) {
      for (;;) {
        const id = randomUUID();
        const { verdict, wait, news } = await ask(redis, keys, { ...limits, ...known }, id, call, clock.now());
        if (news !== undefined) log[news === 'over' ? 'info' : 'warn'](NEWS[news]);
        if (verdict === 'go') return settler(redis, keys, limits, known, clock, id, call);
        // A slot in flight may be settled long before it would run out: worth waiting for, and looking again soon.
        if (verdict !== 'full' && (verdict === 'spent' || wait > MINUTE)) throw spent(verdict, wait);
        await clock.sleep(Math.min(Math.max(wait, 5), verdict === 'full' ? 250 : MINUTE), call.signal);
      }
    },
    async pause(scope, ms) {
      const until = clock.now() + ms;
      const field = scope === 'search' ? 'search-paused-until' : 'paused-until';
      await pause(redis, [keys[2]], [field, until, clock.now() + FARTHEST]);
    },
  };
}

/** How long an answer that never comes keeps its slot, in milliseconds. */
const LOST = MINUTE;
/** How long a spent day is believed before one call finds out whether a new one has begun, in milliseconds. */
const BELIEVED = 15 * MINUTE;
/** Midnight is the account's own, whose time zone no answer tells. */
const NEWS = {
  account:
    "the day's API calls are spent but for the reserve of fast tracks: ordinary work rests until midnight in the time zone of the CRM account, and looks every 15 min whether it has come",
  config:
    "the day's API calls that config allows are spent but for the reserve of fast tracks: ordinary work rests until midnight UTC",
  over: 'there are API calls for ordinary work again: it goes on',
};
/** By how many calls an ordinary one that was late may catch up where they are spaced; as many may go at once. */
const CATCH_UP = 6;
/** A time farther ahead was written down by a wrong clock and counts for nothing; the CRM's longest pause is a day. */
export const FARTHEST = DAY + HOUR;

/** Where the account of a connection is kept. */
export const budgetKeys = (space: Space): Keys => [
  space.key('budget', 'slots'),
  space.key('budget', 'searches'),
  space.key('budget', 'state'),
];

type Keys = readonly [slots: string, searches: string, state: string];

async function ask(redis: RedisClient, keys: Keys, limits: BudgetLimits, id: string, call: BudgetedCall, now: number) {
  const reply = await take(redis, keys, [
    now,
    id,
    call.search ? 1 : 0,
    call.urgent ? 0 : limits.burstReserve,
    limits.burst,
    limits.search,
    call.urgent ? 0 : limits.dailyReserve,
    now + LOST + limits.interval,
    now + LOST + limits.searchInterval,
    BELIEVED,
    limits.daily ?? 0,
    Math.floor(now / DAY),
    DAY - (now % DAY),
    limits.fixedBurst ? 1 : 0,
    now + FARTHEST,
    limits.interval,
    CATCH_UP,
    LOST,
    limits.burstReserve,
    call.patient ? 1 : 0,
    call.looks ? 1 : 0,
  ]);
  const [verdict, wait, news] = verdictSchema.parse(reply);
  return { verdict, wait, news };
}

const verdictSchema = z.tuple([
  z.enum(['go', 'full', 'paused', 'spent']),
  z.coerce.number(),
  z.enum(['account', 'config', 'over']).optional(),
]);

function spent(verdict: 'paused' | 'spent', wait: number): RateLimitedError {
  const what =
    verdict === 'spent'
      ? "the day's API calls are spent but for the reserve of fast tracks"
      : 'the CRM asked us to wait';
  return new RateLimitedError(`${what}: looking again in ${Math.ceil(wait / MINUTE)} min`, { retryAfter: wait });
}

function settler(
  redis: RedisClient,
  keys: Keys,
  limits: BudgetLimits,
  known: { interval: number },
  clock: Clock,
  id: string,
  call: BudgetedCall,
): Settle {
  return (reported?: ReportedLimits) => {
    const now = clock.now();
    known.interval = reported?.interval || known.interval;
    const pipeline = redis.pipeline();
    pipeline.zadd(keys[0], now + known.interval, id);
    if (call.search) pipeline.zadd(keys[1], now + limits.searchInterval, id);
    if (reported?.burst !== undefined && !limits.fixedBurst) pipeline.hset(keys[2], 'burst', reported.burst);
    if (reported?.dailyRemaining !== undefined) {
      pipeline.hset(keys[2], 'daily', reported.dailyRemaining, 'daily-at', now);
    }
    if (reported?.daily !== undefined) pipeline.hset(keys[2], 'daily-limit', reported.daily);
    // Nobody waits for this: a lost settlement only keeps the slot a little longer.
    pipeline.exec().catch(() => {});
  };
}
