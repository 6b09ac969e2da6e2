import { createHash } from 'node:crypto';
import type { Activity } from '../leads/activity.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/**
 * Which activities have been put in front of sales already. `started` without `done` means that somebody began: a task
 * may or may not exist, so look before making one.
 */
export type FastTrackState = 'new' | 'started' | 'done';

/** Says that work on this activity begins and returns how it stood before. Call it only for a lead that is claimed. */
export async function startFastTrack(space: Space, activity: Activity, keep: number): Promise<FastTrackState> {
  const before = await start(space.redis, [fastTrackKey(space, activity)], [keep]);
  return before === 'started' || before === 'done' ? before : 'new';
}

export async function finishFastTrack(space: Space, activity: Activity, keep: number): Promise<void> {
  await space.redis.set(fastTrackKey(space, activity), 'done', 'PX', keep);
}

/** Whether each of these activities is done with. */
export async function areFastTracksDone(space: Space, activities: readonly Activity[]): Promise<boolean[]> {
  if (activities.length === 0) return [];
  const states = await space.redis.mget(...activities.map((activity) => fastTrackKey(space, activity)));
  return states.map((state) => state === 'done');
}

/** From when on each rule of a fast track alerts sales, in milliseconds since 1970, by what the rule asks. */
export async function readRuleStarts(space: Space): Promise<ReadonlyMap<string, number>> {
  const starts = await space.redis.hgetall(space.key('fast-track-starts'));
  return new Map(Object.entries(starts).map(([rule, at]) => [rule, Number(at)]));
}

export async function saveRuleStart(space: Space, rule: string, at: number): Promise<void> {
  await space.redis.hset(space.key('fast-track-starts'), rule, at);
}

/** Stands for one activity wherever a short name for it is needed, such as in a task's text. */
export function referenceOf(activity: Activity): string {
  return createHash('sha256').update(`${activity.type}\n${activity.id}`).digest('hex').slice(0, 12);
}

const fastTrackKey = (space: Space, activity: Activity) => space.key('fast-track', referenceOf(activity));

const start = defineScript(`
local state = redis.call('GET', KEYS[1])
if not state then redis.call('SET', KEYS[1], 'started', 'PX', ARGV[1]) end
return state
`);
