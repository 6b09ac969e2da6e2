import { type Answer, invalid } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Contact } from '../portal/contact.ts';
import type { CustomEvent } from '../portal/custom-events.ts';
import type { PageView } from '../portal/page-views.ts';
import type { Portal } from '../portal/portal.ts';
import { readInstant } from '../portal/property-value.ts';
import { uuidOfCount } from '../portal/uuid.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { readLimit } from './read-body.ts';
import { needTier } from './tier.ts';

const base = '/events/event-occurrences/{version}';
const PAGE_VIEW = 'e_visited_page';
const EVENT_TYPES = [PAGE_VIEW, 'e_clicked_link_in_email_v2', 'e_submitted_form', 'e_viewed_cta', 'e_clicked_cta'];

/** A page view or an event of a type that the company defined. */
type Occurrence = PageView | CustomEvent;

/** Page views and custom events, one by one; Enterprise alone has them. https://developers.hubspot.com/docs/api-reference/events/guide */
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
      handle: () => ({ status: 200, body: { eventTypes: [...EVENT_TYPES, ...portal.customEvents.types] } }),
    },
  ];
}

function list(portal: Portal, { query }: Call): Answer {
  needTier(portal, 'enterprise', 'event occurrences');
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
  const [skip = 0] = readCursor('occurrences', query.get('after')) ?? [];

  const one = limit + 1;
  // Everyone's page views are too many to be sorted for every page.
  const found =
    eventType === PAGE_VIEW && objectId === null
      ? portal.views.between(from, to, skip, one, newestFirst)
      : select(portal, { objectId, eventType, from, to, newestFirst }).slice(skip, skip + one);
  const results = found.slice(0, limit).filter(({ contact }) => contact.state === 'live');
  const more = found.length > limit ? { paging: { next: { after: writeCursor('occurrences', skip + limit) } } } : {};
  return { status: 200, body: { results: results.map((event) => eventAnswer(portal, event)), ...more } };
}

interface Asked {
  readonly objectId: string | null;
  readonly eventType: string | null;
  readonly from: number;
  readonly to: number;
  readonly newestFirst: boolean;
}

/** All that fits but everyone's page views, in the order asked for. */
function select({ contacts, views, customEvents }: Portal, asked: Asked): Occurrence[] {
  const contact: Contact | undefined = asked.objectId === null ? undefined : contacts.find(asked.objectId);
  if (asked.objectId !== null && contact === undefined) return [];
  const viewed =
    contact !== undefined && (asked.eventType ?? PAGE_VIEW) === PAGE_VIEW
      ? views.ofContact(contact).filter(({ at }) => at >= asked.from && at < asked.to)
      : [];
  const custom = customEvents
    .between(asked.from, asked.to)
    .filter((one) => (asked.eventType ?? one.type) === one.type && (contact ?? one.contact) === one.contact);
  const all = [...viewed, ...custom].sort((a, b) => a.at - b.at);
  return asked.newestFirst ? all.reverse() : all;
}

function eventAnswer({ settings }: Portal, event: Occurrence) {
  const { contact, at, number } = event;
  const common = { objectType: 'CONTACT', objectId: contact.id, occurredAt: new Date(at).toISOString() };
  if ('type' in event) {
    const id = uuidOfCount(settings.portalId + 2, number);
    return { ...common, eventType: event.type, id, properties: event.properties };
  }
  return {
    ...common,
    eventType: PAGE_VIEW,
    id: uuidOfCount(settings.portalId + 1, number),
    properties: {
      hs_url: event.url,
      hs_title: titleOf(event.url),
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
