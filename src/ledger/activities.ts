import { z } from 'zod';
import { ACTIVITY_TYPES, type Activity, MACHINES } from '../leads/activity.ts';
import { hashEmail } from '../leads/email.ts';
import type { Lead } from '../leads/lead.ts';
import { execute } from './execute.ts';
import type { Space } from './space.ts';

/** Who did it: known by the id of their record, or by a normalised e-mail address alone. */
export type Person = { readonly leadId: string } | { readonly email: string };

/**
 * Writes down what people did: per person a sorted set by time. The member carries the CRM's own event id, so adding
 * the same activity again changes nothing. What is older than `keep` milliseconds is trimmed.
 */
export async function addActivities(
  space: Space,
  entries: readonly { readonly person: Person; readonly activity: Activity }[],
  { now, keep, forgetAfter = keep }: Keeping,
): Promise<void> {
  const byKey = Map.groupBy(
    entries.filter(({ activity }) => activity.at > now - keep),
    ({ person }) => ('leadId' in person ? recordKey(space, person.leadId) : space.personKey(hashEmail(person.email))),
  );
  if (byKey.size === 0) return;
  const pipeline = space.redis.pipeline();
  for (const [key, group] of byKey) {
    pipeline.zadd(key, ...group.flatMap(({ activity }) => [String(activity.at), encode(activity)]));
    pipeline.zremrangebyscore(key, '-inf', now - keep);
    pipeline.pexpire(key, forgetAfter);
  }
  await execute(pipeline);
}

interface Keeping {
  readonly now: number;
  readonly keep: number;
  /** How long a person's entry lasts that nothing is added to, in milliseconds; `keep` when absent. */
  readonly forgetAfter?: number;
}

/** What each lead did, under any of its ids and addresses, in the order of `leads`. */
export async function readActivities(space: Space, leads: readonly Lead[]): Promise<Activity[][]> {
  const keys = leads.map((lead) => keysOf(space, lead));
  const pipeline = space.redis.pipeline();
  for (const key of keys.flat()) pipeline.zrange(key, '0', '-1', 'WITHSCORES');
  const replies = await execute(pipeline);
  let next = 0;
  return keys.map((own) => own.flatMap(() => decodeAll(replies[next++])));
}

/** Erases what is known of these people, as a privacy deletion asks. */
export async function eraseActivities(space: Space, leadIds: readonly string[], emailHashes: readonly string[]) {
  const pipeline = space.redis.pipeline();
  for (const id of leadIds) pipeline.del(recordKey(space, id));
  for (const hash of emailHashes) pipeline.del(space.personKey(hash));
  await execute(pipeline);
}

const recordKey = (space: Space, leadId: string) => space.key('ledger', leadId);

function keysOf(space: Space, lead: Lead): string[] {
  return [
    ...[lead.id, ...lead.formerIds].map((id) => recordKey(space, id)),
    ...lead.emails.map((email) => space.personKey(hashEmail(email))),
  ];
}

/** Type, id, name, address and count; minutes, time of delivery and machine only as far as there are any. */
const memberSchema = z.tuple([
  z.enum(ACTIVITY_TYPES),
  z.string(),
  z.string().nullable(),
  z.string().nullable(),
  z.number(),
  z.number().nullish(),
  z.number().nullish(),
  z.enum(MACHINES).nullish(),
]);

/** The same activity gives the same text, also in later versions: it would count twice otherwise. */
function encode({ type, id, name, url, count, minutes, deliveredAt, machine }: Activity): string {
  const rare = [minutes, deliveredAt, machine].map((value) => value ?? null);
  while (rare.length > 0 && rare.at(-1) === null) rare.pop();
  const address = url === undefined ? null : withoutQuery(url);
  return JSON.stringify([type, id, name ?? null, address, count ?? 1, ...rare]);
}

/** A query string may hold anything, an e-mail address for one, and no model reads it. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

const replySchema = z.array(z.string());

function decodeAll(reply: unknown): Activity[] {
  const flat = replySchema.parse(reply);
  const activities: Activity[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const member = memberSchema.safeParse(JSON.parse(flat[index] ?? ''));
    // A newer version may have known more kinds; what this one cannot score must not hold up what it can.
    if (!member.success) continue;
    const [type, id, name, url, count, minutes, deliveredAt, machine] = member.data;
    activities.push({
      type,
      id,
      at: Number(flat[index + 1]),
      name: name ?? undefined,
      url: url ?? undefined,
      count,
      ...(minutes != null && { minutes }),
      ...(deliveredAt != null && { deliveredAt }),
      ...(machine != null && { machine }),
    });
  }
  return activities;
}
