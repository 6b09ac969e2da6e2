import { MINUTE } from '../../../base/clock.ts';
import type { ActivityStream, CallOptions, Observation, Window } from '../../crm.ts';
import { listPageVisits, type PageVisit } from '../api/events.ts';
import type { Transport } from '../transport.ts';
import { warnOnce } from './odd-rows.ts';
import type { StreamKind } from './stream-kind.ts';

export const pageViewsKind: StreamKind = {
  key: 'page_views',
  what: 'page views',
  scopes: ['business-intelligence'],
  edition: 'an Enterprise edition',
  delivers: ['page-view'],
  probe: (transport) => listPageVisits(transport, { limit: 1 }),
  open: ({ transport }) => pageViews(transport),
};

/** Every single page view of known contacts, where the portal has the events API. */
export function pageViews(transport: Transport): ActivityStream {
  const warn = warnOnce('page-view', transport.log);
  return {
    name: 'page-view',
    // A visit is stored some time after it happened, under the time at which it did.
    overlap: 10 * MINUTE,
    lag: 0,
    pull: (window, options) => pull(transport, warn, window, options),
  };
}

async function* pull(
  transport: Transport,
  warn: (odd: number) => void,
  window: Window,
  options?: CallOptions,
): AsyncIterable<Observation[]> {
  if (window.from >= window.to) return;
  let after: string | undefined;
  for (;;) {
    const { visits, odd, next } = await listPageVisits(transport, { window, after }, options);
    warn(odd);
    const observations = visits.flatMap((visit) => observe(visit, window));
    if (observations.length > 0) yield observations;
    if (next === undefined || next === after) return;
    after = next;
  }
}

function observe(visit: PageVisit, window: Window): Observation[] {
  const at = Date.parse(visit.occurredAt);
  if (!(at >= window.from && at < window.to)) return [];
  const url = visit.properties?.hs_url?.trim();
  const activity = { id: visit.id, type: 'page-view', at } as const;
  return [{ person: { leadId: visit.objectId }, activity: url ? { ...activity, url } : activity }];
}
