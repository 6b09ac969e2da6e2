import { MINUTE } from '../../../base/clock.ts';
import type { Activity } from '../../../leads/activity.ts';
import type { ActivityStream, CallOptions, Observation, Window } from '../../crm.ts';
import type { Occurrence } from '../api/events.ts';
import type { CustomEvent } from '../custom-event-config.ts';
import type { Transport } from '../transport.ts';
import { type OccurrenceSource, occurrencePages } from './occurrence-pages.ts';
import { warnOnce } from './odd-rows.ts';

export interface StreamedEvent extends CustomEvent {
  /** Our key in config. */
  readonly key: string;
}

/** Every time that a contact did what a custom event stands for, under our name of it. */
export function customEvents(transport: Transport, event: StreamedEvent): ActivityStream {
  const name = `custom-event:${event.key}`;
  const source = { transport, eventType: event.event, warn: warnOnce(name, transport.log) };
  return {
    name,
    // A site or an app may send what happened some time after it did.
    overlap: 10 * MINUTE,
    lag: 0,
    pull: (window, options) => pull(source, event, window, options),
  };
}

async function* pull(
  source: OccurrenceSource,
  event: StreamedEvent,
  window: Window,
  options?: CallOptions,
): AsyncIterable<Observation[]> {
  for await (const page of occurrencePages(source, window, options)) {
    yield page.map(({ occurrence, at }) => ({
      person: { leadId: occurrence.objectId },
      activity: { id: occurrence.id, type: event.as, at, name: event.key, ...details(occurrence, event.minutes) },
    }));
  }
}

/** Of all that an event may tell, the page on which it happened, and how long it took where config says which property does. */
function details({ properties }: Occurrence, minutesIn: string | undefined): Partial<Activity> {
  const url = (properties?.hs_url ?? properties?.hs_page_url)?.trim();
  const text = minutesIn === undefined ? undefined : properties?.[minutesIn]?.trim();
  const minutes = text ? Number(text) : Number.NaN;
  return { ...(url && { url }), ...(minutes >= 0 && Number.isFinite(minutes) && { minutes }) };
}
