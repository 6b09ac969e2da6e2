import type { CallOptions, Window } from '../../crm.ts';
import { listOccurrences, type Occurrence } from '../api/events.ts';
import type { Transport } from '../transport.ts';

export interface OccurrenceSource {
  readonly transport: Transport;
  readonly eventType: string;
  /** Told how many rows of a page could not be read. */
  readonly warn: (odd: number) => void;
}

/** Every time that a contact did what the event stands for within the window, page by page, with when that was. */
export async function* occurrencePages(
  { transport, eventType, warn }: OccurrenceSource,
  window: Window,
  options?: CallOptions,
): AsyncIterable<{ readonly occurrence: Occurrence; readonly at: number }[]> {
  if (window.from >= window.to) return;
  let after: string | undefined;
  for (;;) {
    const { occurrences, odd, next } = await listOccurrences(transport, { eventType, window, after }, options);
    warn(odd);
    const within = occurrences
      .map((occurrence) => ({ occurrence, at: Date.parse(occurrence.occurredAt) }))
      .filter(({ at }) => at >= window.from && at < window.to);
    if (within.length > 0) yield within;
    if (next === undefined || next === after) return;
    after = next;
  }
}
