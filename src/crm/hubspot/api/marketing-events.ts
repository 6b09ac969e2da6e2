import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { after, paging, rowsOf } from './shapes.ts';

const text = z.string().nullish().catch(undefined);
const counter = z.number().nullish().catch(undefined);

const marketingEventSchema = z.object({
  objectId: z.coerce.string().regex(/^\d+$/),
  eventName: z.string(),
  startDateTime: text,
  endDateTime: text,
  createdAt: text,
  updatedAt: z.string(),
  registrants: counter,
  attendees: counter,
  cancellations: counter,
  noShows: counter,
});
export type MarketingEvent = z.output<typeof marketingEventSchema>;
const marketingEventsSchema = z.object({ results: rowsOf(marketingEventSchema), paging });

/**
 * A page of all marketing events that there ever were, in no order that is promised; there is no way to ask for the changed
 * ones. `odd`: how many were left out, as they could not be read.
 * https://developers.hubspot.com/docs/api-reference/latest/marketing/marketing-events/guide
 */
export async function listMarketingEvents(
  transport: Transport,
  page: { readonly after?: string | undefined; readonly limit?: number },
  options?: CallOptions,
): Promise<{ events: MarketingEvent[]; odd: number; next: string | undefined }> {
  const query = { limit: String(page.limit ?? 100), ...after(page.after) };
  const answer = await transport.call(
    { kind: 'activity', method: 'GET', path: PATHS.marketingEvents, query, schema: marketingEventsSchema },
    options,
  );
  return { events: answer.results.rows, odd: answer.results.odd, next: answer.paging?.next?.after };
}

const recordId = z.union([z.string().min(1), z.number()]).transform(String);
const participationSchema = z.object({
  associations: z.object({
    contact: z.object({ contactId: recordId.optional().catch(undefined), email: text }).nullish(),
  }),
  properties: z.object({
    attendanceState: z.string(),
    occurredAt: z.number(),
    attendanceDurationSeconds: counter,
  }),
});
export type Participation = z.output<typeof participationSchema>;
const participationsSchema = z.object({ results: rowsOf(participationSchema), paging });

/**
 * A page of who takes part in a marketing event, and how; there is no way to ask for the changed ones. `odd`: how many were
 * left out, as they could not be read.
 * https://developers.hubspot.com/docs/api-reference/latest/marketing/marketing-events/guide
 */
export async function listParticipations(
  transport: Transport,
  event: { readonly id: string; readonly after?: string | undefined },
  options?: CallOptions,
): Promise<{ participations: Participation[]; odd: number; next: string | undefined }> {
  const path = `${PATHS.participations}/${event.id}/breakdown`;
  const query = { limit: '100', ...after(event.after) };
  const answer = await transport.call(
    { kind: 'activity', method: 'GET', path, query, schema: participationsSchema },
    options,
  );
  return { participations: answer.results.rows, odd: answer.results.odd, next: answer.paging?.next?.after };
}
