import { z } from 'zod';
import { batches } from '../base/batches.ts';
import { DAY, MINUTE } from '../base/clock.ts';
import { execute } from './execute.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/**
 * The outbox: what sales are to be told. It lies in a space that all connections share, each with a line of its own, as only its
 * CRM knows who its owners are. A notice is known by its id, for longer than it waits: told once is told.
 */
export interface Notice {
  /** Says what it is about: a second one of the same id is never sent. */
  readonly id: string;
  readonly kind: NoticeKind;
  /** The name of the connection whose owners these are. */
  readonly connection: string;
  readonly leadId?: string;
  /** Looked up when it is sent: no address of anybody waits here. */
  readonly to: readonly Recipient[];
  /** One line. Neither this nor what follows names the lead. */
  readonly subject: string;
  readonly lines: readonly NoticeLine[];
  /** The lead's page in the CRM. */
  readonly link?: string;
  /** When what it tells of happened: milliseconds since 1970. */
  readonly at: number;
}

/**
 * `routed`: a lead is with sales. `reminder`: nobody has followed up in time. `escalation`: nor since the reminder. `ceiling`: a rule
 * wanted to alert too many. `digest`: an owner's leads of the day before.
 */
export const NOTICE_KINDS = ['routed', 'reminder', 'escalation', 'ceiling', 'digest'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/**
 * An owner and the manager of an owner, by the CRM's id of that owner; `team` are the addresses of `notify.team`, `escalation` the
 * one of `follow_up.escalate_to`, in config/sales.yaml.
 */
export type Recipient = { readonly owner: string } | { readonly managerOf: string } | 'team' | 'escalation';

/** A line, with where it leads in the CRM. */
export type NoticeLine = string | { readonly text: string; readonly link: string };

/** How far a notice has come in one channel. */
export interface Delivery {
  /** Sent or given up. */
  readonly over: boolean;
  readonly tries: number;
  /** When to try again, in milliseconds since 1970. */
  readonly nextAt: number;
}

export interface TakenNotice {
  readonly notice: Notice;
  /** By the name of the channel; absent where none was tried yet. */
  readonly deliveries: ReadonlyMap<string, Delivery>;
}

/** How long an id is remembered, in milliseconds. */
export const NOTICE_KEPT = 30 * DAY;
/** How long a worker has a notice to itself: longer than all channels together may take. */
export const NOTICE_LEASE = 2 * MINUTE;

/** Puts it in the line of its connection; nothing happens for an id that was there before. Any space of the installation will do. @returns whether it is new. */
export async function addNotice(space: Space, notice: Notice): Promise<boolean> {
  const { id, connection, at } = notice;
  const keys = [salesKey(space, 'noticed'), lineKey(space, connection), noticeKey(space, id)];
  return (await add(space.redis, keys, [id, at, JSON.stringify(notice), at - NOTICE_KEPT, NOTICE_KEPT])) === 1;
}

/** The notice of this space's connection that has waited longest and is due, for a worker to send. */
export async function takeNotice(space: Space, now: number): Promise<TakenNotice | undefined> {
  const line = lineKey(space, space.connection);
  for (;;) {
    const id = z
      .string()
      .nullable()
      .parse(await take(space.redis, [line], [now, now + NOTICE_LEASE]));
    if (id === null) return undefined;
    const { notice: text, ...rest } = await space.redis.hgetall(noticeKey(space, id));
    if (text === undefined) await space.redis.zrem(line, id);
    else {
      const notice = noticeSchema.safeParse(JSON.parse(text)).data;
      // One that a later version wrote is left to it.
      if (notice !== undefined) return { notice, deliveries: deliveriesOf(rest) };
    }
  }
}

/**
 * Notes at once how it went in a channel, so that no other channel's trouble sends it there twice. Nothing is noted of a notice that is no
 * more, as after Redis was emptied or its lead erased.
 */
export async function saveDelivery(space: Space, id: string, channel: string, delivery: Delivery): Promise<void> {
  await save(space.redis, [noticeKey(space, id)], [channel, JSON.stringify(delivery)]);
}

/** Gives a notice back until `nextAt`, or for good where every channel is done with it. */
export async function settleNotice(
  space: Space,
  { id, connection }: Notice,
  nextAt: number | undefined,
): Promise<void> {
  const line = lineKey(space, connection);
  if (nextAt !== undefined) await space.redis.zadd(line, 'XX', nextAt, id);
  else await space.redis.multi().del(noticeKey(space, id)).zrem(line, id).exec();
}

/** What is to be told of these leads of this space's connection no longer waits. What was told once stays known, by an id that names nobody. */
export async function forgetNotices(space: Space, leadIds: readonly string[]): Promise<void> {
  const line = lineKey(space, space.connection);
  // One is given up after a day, so that the line is short.
  for (const some of batches(await space.redis.zrangebyscore(line, '-inf', '+inf'), READ_AT_ONCE)) {
    const pipeline = space.redis.pipeline();
    for (const id of some) pipeline.hget(noticeKey(space, id), 'notice');
    const texts = z.array(z.string().nullable()).parse(await execute(pipeline));
    for (const [index, id] of some.entries()) {
      const { leadId } = aboutSchema.parse(JSON.parse(texts[index] ?? '{}'));
      if (leadId === undefined || !leadIds.includes(leadId)) continue;
      await space.redis.multi().del(noticeKey(space, id)).zrem(line, id).exec();
    }
  }
}

const READ_AT_ONCE = 500;
/** What any version's notice tells of its lead. */
const aboutSchema = z.object({ leadId: z.string().optional() });

/** How many notices of this space's connection wait. */
export async function countWaiting(space: Space): Promise<number> {
  return space.redis.zcard(lineKey(space, space.connection));
}

const salesKey = (space: Space, ...parts: string[]) => space.of('sales').key(...parts);
const lineKey = (space: Space, connection: string) => salesKey(space, 'outbox', connection);
const noticeKey = (space: Space, id: string) => salesKey(space, 'notice', id);

const recipientSchema = z.union([
  z.strictObject({ owner: z.string() }),
  z.strictObject({ managerOf: z.string() }),
  z.enum(['team', 'escalation']),
]);

const noticeSchema: z.ZodType<Notice> = z.object({
  id: z.string(),
  kind: z.enum(NOTICE_KINDS),
  connection: z.string(),
  leadId: z.string().optional(),
  to: z.array(recipientSchema),
  subject: z.string(),
  lines: z.array(z.union([z.string(), z.object({ text: z.string(), link: z.string() })])),
  link: z.string().optional(),
  at: z.number(),
});

const deliverySchema: z.ZodType<Delivery> = z.object({ over: z.boolean(), tries: z.number(), nextAt: z.number() });

function deliveriesOf(fields: Readonly<Record<string, string>>): ReadonlyMap<string, Delivery> {
  return new Map(Object.entries(fields).map(([channel, text]) => [channel, deliverySchema.parse(JSON.parse(text))]));
}

const add = defineScript(`
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[4])
if redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[3], 'notice', ARGV[3])
redis.call('PEXPIRE', KEYS[3], ARGV[5])
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
return 1
`);

const save = defineScript(`
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
return 0
`);

const take = defineScript(`
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 1)
if #ids == 0 then return false end
redis.call('ZADD', KEYS[1], ARGV[2], ids[1])
return ids[1]
`);
