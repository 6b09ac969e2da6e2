import { type Answer, invalid } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import { MAIL_EVENT_TYPES, type MailEvent } from '../portal/mail-events.ts';
import type { Portal } from '../portal/portal.ts';
import { uuidOfCount } from '../portal/uuid.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { MAIL_APP, MAIL_SENDER } from './mail-campaign-routes.ts';
import { readLimit } from './read-body.ts';
import { needTier } from './tier.ts';

/**
 * What happened to marketing e-mails, one by one. Version 1, and none of a later date is known.
 * https://developers.hubspot.com/docs/api-reference/legacy/email-analytics-v1/guide
 */
export function mailEventRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'GET',
      template: '/email/public/v1/events',
      kind: 'activity',
      scopes: ['content'],
      handle: (call) => list(portal, call),
    },
  ];
}

function list(portal: Portal, { query }: Call): Answer {
  needTier(portal, 'professional', 'events of marketing e-mails');
  const limit = readLimit(query, { standard: 10, most: 1_000 });
  const passes = filterOf(query);
  // Both ends are included.
  const from = readTime(query, 'startTimestamp') ?? Number.NEGATIVE_INFINITY;
  const to = readTime(query, 'endTimestamp') ?? Number.POSITIVE_INFINITY;
  const [at = to, below] = readCursor('mail', query.get('offset')) ?? [];
  const page: MailEvent[] = [];
  let hasMore = false;
  for (const event of portal.mail.newestFirst(from, at, below)) {
    if (!passes(event)) continue;
    hasMore = page.length === limit;
    if (hasMore) break;
    page.push(event);
  }
  const last = page.at(-1);
  const offset = last === undefined ? (query.get('offset') ?? '') : writeCursor('mail', last.at, last.number);
  return { status: 200, body: { hasMore, offset, events: page.map((event) => eventAnswer(portal, event)) } };
}

function filterOf(query: URLSearchParams): (event: MailEvent) => boolean {
  const [type, recipient] = [query.get('eventType'), query.get('recipient')?.toLowerCase()];
  const [campaignId, appId] = [query.get('campaignId'), query.get('appId')];
  if (type !== null && !MAIL_EVENT_TYPES.some((known) => known === type)) throw invalid(`Invalid event type ${type}`);
  if (campaignId !== null && appId === null) throw invalid('An appId is required with a campaignId');
  const unfiltered = query.get('excludeFilteredEvents')?.toLowerCase() === 'true';
  return (event) =>
    (type === null || event.type === type) &&
    (recipient === undefined || event.recipient.toLowerCase() === recipient) &&
    (campaignId === null || String(event.campaign.id) === campaignId) &&
    (appId === null || String(MAIL_APP.appId) === appId) &&
    !(unfiltered && event.details.filteredEvent === true);
}

function eventAnswer({ settings }: Portal, { type, at, number, recipient, campaign, sentBy, details }: MailEvent) {
  const idOf = (one: number) => uuidOfCount(settings.portalId + 3, one);
  return {
    id: idOf(number),
    created: at,
    type,
    recipient,
    portalId: settings.portalId,
    ...MAIL_APP,
    emailCampaignId: campaign.id,
    ...(sentBy === undefined ? {} : { sentBy: { id: idOf(sentBy.number), created: sentBy.at } }),
    ...(type === 'SENT' || type === 'DROPPED' ? { ...MAIL_SENDER, subject: campaign.subject } : {}),
    ...(type === 'STATUSCHANGE' ? { requestedBy: recipient } : {}),
    ...details,
  };
}

/** Milliseconds since 1970, in digits and nothing else. */
function readTime(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) throw invalid(`${name} is not a number of milliseconds since 1970`);
  return Number(text);
}
