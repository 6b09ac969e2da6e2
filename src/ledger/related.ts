import { DAY, MINUTE } from '../base/clock.ts';
import { execute } from './execute.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/**
 * Which version of a related record (a company) all its leads were scored with, by its id: `since version`, where `since` is
 * when the first of them was, or 0 once all were marked. A record that nobody's fields came from has no entry.
 */
export interface RelatedVersion {
  readonly source: string;
  readonly id: string;
  readonly version: string;
}

/** A refresh renews what is in use. */
const KEEP = 400 * DAY;

/** How far the clock of the CRM may be from ours, in milliseconds. */
const SKEW = MINUTE;

/** Notes what leads that were just read are scored with. Call it before they are scored. */
export async function noteRelated(space: Space, versions: readonly RelatedVersion[], now: number): Promise<void> {
  const byKey = new Map(versions.map(({ source, id, version }) => [relatedKey(space, source, id), version]));
  if (byKey.size > 0) await note(space.redis, [...byKey.keys()], [now, KEEP, ...byKey.values()]);
}

/** Those of these records whose leads may have been scored with another version. */
export async function movedRelated<Changed extends Omit<RelatedVersion, 'source'> & { readonly changedAt: number }>(
  space: Space,
  source: string,
  changed: readonly Changed[],
): Promise<Changed[]> {
  if (changed.length === 0) return [];
  const entries = await space.redis.mget(...changed.map(({ id }) => relatedKey(space, source, id)));
  return changed.filter(({ version, changedAt }, index) => {
    const [since, noted] = entries[index]?.split(' ') ?? [];
    if (noted === undefined) return false;
    // One that was scored after the change had the new version; those before it had not.
    return noted !== version || Number(since) >= changedAt - SKEW;
  });
}

/** All leads of these records are marked: whatever is scored from now on has at least this version. */
export async function settleRelated(
  space: Space,
  source: string,
  settled: readonly Omit<RelatedVersion, 'source'>[],
): Promise<void> {
  const pipeline = space.redis.pipeline();
  for (const { id, version } of settled) pipeline.set(relatedKey(space, source, id), `0 ${version}`, 'PX', KEEP);
  await execute(pipeline);
}

const relatedKey = (space: Space, source: string, id: string) => space.key('related', source, id);

const note = defineScript(`
for i, key in ipairs(KEYS) do
  local version = ARGV[i + 2]
  local entry = redis.call('GET', key)
  if entry and string.match(entry, ' (.+)$') == version then redis.call('PEXPIRE', key, ARGV[2])
  else redis.call('SET', key, ARGV[1] .. ' ' .. version, 'PX', ARGV[2]) end
end
`);
