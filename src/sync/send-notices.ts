import { DAY, HOUR, MINUTE, SECOND } from '../base/clock.ts';
import { FatalError, messageOf, RecordError, RetryableError } from '../base/errors.ts';
import { addUndelivered, clearTrouble, noteTrouble, takeChannelTurn } from '../ledger/channel-states.ts';
import {
  type Delivery,
  NOTICE_LEASE,
  saveDelivery,
  settleNotice,
  type TakenNotice,
  takeNotice,
} from '../ledger/outbox.ts';
import type { Channel, Person } from '../notices/channel.ts';
import type { Connection } from './connection.ts';
import { peopleOf } from './recipients.ts';

/** What is needed of a connection to tell its sales something. */
export type Sender = Pick<Connection, 'crm' | 'space' | 'clock' | 'log' | 'sales' | 'channels'>;

/** Nobody wants to know after so long what happened, in milliseconds. */
const GIVE_UP = DAY;
/** How long a channel rests that a person must mend, in milliseconds. */
const REST = 15 * MINUTE;

/**
 * Sends the notices of a connection that are due, each once in each channel that is on. What fails is tried again for a day, and
 * then given up. What one channel does holds up no other.
 */
export async function sendNotices(sender: Sender, signal?: AbortSignal): Promise<void> {
  const { space, clock } = sender;
  for (;;) {
    signal?.throwIfAborted();
    const taken = await takeNotice(space, clock.now());
    if (taken === undefined) return;
    await settleNotice(space, taken.notice, await sendEverywhere(sender, taken, signal));
  }
}

/** @returns when to look at the notice again, in milliseconds since 1970; undefined once all is done. */
async function sendEverywhere(sender: Sender, taken: TakenNotice, signal?: AbortSignal): Promise<number | undefined> {
  const { clock, channels } = sender;
  const { notice, deliveries } = taken;
  const now = clock.now();
  const open = channels.filter(({ name }) => deliveries.get(name)?.over !== true);
  const due = open.filter(({ name }) => (deliveries.get(name)?.nextAt ?? 0) <= now);
  if (open.length === 0) return undefined;
  const people = due.length === 0 ? [] : await peopleUnlessLate(sender, taken);
  // Where the CRM took so long to answer, another worker may have it by now.
  if (people === undefined || clock.now() > now + NOTICE_LEASE / 2) return clock.now() + MINUTE;
  // Together, so that one that stalls keeps nobody from the others.
  const sent = await Promise.all(due.map((channel) => sendBy(sender, channel, { notice, deliveries, people }, signal)));
  const waiting = open
    .filter((channel) => !due.includes(channel))
    .map(({ name }) => deliveries.get(name)?.nextAt ?? now);
  const next = [...sent, ...waiting].filter((at) => at !== undefined);
  return next.length === 0 ? undefined : Math.min(...next);
}

/**
 * Whom the notice is for; undefined while the CRM cannot be asked. One that has waited long goes to the team, and so does any where nobody
 * can be asked until a person acts.
 */
async function peopleUnlessLate({ crm, clock, log, sales }: Sender, { notice }: TakenNotice) {
  try {
    return await peopleOf(notice.to, sales, { crm, clock });
  } catch (error) {
    const isLate = error instanceof FatalError || clock.now() - notice.at > LONGEST_FOR_OWNERS;
    const facts = { notice: notice.id, reason: messageOf(error) };
    if (isLate) log.warn('the CRM cannot be asked whom a notice is for: the team is told', facts);
    else log.debug('a notice waits, as the CRM cannot be asked whom it is for', facts);
    return isLate ? peopleOf(['team'], sales, { crm, clock }) : undefined;
  }
}

/** As long as a notice waits for the CRM to tell the addresses of its owners, in milliseconds. */
const LONGEST_FOR_OWNERS = HOUR;

interface Sending extends TakenNotice {
  readonly people: readonly Person[];
}

/** @returns when this channel is to be tried again; undefined once it is done. */
async function sendBy(
  { space, clock, log }: Sender,
  channel: Channel,
  { notice, deliveries, people }: Sending,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const { name } = channel;
  const { id, kind, at } = notice;
  const before = deliveries.get(name);
  const save = (delivery: Delivery) => saveDelivery(space, id, name, delivery);
  const tries = (before?.tries ?? 0) + 1;
  const wait = await takeChannelTurn(space, name, channel.perMinute, clock.now());
  if (wait > 0) return clock.now() + wait;
  const { to, ...content } = notice;
  // What follows is about the sending alone: were a failure of Redis taken for one of the channel, it would be sent twice.
  const sent = await channel.send({ ...content, people }, { signal }).then(
    (remark) => ({ remark }),
    (error: unknown) => ({ error }),
  );
  if ('remark' in sent) {
    await save({ over: true, tries, nextAt: 0 });
    log.info('a notice was sent', { notice: id, kind, channel: name });
    if (sent.remark !== undefined) log.warn(sent.remark, { notice: id, kind, channel: name });
    if (await clearTrouble(space, name)) log.info('a channel works again', { channel: name });
    return undefined;
  }
  const { error } = sent;
  if (signal?.aborted) return clock.now();
  const nextAt = clock.now() + waitAfter(error, tries);
  if (error instanceof RecordError || nextAt > at + GIVE_UP) {
    log.warn('a notice could not be told: it is given up', {
      notice: id,
      kind,
      channel: name,
      reason: messageOf(error),
    });
    await addUndelivered(space, name, id, clock.now());
    await save({ over: true, tries, nextAt: 0 });
    return undefined;
  }
  await save({ over: false, tries, nextAt });
  if (!(error instanceof FatalError))
    log.info('a notice waits', { notice: id, channel: name, attempt: tries, reason: messageOf(error) });
  // Every notice meets it, and one message is enough.
  else if (await noteTrouble(space, name, error.message))
    log.error(`sales cannot be told by ${name} until a person acts: ${error.message}`, { channel: name });
  return nextAt;
}

const FIRST_BACKOFF = 10 * SECOND;

/** Milliseconds until the next try: twice as long each time, up to a quarter of an hour, and never before the other side said. */
function waitAfter(error: unknown, tries: number): number {
  if (error instanceof FatalError) return REST;
  const asked = error instanceof RetryableError ? (error.retryAfter ?? 0) : 0;
  return Math.max(asked, Math.min(FIRST_BACKOFF * 2 ** (tries - 1), REST));
}
