import { type Answer, HubSpotError, invalid } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { PageView } from '../portal/page-views.ts';
import type { Portal } from '../portal/portal.ts';
import { readInstant } from '../portal/property-value.ts';
import { uuidOfCount } from '../portal/uuid.ts';
import { readLimit } from './read-body.ts';

const base = '/events/event-occurrences/{version}';
const EVENT_TYPES = [
  'e_visited_page',
  'e_clicked_link_in_email_v2',
  'e_submitted_form',
  'e_viewed_cta',
  'e_clicked_cta',
];

/** Page views, one by one; Enterprise alone has them. https://developers.hubspot.com/docs/api-reference/events/guide */
export function eventRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'GET',
      template: base,
      kind: 'activity',
      scopes: ['business-intelligence'],
      handle: (call) => list(portal, call),
    },
    {
      method: 'GET',
      // Lists types even where no events can be had.
      template: `${base}/event-types`,
      kind: 'setup',
      scopes: ['business-intelligence'],
      handle: () => ({ status: 200, body: { eventTypes: EVENT_TYPES } }),
    },
  ];
}

function list(portal: Portal, { query }: Call): Answer {
  if (portal.settings.tier !== 'enterprise') {
    throw new HubSpotError(
      403,
      'FORBIDDEN',
      'The account does not have access to event occurrences: they need an Enterprise subscription.',
    );
  }
  const limit = readLimit(query, { standard: 20, most: 100 });
  const [objectId, eventType] = [query.get('objectId'), query.get('eventType')];
  if (objectId === null && eventType === null) throw invalid('An eventType or an objectId is required');
  const objectType = query.get('objectType');
  if (objectType !== null && !['contact', 'contacts', '0-1', 'CONTACT'].includes(objectType))
    throw invalid(`Unknown object type ${objectType}`);
  if (objectId !== null && objectType === null) throw invalid('An objectType is required with an objectId');
  const from = instant(query, 'occurredAfter') ?? Number.NEGATIVE_INFINITY;
  const to = instant(query, 'occurredBefore') ?? Number.POSITIVE_INFINITY;
  const newestFirst = query.get('sort') !== 'occurredAt';
  const skip = readSkip(query.get('after'));

  const one = limit + 1;
  const views =
    eventType !== null && eventType !== 'e_visited_page'
      ? []
      : objectId === null
        ? portal.views.between(from, to, skip, one, newestFirst)
        : ofContact(portal, objectId, from, to, newestFirst).slice(skip, skip + one);
  const results = views.slice(0, limit).filter(({ contact }) => contact.state === 'live');
  const more = views.length > limit;
  const after = Buffer.from(`occurrences:${skip + limit}`).toString('base64url');
  return {
    status: 200,
    body: {
      results: results.map((view) => eventAnswer(portal, view)),
      ...(more ? { paging: { next: { after } } } : {}),
    },
  };
}

function ofContact(portal: Portal, id: string, from: number, to: number, newestFirst: boolean): PageView[] {
  const contact = portal.contacts.find(id);
  if (contact === undefined) return [];
  const views = portal.views.ofContact(contact).filter(({ at }) => at >= from && at < to);
  return newestFirst ? views.reverse() : views;
}

function eventAnswer(portal: Portal, { number, contact, at, url }: PageView) {
  return {
    objectType: 'CONTACT',
    objectId: contact.id,
    eventType: 'e_visited_page',
    occurredAt: new Date(at).toISOString(),
    id: uuidOfCount(portal.settings.portalId + 1, number),
    properties: {
      hs_url: url,
      hs_title: titleOf(url),
      hs_page_content_type: 'standard-page',
      hs_visitor_type: 'identified',
    },
  };
}

function titleOf(url: string): string {
  const words = (URL.parse(url)?.pathname ?? '').split('/').filter((word) => word !== '');
  return words.length === 0 ? 'Home' : words.join(' · ').replaceAll('-', ' ');
}

function instant(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const at = readInstant(text);
  if (at === undefined) throw invalid(`${name} is not an ISO 8601 timestamp`);
  return at;
}

function readSkip(after: string | null): number {
  if (after === null) return 0;
  const skip = /^occurrences:(\d+)$/.exec(Buffer.from(after, 'base64url').toString())?.[1];
  if (skip === undefined) throw invalid('The after parameter is not the one of a page of these events.');
  return Number(skip);
}
