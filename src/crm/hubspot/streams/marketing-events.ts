import { batches } from '../../../base/batches.ts';
import { MINUTE } from '../../../base/clock.ts';
import type { ActivityStream, CallOptions, Observation, Window } from '../../crm.ts';
import {
  listMarketingEvents,
  listParticipations,
  type MarketingEvent,
  type Participation,
} from '../api/marketing-events.ts';
import { RefusedError } from '../refusal.ts';
import type { Transport } from '../transport.ts';
import { isResting, type Listing, LONGEST_REST, mayHaveChanged, standOf } from './marketing-event-changes.ts';
import { warnOnce } from './odd-rows.ts';
import { participationActivities } from './participation-activities.ts';
import type { StreamKind } from './stream-kind.ts';

export const marketingEventsKind: StreamKind = {
  key: 'marketing_events',
  what: 'marketing events and who took part',
  scopes: ['crm.objects.marketing_events.read'],
  delivers: ['event-registration', 'event-attendance'],
  probe: (transport) => listMarketingEvents(transport, { limit: 1 }),
  open: ({ transport }) => marketingEvents(transport),
};

/** Windows reach back behind the last listing, however long ago that was. */
const OVERLAP = LONGEST_REST + 10 * MINUTE;

/**
 * Who registered for a marketing event and who came. A participation may be told days after it took place, under the time at
 * which it did: what is told belongs to an event that changed within the window, and may itself be older.
 */
export function marketingEvents(transport: Transport): ActivityStream {
  const warn = warnOnce('marketing-event', transport.log);
  let last: Listing | undefined;

  async function* pull(window: Window, options?: CallOptions): AsyncIterable<Observation[]> {
    if (window.from >= window.to) return;
    // Whoever reads on from where the last reading ended has kept what it told; anybody else needs it again.
    const known = last !== undefined && window.from + OVERLAP >= last.to ? last : undefined;
    if (known !== undefined && isResting(known, window)) return;
    const { events, pages } = await listAll(transport, warn, options);
    for (const event of events) {
      if (!mayHaveChanged(event, known, window)) continue;
      yield* observe(event, await listParticipants(transport, event, warn, options));
    }
    last = { to: window.to, pages, stands: new Map(events.map((event) => [event.objectId, standOf(event)])) };
  }

  return { name: 'marketing-event', overlap: OVERLAP, lag: 0, pull };
}

/** What somebody did is told by several rows, anywhere in the listing: only once all are there, and then so many people at once. */
const PEOPLE = 500;

function* observe(event: MarketingEvent, participations: readonly Participation[]): Iterable<Observation[]> {
  const byPerson = Map.groupBy(
    participations,
    ({ associations: { contact } }) => contact?.contactId ?? contact?.email ?? '',
  );
  for (const some of batches([...byPerson.values()], PEOPLE)) {
    const observations = some.flatMap((rows) => participationActivities(event, rows));
    if (observations.length > 0) yield observations;
  }
}

async function listAll(transport: Transport, warn: (odd: number) => void, options?: CallOptions) {
  const events: MarketingEvent[] = [];
  let after: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await listMarketingEvents(transport, { after }, options);
    warn(page.odd);
    events.push(...page.events);
    if (page.next === undefined || page.next === after) return { events, pages };
    after = page.next;
  }
}

/** Of an event that was deleted meanwhile, there are none. */
async function listParticipants(
  transport: Transport,
  { objectId: id }: MarketingEvent,
  warn: (odd: number) => void,
  options?: CallOptions,
): Promise<Participation[]> {
  const all: Participation[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await listParticipations(transport, { id, after }, options).catch((error: unknown) => {
      if (error instanceof RefusedError && error.status === 404) return undefined;
      throw error;
    });
    if (page === undefined) return all;
    warn(page.odd);
    all.push(...page.participations);
    if (page.next === undefined || page.next === after) return all;
    after = page.next;
  }
}
