import { z } from 'zod';
import type { CallOptions, Window } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { after, paging, rowsOf } from './shapes.ts';

const occurrenceSchema = z.object({
  id: z.string(),
  objectId: z.union([z.string(), z.number()]).transform(String),
  occurredAt: z.string(),
  properties: z.record(z.string(), z.string().nullish().catch(undefined)).nullish(),
});
/** One time that a contact did something. */
export type Occurrence = z.output<typeof occurrenceSchema>;
const eventsSchema = z.object({ results: rowsOf(occurrenceSchema), paging });

/** HubSpot's own event for a page that was looked at. */
export const PAGE_VISIT = 'e_visited_page';

export interface OccurrencePage {
  /** Such as `e_visited_page`, or `pe123456_trial_started` for a custom event. */
  readonly eventType: string;
  readonly window?: Window;
  readonly after?: string | undefined;
  readonly limit?: number;
}

/**
 * A page of what contacts did of one type, oldest first. Whether HubSpot's bounds are inclusive is not documented: the window is
 * asked for a millisecond wider, and the caller keeps to its own. `odd`: how many were left out, as they could not be read.
 * https://developers.hubspot.com/docs/api-reference/latest/events/retrieve-events/get-events
 */
export async function listOccurrences(
  transport: Transport,
  { eventType, window, limit, ...page }: OccurrencePage,
  options?: CallOptions,
): Promise<{ occurrences: Occurrence[]; odd: number; next: string | undefined }> {
  const query = {
    objectType: 'contact',
    eventType,
    ...(window === undefined
      ? {}
      : { occurredAfter: iso(Math.max(window.from - 1, 0)), occurredBefore: iso(window.to) }),
    sort: 'occurredAt',
    limit: String(limit ?? 100),
    ...after(page.after),
  };
  const answer = await transport.call(
    { kind: 'activity', method: 'GET', path: PATHS.events, query, schema: eventsSchema },
    options,
  );
  return { occurrences: answer.results.rows, odd: answer.results.odd, next: answer.paging?.next?.after };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

const eventTypesSchema = z.object({ eventTypes: z.array(z.string()) });

/** The names of all events that the portal knows, HubSpot's own and its own. https://developers.hubspot.com/docs/api-reference/latest/events/retrieve-events/get-event-types */
export async function listEventTypes(transport: Transport): Promise<string[]> {
  const call = { kind: 'setup', method: 'GET', path: PATHS.eventTypes, schema: eventTypesSchema } as const;
  return (await transport.call(call)).eventTypes;
}
