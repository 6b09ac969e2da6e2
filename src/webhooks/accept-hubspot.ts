import { batches } from '../base/batches.ts';
import { SECOND } from '../base/clock.ts';
import { addDeadLetters, type DeadLetter } from '../ledger/dead-letters.ts';
import { type Marking, markDirtyOnce } from '../ledger/dirty.ts';
import { eraseLead } from '../sync/forget-lead.ts';
import { allTried } from './all-tried.ts';
import { type HubspotEvent, parseHubspotEvent } from './hubspot-events.ts';
import { markBy, REMEMBERED, type Receiving } from './receiving.ts';
import { shortHash } from './short-hash.ts';
import { wakeHotPoll } from './wake-hot-poll.ts';

/**
 * How long whoever sent a form is left to the hot poll, in milliseconds: it reads them anyway, ahead of all else, and would have to wait
 * for a drain that came before it and knows nothing of the form. Then they are scored whatever the form was.
 */
const HEAD_START = 2 * SECOND;

/**
 * An e-mail to everybody may have a form sent a thousand times in a minute. A poll is one call for each hot form, and all of them are
 * urgent: with five forms, three quarters of what the smallest account has. A few who ask at nearly the same time do not wait for one
 * another, and nobody for as long as the head start, or a drain would come first.
 */
const HOT_POLLS = { most: 3, within: 2 * SECOND, apart: 0.1 * SECOND };

/** Each takes some steps in Redis, and a sender waits no longer than five seconds. */
const ERASED_AT_ONCE = 10;

/**
 * Takes in a delivery: every event only says that a lead may have changed. Once this returns, all of it is in Redis.
 * Events that came before change nothing; a malformed one becomes a dead letter and holds up no other, nor does one that fails. @throws
 * what the first of those did, once all were tried: the delivery comes again.
 */
export async function acceptHubspot(receiving: Receiving, delivery: readonly unknown[]): Promise<void> {
  const { space, clock, log } = receiving;
  const now = clock.now();
  const events: HubspotEvent[] = [];
  const malformed: DeadLetter[] = [];
  for (const raw of delivery) {
    const event = parseHubspotEvent(raw);
    if (event === 'not ours') continue;
    if ('malformed' in event) {
      const reason = `a webhook event was left out: ${event.malformed}`;
      malformed.push({ id: letterId(raw), reason, at: now });
      log.warn(reason);
    } else {
      events.push(event);
    }
  }
  await addDeadLetters(space, malformed);
  const marks = events.flatMap(({ key, leadIds }) => leadIds.map((leadId) => ({ key: `${key}-${leadId}`, leadId })));
  const idsOf = (some: readonly HubspotEvent[]) => new Set(some.flatMap(({ leadIds }) => leadIds));
  const gone = idsOf(events.filter(({ erase }) => erase));
  const sent = idsOf(events.filter(({ formSent }) => formSent)).difference(gone);
  const isOther = ({ leadId }: Marking) => !gone.has(leadId) && !sent.has(leadId);
  const senders = marks.filter(({ leadId }) => sent.has(leadId));
  const erased = marks.filter(({ leadId }) => gone.has(leadId));
  await allTried([
    takeSenders(receiving, senders, now),
    takeOthers(receiving, marks.filter(isOther)),
    takeErased(receiving, erased, now),
  ]);
}

async function takeSenders(receiving: Receiving, marks: readonly Marking[], now: number): Promise<void> {
  if (marks.length === 0) return;
  const { space, wake } = receiving;
  await markDirtyOnce(space, marks, now, REMEMBERED, HEAD_START);
  const asked = [wakeHotPoll(receiving, 'hubspot-hot-poll', HOT_POLLS), wake('score', { delay: HEAD_START })];
  // At once too: those whose head start is over must not wait for the last of those who go on sending.
  await allTried([...asked, wake('score')]);
}

async function takeOthers(receiving: Receiving, marks: readonly Marking[]): Promise<void> {
  if (marks.length === 0) return;
  const { mark = markBy(receiving), wake } = receiving;
  await mark(marks);
  await wake('score');
}

async function takeErased(receiving: Receiving, marks: readonly Marking[], now: number): Promise<void> {
  if (marks.length === 0) return;
  const { space, mark = markBy(receiving), wake } = receiving;
  const erasures: Promise<void>[] = [];
  for (const some of batches([...Map.groupBy(marks, ({ leadId }) => leadId)], ERASED_AT_ONCE)) {
    const begun = some.map(async ([id, own]) => {
      await eraseLead(space, id, now);
      await mark(own);
    });
    erasures.push(...begun);
    await Promise.allSettled(begun);
  }
  await allTried([...erasures, wake('score')]);
}

/** Named by its content, so that the same event sent again is the same dead letter. */
function letterId(raw: unknown): string {
  const withoutAttempt = (key: string, value: unknown) => (key === 'attemptNumber' ? undefined : value);
  return `webhook-${shortHash(JSON.stringify(raw, withoutAttempt))}`;
}
