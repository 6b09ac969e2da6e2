import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { rowsOf } from './shapes.ts';

const eventId = z.object({ id: z.string(), created: z.number() }).optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const status = z.object({ status: text });

const emailEventSchema = z.object({
  id: z.string().min(1),
  /** When it happened, in milliseconds since 1970. */
  created: z.number(),
  type: z.string(),
  recipient: text,
  emailCampaignId: z.number().optional().catch(undefined),
  /** The sending of the e-mail that was opened or clicked. */
  sentBy: eventId,
  /** Such as the report of spam that a change of status follows from. */
  causedBy: eventId,
  /** A later event that tells the same with more in it. */
  obsoletedBy: eventId,
  /** Left out of HubSpot's own figures: a bot's, by its own judgement, or of an address that the portal excludes. */
  filteredEvent: z.boolean().optional().catch(undefined),
  userAgent: text,
  url: text,
  portalSubscriptionStatus: text,
  subscriptions: z.array(status).optional().catch(undefined),
});
export type EmailEvent = z.output<typeof emailEventSchema>;

const emailEventsSchema = z.object({ events: rowsOf(emailEventSchema), hasMore: z.boolean(), offset: text });

/** As many as one call gives. */
export const EMAIL_EVENTS = 1_000;

export interface EmailEventPage {
  /** One type, or all. */
  readonly type?: string;
  /** Both inclusive, in milliseconds since 1970. */
  readonly from?: number;
  readonly to?: number;
  readonly offset?: string;
  readonly limit?: number;
}

/**
 * A page of what became of marketing e-mails, newest first. `offset` continues it and does not live long. `odd`: how many
 * were left out, as they could not be read.
 * https://developers.hubspot.com/docs/api-reference/legacy/email-analytics-v1/events/get-email-public-v1-events
 */
export async function listEmailEvents(
  transport: Transport,
  { type, from, to, offset, limit = EMAIL_EVENTS }: EmailEventPage,
  options?: CallOptions,
): Promise<{ events: EmailEvent[]; odd: number; hasMore: boolean; offset: string | undefined }> {
  const query = {
    ...(type !== undefined && { eventType: type }),
    ...(from !== undefined && { startTimestamp: String(Math.max(from, 0)) }),
    ...(to !== undefined && { endTimestamp: String(to) }),
    ...(offset !== undefined && { offset }),
    limit: String(limit),
  };
  const call = { kind: 'activity', method: 'GET', path: PATHS.emailEvents, query, schema: emailEventsSchema } as const;
  const { events, hasMore, offset: next } = await transport.call(call, options);
  return { events: events.rows, odd: events.odd, hasMore, offset: next };
}

const campaignSchema = z.object({ name: z.string().nullish() });

/**
 * The name that marketing gave the e-mail; undefined where it has none.
 * @throws RefusedError (404) where the campaign is no more.
 * https://developers.hubspot.com/docs/api-reference/legacy/email-analytics-v1/campaigns/get-email-public-v1-campaigns-campaignId
 */
export async function readCampaignName(
  transport: Transport,
  id: number,
  options?: CallOptions,
): Promise<string | undefined> {
  const path = `${PATHS.emailCampaigns}/${id}`;
  const call = { kind: 'activity', method: 'GET', path, schema: campaignSchema } as const;
  return (await transport.call(call, options)).name?.trim() || undefined;
}
