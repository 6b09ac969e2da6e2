import { DAY } from '../base/clock.ts';
import type { Space } from '../ledger/space.ts';
import { type BudgetLimits, budgetKeys, FARTHEST } from './budget.ts';

/** What is left of the API quota of a connection. */
export interface BudgetLeft {
  /** Calls that may go out at once now, and how many may in each `interval`, in milliseconds. */
  readonly burst: number;
  readonly burstOf: number;
  readonly interval: number;
  /** Of the account's day, as an answer told last; absent where none has for a day. */
  readonly day?: { readonly left: number; readonly of?: number; readonly toldAt: number };
  /** Of the fewer calls a day that config allows, where it does. */
  readonly ownDay?: { readonly left: number; readonly of: number };
  /** Whose calls of the day are spent but for the reserve of fast tracks: ordinary work rests until then. */
  readonly spent?: 'account' | 'config';
  /** Until when nobody calls, as the CRM asked for it: milliseconds since 1970. */
  readonly pausedUntil?: number;
}

/** Looks at the account that all processes share, and takes nothing of it. `now` is in milliseconds since 1970. */
export async function budgetLeft(space: Space, limits: BudgetLimits, now: number): Promise<BudgetLeft> {
  const [slots, , stateKey] = budgetKeys(space);
  const [held, state] = await Promise.all([
    space.redis.zcount(slots, `(${now}`, now + FARTHEST),
    space.redis.hgetall(stateKey),
  ]);
  const burstOf = limits.fixedBurst === true ? limits.burst : (numberOf(state.burst) ?? limits.burst);
  const pausedUntil = numberOf(state['paused-until']) ?? 0;
  return {
    burst: Math.max(0, burstOf - held),
    burstOf,
    interval: limits.interval,
    ...accountDay(state, now),
    ...ownDay(state, limits, now),
    ...((state.told === 'account' || state.told === 'config') && { spent: state.told }),
    ...(pausedUntil > now && pausedUntil <= now + FARTHEST && { pausedUntil }),
  };
}

type State = Readonly<Record<string, string>>;

function accountDay(state: State, now: number): Pick<BudgetLeft, 'day'> {
  const left = numberOf(state.daily);
  const toldAt = numberOf(state['daily-at']);
  if (left === undefined || toldAt === undefined || toldAt < now - DAY) return {};
  const of = numberOf(state['daily-limit']);
  return { day: { left, toldAt, ...(of !== undefined && { of }) } };
}

function ownDay(state: State, { daily }: BudgetLimits, now: number): Pick<BudgetLeft, 'ownDay'> {
  if (daily === undefined) return {};
  const isToday = numberOf(state.day) === Math.floor(now / DAY);
  const used = isToday ? (numberOf(state['day-calls']) ?? 0) : 0;
  return { ownDay: { left: Math.max(0, daily - used), of: daily } };
}

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
