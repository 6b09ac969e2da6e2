import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Activity } from '../leads/activity.ts';
import { decodeMember, encodeMember } from './activity-member.ts';
import { type Command, executeSpread } from './execute.ts';
import { defineScript } from './script.ts';
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
  /** Of all that the person's other records were told of by it last; another one once any of that changed. */
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
  const replies = await executeSpread(
    space.redis,
    hashes.map((hash) => ['hgetall', space.personRecordsKey(hash)]),
  );
  return z
    .array(z.record(z.string(), z.string()))
    .parse(replies)
    .map((fields) => ({
      stamp: fields[ADDRESS],
      records: Object.entries(fields).flatMap(([field, text]) => decode(field, text, fields[`:${field}`]) ?? []),
    }));
}

interface Note {
  readonly hash: string;
  readonly record: Omit<PersonRecord, 'stamp'>;
}

/**
 * From now on whoever asks for these people finds the records, with what they count now. Nobody is told yet: the stamps stay as
 * they are. Kept without an end, as is a lead's state then: who has been quiet for years may come back in another CRM.
 */
export async function meetPeople(space: Space, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  await executeSpread(
    space.redis,
    notes.map(({ hash, record }) => ['hset', space.personRecordsKey(hash), fieldOf(record), encode(record)]),
  );
}

/** The other records were told of these, and all were of what is kept under the address, by this stamp of it. */
export async function notePeople(
  space: Space,
  notes: readonly (Note & { readonly record: PersonRecord; readonly stamp: string })[],
): Promise<void> {
  if (notes.length === 0) return;
  await executeSpread(
    space.redis,
    notes.map(({ hash, record, stamp }) => {
      return ['hset', space.personRecordsKey(hash), stampField(record), record.stamp, ADDRESS, stamp];
    }),
  );
}

/**
 * Nobody finds this record any more by these addresses, but that it was there is still known until `leavePeople`, so that the
 * others can be told meanwhile. @returns the hashes of those by which it was known.
 */
export async function hideRecord(
  space: Space,
  hashes: readonly string[],
  record: RecordReference,
): Promise<readonly string[]> {
  if (hashes.length === 0) return [];
  const commands = hashes.flatMap((hash): Command[] => [
    ['hexists', space.personRecordsKey(hash), stampField(record)],
    ['hdel', space.personRecordsKey(hash), fieldOf(record)],
  ]);
  const replies = z.array(z.number()).parse(await executeSpread(space.redis, commands));
  return hashes.filter((_, index) => replies[2 * index] === 1 || replies[2 * index + 1] === 1);
}

/** This record is no more of the persons with these addresses. Of whom no record is left, nothing stays. */
export async function leavePeople(space: Space, hashes: readonly string[], record: RecordReference): Promise<void> {
  const fields = [fieldOf(record), stampField(record)];
  await Promise.all(
    hashes.map((hash) => leaveScript(space.redis, [space.personRecordsKey(hash)], [ADDRESS, ...fields])),
  );
}

const leaveScript = defineScript(`
redis.call('HDEL', KEYS[1], unpack(ARGV, 2))
if redis.call('HLEN', KEYS[1]) == 1 then redis.call('HDEL', KEYS[1], ARGV[1]) end
`);

/** The same activities give the same stamp, in whatever order. */
export function stampOf(activities: readonly Activity[]): string {
  if (activities.length === 0) return '';
  const members = activities.map((activity) => `${activity.at} ${encodeMember({ activity })}`).sort();
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url').slice(0, 16);
}

/** No record has this field: theirs have the name of a connection before the colon, and a stamp has one more in front. */
const ADDRESS = ':address';

const fieldOf = ({ connection, id }: RecordReference) => `${connection}:${id}`;

const stampField = (record: RecordReference) => `:${fieldOf(record)}`;

const entrySchema = z.tuple([z.array(z.string()), z.array(z.tuple([z.number(), z.string()]))]);

function encode({ formerIds, counters }: Omit<PersonRecord, 'stamp'>): string {
  return JSON.stringify([formerIds, counters.map((activity) => [activity.at, encodeMember({ activity })])]);
}

/** Undefined for a stamp, and for what another version wrote: that record is noted anew when it is scored next. */
function decode(field: string, text: string, stamp = ''): PersonRecord | undefined {
  const [connection = '', id = ''] = field.split(/:(.*)/s);
  if (connection === '') return undefined;
  const entry = entrySchema.safeParse(JSON.parse(text));
  if (!entry.success) return undefined;
  const [formerIds, counters] = entry.data;
  return {
    connection,
    id,
    formerIds,
    stamp,
    counters: counters.flatMap(([at, member]) => decodeMember(member, at)?.activity ?? []),
  };
}
