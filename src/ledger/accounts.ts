import { z } from 'zod';
import { dirtyKeys, markOne } from './dirty.ts';
import { execute } from './execute.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/**
 * Whose scores make the score of an account: for each account a hash of its people with their scores, and one hash that tells
 * of every lead which account it counts for, so that whoever moves leaves the former one. All of it can be rebuilt by a backfill.
 */
export interface Member {
  readonly leadId: string;
  /** The account that the lead counts for; undefined where it counts for none. */
  readonly accountId: string | undefined;
  readonly scores: readonly ModelScores[];
}

/** What one model says of a lead. */
export interface ModelScores {
  readonly model: string;
  readonly total: number;
  readonly fit: number;
  readonly engagement: number;
}

/** What the list of dead letters knows an account by. */
export const accountLetter = (accountId: string) => `account-${accountId}`;

/** The account of such a dead letter; undefined for one of something else. */
export function accountOfLetter(id: string): string | undefined {
  return id.startsWith('account-') ? id.slice('account-'.length) : undefined;
}

/** Accounts have a dirty set of their own, which works as that of the leads does. */
export function accountSpace(space: Space): Space {
  return { ...space, key: (...parts) => space.key('accounts', ...parts) };
}

/**
 * Notes what leads score and for which account, and marks every account in which that changes anything, in one step: once a
 * lead is let go after this, its account is marked, whatever becomes of this process.
 */
export async function joinAccounts(space: Space, members: readonly Member[], now: number): Promise<void> {
  for (let start = 0; start < members.length; start += AT_ONCE) {
    const args = members
      .slice(start, start + AT_ONCE)
      .flatMap(({ leadId, accountId, scores }) =>
        accountId === undefined || scores.length === 0 ? [leadId, '', ''] : [leadId, accountId, encode(scores)],
      );
    await join(space.redis, keysOf(space), [now, peoplePrefix(space), ...args]);
  }
}

/** Takes leads that are no more out of their accounts. */
export function leaveAccounts(space: Space, leadIds: readonly string[], now: number): Promise<void> {
  return joinAccounts(
    space,
    leadIds.map((leadId) => ({ leadId, accountId: undefined, scores: [] })),
    now,
  );
}

/** The scores of each account's people, in the order of `accountIds`; none for an account that nobody counts for. */
export async function readPeople(
  space: Space,
  accountIds: readonly string[],
): Promise<(readonly (readonly ModelScores[])[])[]> {
  if (accountIds.length === 0) return [];
  const pipeline = space.redis.pipeline();
  for (const id of accountIds) pipeline.hvals(peoplePrefix(space) + id);
  const replies = z.array(z.array(z.string())).parse(await execute(pipeline));
  return replies.map((people) => people.map(decode));
}

/** Forgets an account that is no more. Where it was merged into another, its people count for that one, which is marked. */
export async function moveAccount(space: Space, from: string, to: string | undefined, now: number): Promise<void> {
  await move(space.redis, keysOf(space), [now, peoplePrefix(space), from, to ?? '']);
}

/** Every lead that counts for an account, with when it was noted last, in milliseconds since 1970; one may come twice. */
export async function* allMembers(
  space: Space,
): AsyncGenerator<{ readonly leadId: string; readonly accountId: string; readonly at: number }[]> {
  let cursor = '0';
  do {
    const [next, flat] = await space.redis.hscan(placesKey(space), cursor, 'COUNT', AT_ONCE);
    yield flat.flatMap((leadId, index) => {
      const [accountId, at] = (flat[index + 1] ?? '').split(' ');
      return index % 2 === 0 && accountId !== undefined ? [{ leadId, accountId, at: Number(at) }] : [];
    });
    cursor = next;
  } while (cursor !== '0');
}

/** Redis does nothing else while a script runs. */
const AT_ONCE = 500;

const placesKey = (space: Space) => space.key('accounts', 'places');
const peoplePrefix = (space: Space) => space.key('account', '');
const keysOf = (space: Space) => [...dirtyKeys(accountSpace(space)), placesKey(space)];

/** The same scores give the same text, in whatever order the models come. */
function encode(scores: readonly ModelScores[]): string {
  const sorted = scores.toSorted((one, other) => (one.model < other.model ? -1 : 1));
  return JSON.stringify(sorted.map(({ model, total, fit, engagement }) => [model, total, fit, engagement]));
}

const scoresSchema = z.array(z.tuple([z.string(), z.number(), z.number(), z.number()]));

function decode(text: string): ModelScores[] {
  return scoresSchema.parse(JSON.parse(text)).map(([model, total, fit, engagement]) => {
    return { model, total, fit, engagement };
  });
}

/**
 * A lead's place is `account time`. Which account it leaves is known only here, so that the keys of accounts are made here: they
 * have the hash tag of the others, and so lie on the same node of a cluster.
 */
const accountOf = `
local function accountOf(lead)
  local place = redis.call('HGET', KEYS[4], lead)
  return place and string.match(place, '^%S+')
end
`;

const join = defineScript(`${markOne}${accountOf}
local now, prefix = ARGV[1], ARGV[2]
for i = 3, #ARGV, 3 do
  local lead, account, scores = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local former = accountOf(lead)
  if former and former ~= account then
    redis.call('HDEL', prefix .. former, lead)
    mark(former, now)
  end
  if account == '' then
    redis.call('HDEL', KEYS[4], lead)
  else
    if redis.call('HGET', prefix .. account, lead) ~= scores then
      redis.call('HSET', prefix .. account, lead, scores)
      mark(account, now)
    end
    redis.call('HSET', KEYS[4], lead, account .. ' ' .. now)
  end
end
`);

const move = defineScript(`${markOne}${accountOf}
local now, prefix, from, to = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local people = redis.call('HGETALL', prefix .. from)
for i = 1, #people, 2 do
  local lead = people[i]
  if accountOf(lead) == from then
    if to == '' then
      redis.call('HDEL', KEYS[4], lead)
    else
      redis.call('HSET', prefix .. to, lead, people[i + 1])
      redis.call('HSET', KEYS[4], lead, to .. ' ' .. now)
    end
  end
end
redis.call('DEL', prefix .. from)
if to ~= '' then mark(to, now) end
`);
