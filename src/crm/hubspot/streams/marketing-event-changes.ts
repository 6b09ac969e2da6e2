import { DAY, MINUTE } from '../../../base/clock.ts';
import type { Window } from '../../crm.ts';
import type { MarketingEvent } from '../api/marketing-events.ts';

/** The longest time that passes between two listings. */
export const LONGEST_REST = 60 * MINUTE;
/** After the end of an event, an organiser's list of who came may take days. */
const SETTLED_AFTER = 7 * DAY;

/** What was found when all events were last listed and read. */
export interface Listing {
  /** Until when what it covers goes, in milliseconds since 1970. */
  readonly to: number;
  /** How many calls listing them took. */
  readonly pages: number;
  /** How each event stood, by its id. */
  readonly stands: ReadonlyMap<string, string>;
}

/**
 * HubSpot cannot be asked for the events that changed. Where they fit on one page they are listed with every poll, and where they
 * do not, about a page a minute: 2,000 events every 19 minutes.
 */
export function isResting({ to, pages }: Listing, window: Window): boolean {
  return window.to < to + Math.min((pages - 1) * MINUTE, LONGEST_REST);
}

/**
 * Whether the participants of an event must be read again: it stands otherwise than when it was last listed, or where that is
 * not known, it changed within the window, or is not settled yet.
 */
export function mayHaveChanged(event: MarketingEvent, last: Listing | undefined, window: Window): boolean {
  const before = last?.stands.get(event.objectId);
  if (before !== undefined && hasCounters(event)) return before !== standOf(event);
  if (hasCounters(event) && participants(event) === 0) return false;
  return !(time(event.updatedAt) < window.from) || settledAt(event) >= window.from;
}

/** Another text once anybody came, cancelled or attended, or the event itself was edited. */
export function standOf(event: MarketingEvent): string {
  const { updatedAt, registrants, attendees, cancellations, noShows } = event;
  return [updatedAt, registrants, attendees, cancellations, noShows].join(' ');
}

function hasCounters({ registrants, attendees }: MarketingEvent): boolean {
  return registrants != null && attendees != null;
}

function participants({ registrants, attendees, cancellations, noShows }: MarketingEvent): number {
  return [registrants, attendees, cancellations, noShows].reduce<number>((sum, some) => sum + (some ?? 0), 0);
}

/** An event without dates is settled as soon as nobody edits it. */
function settledAt({ endDateTime, startDateTime }: MarketingEvent): number {
  const over = time(endDateTime ?? startDateTime);
  return Number.isNaN(over) ? 0 : over + SETTLED_AFTER;
}

const time = (text: string | null | undefined) => Date.parse(text ?? '');
