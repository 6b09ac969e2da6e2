import { z } from 'zod';
import type { Activity } from '../leads/activity.ts';
import { hashEmail } from '../leads/email.ts';
import type { Lead } from '../leads/lead.ts';
import { decodeMember, encodeMember, memberPrefix, newestOf, type Told } from './activity-member.ts';
import { executeSpread } from './execute.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/** Who did it: known by the id of their record, or by a normalised e-mail address alone. */
export type Person = { readonly leadId: string } | { readonly email: string };

interface Entry extends Told {
  readonly person: Person;
}

/**
 * Writes down what people did: per person a sorted set by time. The member carries the CRM's own event id, so adding
 * the same activity again changes nothing; a newer revision takes the place of an older one, in whatever order they come.
 * What is older than `keep` milliseconds is trimmed. @returns those that a score may depend on: not what was withdrawn before
 * anybody was told of it.
 */
export async function addActivities<E extends Entry>(
  space: Space,
  entries: readonly E[],
  { now, keep, forgetAfter }: Keeping,
): Promise<E[]> {
  const oldest = now - keep;
  // An old one needs no word; but its revision may replace what was told of a later time.
  const wanted = entries.filter(({ activity, revision }) => activity.at > oldest || revision !== undefined);
  const byKey = Map.groupBy(wanted, ({ person }) =>
    'leadId' in person ? recordKey(space, person.leadId) : space.personKey(hashEmail(person.email)),
  );
  const add = async (key: string, group: readonly E[]): Promise<E[]> => {
    const newest = newestOf(group);
    const told = newest.map((entry) => timed(entry, { now, oldest }));
    const forgetIn = forgetAfter ?? Math.max(now, ...told.map(({ time }) => time)) - now + keep;
    const args = told.flatMap(({ time, member, prefix, revision }) => [time, member, prefix, revision]);
    const known = knownSchema.parse(await addScript(space.redis, [key], [oldest, forgetIn, ...args]));
    return newest.filter((_, index) => told[index]?.withdrawn !== true || known[index] === 1);
  };
  // Sent together and not one after the other.
  return (await Promise.all([...byKey].map(([key, group]) => add(key, group)))).flat();
}

interface Keeping {
  readonly now: number;
  readonly keep: number;
  /**
   * How long a person's entry lasts that nothing is added to, in milliseconds; when absent, as long as anything in it may
   * count, which for a meeting that is still to come is longer than `keep`.
   */
  readonly forgetAfter?: number;
}

/** An entry as the script takes it. What has become too old to count is withdrawn; the word of that is kept as long as any. */
function timed(told: Told, { now, oldest }: { readonly now: number; readonly oldest: number }) {
  const { activity, revision } = told;
  const withdrawn = told.withdrawn === true || activity.at <= oldest;
  return {
    withdrawn,
    time: withdrawn ? Math.max(activity.at, now) : activity.at,
    member: encodeMember(withdrawn ? { ...told, withdrawn } : told),
    prefix: revision === undefined ? '' : memberPrefix(activity),
    revision: revision ?? 0,
  };
}

const knownSchema = z.array(z.number());

/**
 * KEYS: a ledger. ARGV: up to when all is trimmed, how long it lasts, then of each entry its time, member, prefix and revision.
 * Returns, for each, 1 where any revision of it was known.
 */
const addScript = defineScript(`
-- Together, as the Redis inside a process copies the whole set with every command.
local function call(command, args)
  for from = 1, #args, 1000 do redis.call(command, KEYS[1], unpack(args, from, math.min(from + 999, #args))) end
end

local members
local known, replaced, added = {}, {}, {}
for i = 3, #ARGV, 4 do
  local prefix = ARGV[i + 2]
  local newest = true
  known[#known + 1] = 0
  if prefix ~= '' then
    members = members or redis.call('ZRANGE', KEYS[1], 0, -1)
    for _, member in ipairs(members) do
      if string.sub(member, 1, string.len(prefix)) == prefix then
        known[#known] = 1
        if tonumber(string.match(member, '"@(%d+)"%]$') or '0') > tonumber(ARGV[i + 3]) then
          newest = false
        else
          replaced[#replaced + 1] = member
        end
      end
    end
  end
  if newest then
    added[#added + 1] = ARGV[i]
    added[#added + 1] = ARGV[i + 1]
  end
end
call('ZREM', replaced)
call('ZADD', added)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return known
`);

/** What a lead did: what is kept under the ids of its record, and what is kept under its addresses. */
export interface Done {
  readonly byRecord: readonly Activity[];
  readonly byAddress: readonly Activity[];
  /** What is kept under each address of the lead by itself, in their order. */
  readonly addresses: readonly (readonly Activity[])[];
}

/**
 * What each lead did, in the order of `leads`: by this space, and by those `beside` it that may know newer revisions. What is
 * kept under an address is the same in all spaces of a namespace.
 */
export async function readDone(space: Space, leads: readonly Lead[], ...beside: readonly Space[]): Promise<Done[]> {
  const told = await Promise.all([space, ...beside].map((each) => readTold(each, leads)));
  return leads.map(({ emails }, index) => {
    const kept = told.flatMap((each) => each[index] ?? []);
    const all = happened(kept);
    return {
      byRecord: all.flatMap(({ activity, address }) => (address === undefined ? [activity] : [])),
      byAddress: all.flatMap(({ activity, address }) => (address === undefined ? [] : [activity])),
      addresses: emails.map((email) =>
        happened(kept.filter(({ address }) => address === email)).map(({ activity }) => activity),
      ),
    };
  });
}

const happened = (kept: readonly Kept[]) => newestOf(kept).filter(({ withdrawn }) => withdrawn !== true);

/** All that each lead did, under any of its ids and addresses, in the order of `leads`. */
export async function readActivities(
  space: Space,
  leads: readonly Lead[],
  ...beside: readonly Space[]
): Promise<Activity[][]> {
  const done = await readDone(space, leads, ...beside);
  return done.map(({ byRecord, byAddress }) => [...byRecord, ...byAddress]);
}

interface Kept extends Told {
  /** Undefined for what is kept under an id of the record. */
  readonly address: string | undefined;
}

async function readTold(space: Space, leads: readonly Lead[]): Promise<Kept[][]> {
  const keys = leads.map((lead) => keysOf(space, lead));
  const replies = await executeSpread(
    space.redis,
    keys.flat().map(({ key }) => ['zrange', key, 0, -1, 'WITHSCORES']),
  );
  let next = 0;
  return keys.map((own) =>
    own.flatMap(({ address }) => decodeAll(replies[next++]).map((told) => ({ ...told, address }))),
  );
}

/** Erases what is known of these people, as a privacy deletion asks. */
export async function eraseActivities(space: Space, leadIds: readonly string[], emailHashes: readonly string[]) {
  const keys = [...leadIds.map((id) => recordKey(space, id)), ...emailHashes.map(space.personKey)];
  await executeSpread(
    space.redis,
    keys.map((key) => ['del', key]),
  );
}

const recordKey = (space: Space, leadId: string) => space.key('ledger', leadId);

function keysOf(space: Space, { id, formerIds, emails }: Lead): { key: string; address: string | undefined }[] {
  return [
    ...[id, ...formerIds].map((each) => ({ key: recordKey(space, each), address: undefined })),
    ...emails.map((address) => ({ key: space.personKey(hashEmail(address)), address })),
  ];
}

const replySchema = z.array(z.string());

function decodeAll(reply: unknown): Told[] {
  const flat = replySchema.parse(reply);
  const all: Told[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const told = decodeMember(flat[index] ?? '', Number(flat[index + 1]));
    if (told !== undefined) all.push(told);
  }
  return all;
}
