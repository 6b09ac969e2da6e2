import { DAY } from '../base/clock.ts';
import { addDeadLetter } from '../ledger/dead-letters.ts';
import { markDirtyOnce } from '../ledger/dirty.ts';
import type { Connection } from '../sync/connection.ts';
import { eraseLead } from '../sync/forget-lead.ts';
import { type HubspotEvent, parseHubspotEvent } from './hubspot-events.ts';
import { shortHash } from './short-hash.ts';

/** What the receiver needs of a connection: no CRM call is ever made inside a request. */
export type Receiving = Pick<Connection, 'space' | 'clock' | 'log' | 'wake'>;

/** Senders try again for a day or two; an event is known for longer than that, in milliseconds. */
export const REMEMBERED = 3 * DAY;

/**
 * Takes in a delivery: every event only says that a lead may have changed. Once this returns, all of it is in Redis.
 * Events that came before change nothing; a malformed one becomes a dead letter and holds up no other.
 */
export async function acceptHubspot(
  { space, clock, log, wake }: Receiving,
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
  await markDirtyOnce(space, marks, now, REMEMBERED);
  if (events.some(({ formSent }) => formSent)) await wake('hot-poll');
  if (events.length > 0) await wake('score');
}

/** Named by its content, so that the same event sent again is the same dead letter. */
function letterId(raw: unknown): string {
  const withoutAttempt = (key: string, value: unknown) => (key === 'attemptNumber' ? undefined : value);
  return `webhook-${shortHash(JSON.stringify(raw, withoutAttempt))}`;
}
