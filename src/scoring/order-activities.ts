import type { Activity } from '../leads/activity.ts';
import { allDifferent } from './all-different.ts';

/**
 * The activities that can be counted, each once, oldest first: the same array whatever order they came in and however
 * often. Where one comes with different contents, as a counter does that has grown, the latest stands.
 */
export function orderActivities(activities: readonly Activity[]): readonly Activity[] {
  if (isInOrder(activities)) return activities;
  const latest = new Map<string, Activity>();
  for (const activity of activities) {
    if (!isCountable(activity)) continue;
    const key = `${activity.type} ${activity.id}`;
    const known = latest.get(key);
    if (known === undefined || isLater(activity, known)) latest.set(key, activity);
  }
  return [...latest.values()].sort(byTime);
}

/** How often an activity stands for, at most a million. */
export function countOf({ count }: Activity): number {
  return count === undefined ? 1 : Math.min(Math.floor(count), MOST);
}

const MOST = 1_000_000;
/** The last moment that a Date can be, either way. */
const LAST_TIME = 8.64e15;

/** Whether there is nothing to do, as there mostly is not: the ledger keeps them in order. */
function isInOrder(activities: readonly Activity[]): boolean {
  let before: Activity | undefined;
  for (const activity of activities) {
    if (!isCountable(activity) || (before !== undefined && byTime(before, activity) >= 0)) return false;
    before = activity;
  }
  return allDifferent(activities);
}

function isCountable({ at, count }: Activity): boolean {
  return Math.abs(at) <= LAST_TIME && (count === undefined || count >= 1);
}

function byTime(one: Activity, other: Activity): number {
  return one.at - other.at || compare(one.type, other.type) || compare(one.id, other.id);
}

/** What decides first: the time, a machine's mark, which may come late, and how often; then anything, for it to be always the same. */
function isLater(one: Activity, other: Activity): boolean {
  const order =
    one.at - other.at ||
    compare(one.machine ?? '', other.machine ?? '') ||
    (one.count ?? 1) - (other.count ?? 1) ||
    compare(one.url ?? '', other.url ?? '') ||
    compare(one.name ?? '', other.name ?? '') ||
    (one.minutes ?? -1) - (other.minutes ?? -1) ||
    (one.deliveredAt ?? -1) - (other.deliveredAt ?? -1) ||
    Number(one.isInbound ?? false) - Number(other.isInbound ?? false);
  return order > 0;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
