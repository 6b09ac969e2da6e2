import { batches } from '../base/batches.ts';
import { MINUTE, SECOND } from '../base/clock.ts';
import { addDeadLetters, type DeadLetter } from '../ledger/dead-letters.ts';
import { markDirtyOnce } from '../ledger/dirty.ts';
import type { Space } from '../ledger/space.ts';
import { takeTurn } from '../ledger/turns.ts';
import { eraseLead } from '../sync/forget-lead.ts';
import { type HubspotEvent, parseHubspotEvent } from './hubspot-events.ts';
import { markBy, REMEMBERED, type Receiving } from './receiving.ts';
import { shortHash } from './short-hash.ts';

/**
 * How long whoever sent a form is left to the hot poll, in milliseconds: it reads them anyway, ahead of all else, and would have to wait
 * for a drain that came before it and knows nothing of the form. Then they are scored whatever the form was.
 */
const HEAD_START = 2 * SECOND;

/** An e-mail to everybody may have a form sent a thousand times in a minute, and each poll reads whatever came since the one before it. */
const HOT_POLLS = { most: 120, within: MINUTE, apart: SECOND / 2 };

/**
 * Takes in a delivery: every event only says that a lead may have changed. Once this returns, all of it is in Redis.
 * Events that came before change nothing; a malformed one becomes a dead letter and holds up no other.
 */
export async function acceptHubspot(
  { space, clock, log, wake, mark = markBy({ space, clock }) }: Receiving,
  delivery: readonly unknown[],
): Promise<void> {
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
  const erased = idsOf(events.filter(({ erase }) => erase));
  const senders = idsOf(events.filter(({ formSent }) => formSent)).difference(erased);
  const marksOf = (wanted: (leadId: string) => boolean) => marks.filter(({ leadId }) => wanted(leadId));
  // One that cannot be erased now, whose delivery comes again, holds up no other.
  await Promise.all([
    eraseAll(space, erased, now).then(() => mark(marksOf((leadId) => erased.has(leadId)))),
    markDirtyOnce(
      space,
      marksOf((leadId) => senders.has(leadId)),
      now,
      REMEMBERED,
      HEAD_START,
    ),
    mark(marksOf((leadId) => !erased.has(leadId) && !senders.has(leadId))),
  ]);
  if (senders.size > 0) {
    const free = await takeTurn(space, 'hubspot-hot-poll', HOT_POLLS, now);
    await Promise.all([
      free > now ? wake('hot-poll', { delay: free - now }) : wake('hot-poll'),
      wake('score', { delay: HEAD_START }),
    ]);
  }
  if (events.length > 0) await wake('score');
}

/** Each takes some steps in Redis, and a sender waits no longer than five seconds. */
const ERASED_AT_ONCE = 10;

async function eraseAll(space: Space, ids: ReadonlySet<string>, now: number): Promise<void> {
  for (const some of batches([...ids], ERASED_AT_ONCE)) await Promise.all(some.map((id) => eraseLead(space, id, now)));
}

/** Named by its content, so that the same event sent again is the same dead letter. */
function letterId(raw: unknown): string {
  const withoutAttempt = (key: string, value: unknown) => (key === 'attemptNumber' ? undefined : value);
  return `webhook-${shortHash(JSON.stringify(raw, withoutAttempt))}`;
}
