import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Activity } from '../leads/activity.ts';
import { decodeMember, encodeMember } from './activity-member.ts';
import { execute } from './execute.ts';
import type { Space } from './space.ts';

/** One record, in whatever CRM. */
export interface RecordReference {
  /** The name of its connection. */
  readonly connection: string;
  readonly id: string;
}

/** What a record tells of its person, besides what is kept under the person's address. */
export interface PersonRecord extends RecordReference {
  /** Ids of records that were merged into this one, under which activities are kept as well. */
  readonly formerIds: readonly string[];
  readonly counters: readonly Activity[];
  /** Another one once any of that changed, or what is kept under the record's own ids. */
  readonly stamp: string;
}

/** What is known of a person by one address. */
export interface KnownPerson {
  readonly records: readonly PersonRecord[];
  /** The stamp of what is kept under the address, as it was when the last of these records was scored. */
  readonly stamp: string | undefined;
}

/** By the hashes of addresses, in their order. */
export async function readPeople(space: Space, hashes: readonly string[]): Promise<KnownPerson[]> {
  if (hashes.length === 0) return [];
  const pipeline = space.redis.pipeline();
  for (const hash of hashes) pipeline.hgetall(space.personRecordsKey(hash));
  const replies = z.array(z.record(z.string(), z.string())).parse(await execute(pipeline));
  return replies.map(({ [ADDRESS]: stamp, ...records }) => ({
    stamp,
    records: Object.entries(records).flatMap(([field, text]) => decode(field, text) ?? []),
  }));
}

/** Notes of a person what one of their records tells, for `keep` milliseconds, and that it was scored with this stamp of the address. */
export async function notePerson(
  space: Space,
  notes: readonly { readonly hash: string; readonly record: PersonRecord; readonly stamp: string }[],
  keep: number,
): Promise<void> {
  if (notes.length === 0) return;
  const pipeline = space.redis.pipeline();
  for (const { hash, record, stamp } of notes) {
    const key = space.personRecordsKey(hash);
    pipeline.hset(key, fieldOf(record), encode(record), ADDRESS, stamp);
    if (keep === Number.POSITIVE_INFINITY) pipeline.persist(key);
    else pipeline.pexpire(key, keep);
  }
  await execute(pipeline);
}

/** This record is no more of the persons with these addresses. */
export async function leavePeople(space: Space, hashes: readonly string[], record: RecordReference): Promise<void> {
  if (hashes.length === 0) return;
  const pipeline = space.redis.pipeline();
  for (const hash of hashes) pipeline.hdel(space.personRecordsKey(hash), fieldOf(record));
  await execute(pipeline);
}

/** The same activities give the same stamp, in whatever order. */
export function stampOf(activities: readonly Activity[]): string {
  if (activities.length === 0) return '';
  const members = activities.map((activity) => `${activity.at} ${encodeMember({ activity })}`).sort();
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url').slice(0, 16);
}

/** No record has this field: theirs have the name of a connection before the colon. */
const ADDRESS = ':address';

const fieldOf = ({ connection, id }: RecordReference) => `${connection}:${id}`;

const entrySchema = z.tuple([z.string(), z.array(z.string()), z.array(z.tuple([z.number(), z.string()]))]);

function encode({ stamp, formerIds, counters }: PersonRecord): string {
  return JSON.stringify([stamp, formerIds, counters.map((activity) => [activity.at, encodeMember({ activity })])]);
}

/** Undefined for what another version wrote: the record is noted anew when it is scored next. */
function decode(field: string, text: string): PersonRecord | undefined {
  const entry = entrySchema.safeParse(JSON.parse(text));
  const [connection = '', id = ''] = field.split(/:(.*)/s);
  if (!entry.success || connection === '') return undefined;
  const [stamp, formerIds, counters] = entry.data;
  return {
    connection,
    id,
    formerIds,
    stamp,
    counters: counters.flatMap(([at, member]) => decodeMember(member, at)?.activity ?? []),
  };
}
