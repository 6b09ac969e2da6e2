import { SECOND } from '../base/clock.ts';
import { addDeadLetter } from '../ledger/dead-letters.ts';
import { markDirtyOnce } from '../ledger/dirty.ts';
import { eraseLead } from '../sync/forget-lead.ts';
import { type HubspotEvent, parseHubspotEvent } from './hubspot-events.ts';
import { markBy, REMEMBERED, type Receiving } from './receiving.ts';
import { shortHash } from './short-hash.ts';

/**
 * How long whoever sent a form is left to the hot poll, in milliseconds: it reads them anyway, ahead of all else, and would have to wait
 * for a drain that came before it and knows nothing of the form. Then they are scored whatever the form was.
 */
const HEAD_START = 2 * SECOND;

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
  for (const raw of delivery) {
    const event = parseHubspotEvent(raw);
    if (event === 'not ours') continue;
    if ('malformed' in event) {
      const reason = `a webhook event was left out: ${event.malformed}`;
      await addDeadLetter(space, { id: letterId(raw), reason, at: now });
      log.warn(reason);
    } else {
      events.push(event);
    }
  }
  for (const id of events.filter(({ erase }) => erase).flatMap(({ leadIds }) => leadIds))
    await eraseLead(space, id, now);
  const marks = events.flatMap(({ key, leadIds }) => leadIds.map((leadId) => ({ key: `${key}-${leadId}`, leadId })));
  const senders = new Set(events.filter(({ formSent }) => formSent).flatMap(({ leadIds }) => leadIds));
  const [sent, others] = [true, false].map((is) => marks.filter(({ leadId }) => senders.has(leadId) === is));
  await Promise.all([markDirtyOnce(space, sent ?? [], now, REMEMBERED, HEAD_START), mark(others ?? [])]);
  await Promise.all([
    ...(senders.size > 0 ? [wake('hot-poll'), wake('score', { delay: HEAD_START })] : []),
    ...(events.length > 0 ? [wake('score')] : []),
  ]);
}

/** Named by its content, so that the same event sent again is the same dead letter. */
function letterId(raw: unknown): string {
  const withoutAttempt = (key: string, value: unknown) => (key === 'attemptNumber' ? undefined : value);
  return `webhook-${shortHash(JSON.stringify(raw, withoutAttempt))}`;
}
