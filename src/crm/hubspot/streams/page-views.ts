import { MINUTE } from '../../../base/clock.ts';
import type { ActivityStream, CallOptions, Observation, Window } from '../../crm.ts';
import { listOccurrences, PAGE_VISIT } from '../api/events.ts';
import type { Transport } from '../transport.ts';
import { type OccurrenceSource, occurrencePages } from './occurrence-pages.ts';
import { warnOnce } from './odd-rows.ts';
import type { StreamKind } from './stream-kind.ts';

export const pageViewsKind: StreamKind = {
  key: 'page_views',
  what: 'page views',
  scopes: ['business-intelligence'],
  edition: 'an Enterprise edition',
  delivers: ['page-view'],
  probe: (transport) => listOccurrences(transport, { eventType: PAGE_VISIT, limit: 1 }),
  open: ({ transport }) => pageViews(transport),
};

/** Every single page view of known contacts, where the portal has the events API. */
export function pageViews(transport: Transport): ActivityStream {
  const source = { transport, eventType: PAGE_VISIT, warn: warnOnce('page-view', transport.log) };
  return {
    name: 'page-view',
    // A visit is stored some time after it happened, under the time at which it did.
    overlap: 10 * MINUTE,
    lag: 0,
    pull: (window, options) => pull(source, window, options),
  };
}

async function* pull(source: OccurrenceSource, window: Window, options?: CallOptions): AsyncIterable<Observation[]> {
  for await (const visits of occurrencePages(source, window, options)) {
    yield visits.map(({ occurrence: { id, objectId, properties }, at }) => {
      const url = properties?.hs_url?.trim();
      const activity = { id, type: 'page-view', at } as const;
      return { person: { leadId: objectId }, activity: url ? { ...activity, url } : activity };
    });
  }
}
