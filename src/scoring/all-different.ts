import type { Activity } from '../leads/activity.ts';

/** When a place was last taken: by which list of activities. A new list needs no clearing. */
const TAKEN = new Uint32Array(4_096);
/** More are likely to share a place by chance. */
const FEW = 64;
let list = 0;

/**
 * Whether no two activities share their id; ids of two types may be alike, and then it says no. A short list takes a few
 * characters of each id for its place in a table, which is faster than a set; only where two want one place are they
 * looked at in full.
 */
export function allDifferent(activities: readonly Activity[]): boolean {
  if (activities.length <= FEW && placesDiffer(activities)) return true;
  const ids = new Set<string>();
  for (const { id } of activities) ids.add(id);
  return ids.size === activities.length;
}

function placesDiffer(activities: readonly Activity[]): boolean {
  list = list === 0xffffffff ? 1 : list + 1;
  for (const { id } of activities) {
    const place = placeOf(id);
    if (TAKEN[place] === list) return false;
    TAKEN[place] = list;
  }
  return true;
}

function placeOf(id: string): number {
  const last = id.length - 1;
  const mixed = id.charCodeAt(last) + 17 * id.charCodeAt(last - 1) + 289 * id.charCodeAt(last - 2);
  // A short id has no such characters: NaN becomes 0.
  return (mixed + 7 * id.charCodeAt(last >> 1)) & 4_095;
}
