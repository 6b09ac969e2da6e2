import { z } from 'zod';
import type { CallOptions, Window } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { after, paging, rowsOf } from './shapes.ts';

const visitSchema = z.object({
  id: z.string(),
  objectId: z.union([z.string(), z.number()]).transform(String),
  occurredAt: z.string(),
  properties: z.looseObject({ hs_url: z.string().nullish() }).nullish(),
});
export type PageVisit = z.output<typeof visitSchema>;
const eventsSchema = z.object({ results: rowsOf(visitSchema), paging });

/**
 * A page of page visits by contacts, oldest first. Whether HubSpot's bounds are inclusive is not documented: the window is
 * asked for a millisecond wider, and the caller keeps to its own. `odd`: how many were left out, as they could not be read.
 * https://developers.hubspot.com/docs/api-reference/latest/events/retrieve-events/get-events
 */
export async function listPageVisits(
  transport: Transport,
  page: { readonly window?: Window; readonly after?: string; readonly limit?: number },
  options?: CallOptions,
): Promise<{ visits: PageVisit[]; odd: number; next: string | undefined }> {
  const { window } = page;
  const query = {
    objectType: 'contact',
    eventType: 'e_visited_page',
    ...(window === undefined
      ? {}
      : { occurredAfter: iso(Math.max(window.from - 1, 0)), occurredBefore: iso(window.to) }),
    sort: 'occurredAt',
    limit: String(page.limit ?? 100),
    ...after(page.after),
  };
  const answer = await transport.call(
    { kind: 'activity', method: 'GET', path: PATHS.events, query, schema: eventsSchema },
    options,
  );
  return { visits: answer.results.rows, odd: answer.results.odd, next: answer.paging?.next?.after };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
