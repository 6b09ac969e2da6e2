import { createHash } from 'node:crypto';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/**
 * What has been put in front of sales already: activities, and rules on fields that came to hold for a lead, each by its
 * reference. `started` without `done` means that somebody began: a task may or may not exist, so look before making one.
 */
export type FastTrackState = 'new' | 'started' | 'done';

/** Says that work on this begins and returns how it stood before. Call it only for a lead that is claimed. */
export async function startFastTrack(space: Space, reference: string, keep: number): Promise<FastTrackState> {
  const before = await start(space.redis, [fastTrackKey(space, reference)], [keep]);
  return before === 'started' || before === 'done' ? before : 'new';
}

export async function finishFastTrack(space: Space, reference: string, keep: number): Promise<void> {
  await space.redis.set(fastTrackKey(space, reference), 'done', 'PX', keep);
}

/** Whether each of these is done with. */
export async function areFastTracksDone(space: Space, references: readonly string[]): Promise<boolean[]> {
  if (references.length === 0) return [];
  const states = await space.redis.mget(...references.map((reference) => fastTrackKey(space, reference)));
  return states.map((state) => state === 'done');
}

/** From when on each rule of a fast track alerts sales, in milliseconds since 1970, by what the rule asks. */
export async function readRuleStarts(space: Space): Promise<ReadonlyMap<string, number>> {
  const starts = await space.redis.hgetall(space.key('fast-track-starts'));
  return new Map(Object.entries(starts).map(([rule, at]) => [rule, Number(at)]));
}

/** Undefined forgets it: then it begins anew. */
export async function saveRuleStart(space: Space, rule: string, at: number | undefined): Promise<void> {
  const key = space.key('fast-track-starts');
  if (at === undefined) await space.redis.hdel(key, rule);
  else await space.redis.hset(key, rule, at);
}

/** Stands for one activity wherever a short name for it is needed, such as in a task's text. */
export function activityReference({ type, id }: Activity): string {
  return shortHash(`${type}\n${id}`);
}

/** The same for a rule on fields, by `FieldRule.meaning`, that came to hold for a lead. */
export function ruleReference(meaning: string, leadId: string): string {
  return shortHash(`rule ${meaning}\n${leadId}`);
}

/** The same under each id that the lead has or had: sales was told of the person if it was of any of these. */
export function ruleReferences(meaning: string, { id, formerIds }: Lead): string[] {
  return [id, ...formerIds].map((each) => ruleReference(meaning, each));
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);

const fastTrackKey = (space: Space, reference: string) => space.key('fast-track', reference);

const start = defineScript(`
local state = redis.call('GET', KEYS[1])
if not state then redis.call('SET', KEYS[1], 'started', 'PX', ARGV[1]) end
return state
`);
