import { type Answer, invalid, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import {
  type MarketingEvent,
  PARTICIPATION_STATES,
  type Participation,
  type ParticipationState,
} from '../portal/marketing-events.ts';
import type { Portal } from '../portal/portal.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { readLimit } from './read-body.ts';

const base = '/marketing/marketing-events/{version}';

/** Webinars and the like, and who took part. https://developers.hubspot.com/docs/api-reference/marketing-marketing-events-v3/guide */
export function marketingEventRoutes(portal: Portal): Route[] {
  const scopes = ['crm.objects.marketing_events.read'] as const;
  const activity = { method: 'GET', kind: 'activity', scopes } as const;
  const setup = { method: 'GET', kind: 'setup', scopes } as const;
  return [
    { ...setup, template: base, handle: ({ query }) => list(portal, query) },
    {
      ...setup,
      template: `${base}/{objectId}`,
      handle: ({ params }) => ({ status: 200, body: eventAnswer(portal, eventOf(portal, params.objectId)) }),
    },
    {
      ...activity,
      template: `${base}/participations/{eventId}`,
      handle: ({ params }) => {
        const { registrants, attendees, cancellations, noShows } = countersOf(eventOf(portal, params.eventId));
        const body = { registered: registrants, attended: attendees, cancelled: cancellations, noShows };
        return { status: 200, body };
      },
    },
    {
      ...activity,
      template: `${base}/participations/{eventId}/breakdown`,
      handle: (call) => breakdown(portal, call, eventOf(portal, call.params.eventId).participations),
    },
    {
      ...activity,
      template: `${base}/participations/contacts/{contact}/breakdown`,
      handle: (call) => {
        const contact = findContact(portal, call.params.contact ?? '');
        if (contact === undefined) throw notFound('There is no contact with this identifier');
        const all = portal.marketingEvents.all.flatMap(({ participations }) => participations);
        return breakdown(
          portal,
          call,
          all.filter((one) => one.contact === contact),
        );
      },
    },
  ];
}

function eventOf({ marketingEvents }: Portal, id = ''): MarketingEvent {
  const event = marketingEvents.find(id);
  if (event === undefined) throw notFound(`There is no marketing event ${id}`);
  return event;
}

function findContact({ contacts }: Portal, idOrEmail: string) {
  return idOrEmail.includes('@') ? contacts.findByEmail(idOrEmail.toLowerCase()) : contacts.find(idOrEmail);
}

function list(portal: Portal, query: URLSearchParams): Answer {
  const limit = readLimit(query, { standard: 10, most: 100 });
  const [skip = 0] = readCursor('marketing-events', query.get('after')) ?? [];
  const { all } = portal.marketingEvents;
  const more =
    all.length > skip + limit ? { paging: { next: { after: writeCursor('marketing-events', skip + limit) } } } : {};
  const results = all.slice(skip, skip + limit).map((event) => eventAnswer(portal, event));
  return { status: 200, body: { results, ...more } };
}

function eventAnswer(portal: Portal, event: MarketingEvent) {
  const { id, name, startsAt, endsAt, createdAt, updatedAt } = event;
  const over = endsAt <= portal.now();
  return {
    objectId: id,
    eventName: name,
    eventType: 'WEBINAR',
    eventOrganizer: 'Gaugeworks',
    eventStatus: over ? 'PAST' : 'UPCOMING',
    eventCancelled: false,
    eventCompleted: over,
    startDateTime: new Date(startsAt).toISOString(),
    endDateTime: new Date(endsAt).toISOString(),
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    customProperties: [],
    ...countersOf(event),
  };
}

function countersOf({ participations }: MarketingEvent) {
  const shown = participations.filter(isShown);
  const count = (state: ParticipationState) => shown.filter((one) => one.state === state).length;
  return {
    registrants: count('REGISTERED'),
    attendees: count('ATTENDED'),
    cancellations: count('CANCELLED'),
    noShows: count('NO_SHOW'),
  };
}

function breakdown(portal: Portal, { query }: Call, participations: readonly Participation[]): Answer {
  const limit = readLimit(query, { standard: 10, most: 100 });
  const state = query.get('state');
  if (state !== null && !PARTICIPATION_STATES.some((known) => known === state))
    throw invalid(`Unknown participation state ${state}`);
  const [skip = 0] = readCursor('participations', query.get('after')) ?? [];
  const asked = query.get('contactIdentifier');
  const contact = asked === null ? undefined : findContact(portal, asked);
  const matching = statesOf(portal, participations.filter(isShown)).filter(
    (one) => (state === null || one.state === state) && (asked === null || one.contact === contact),
  );
  const more = matching.length > skip + limit;
  return {
    status: 200,
    body: {
      total: matching.length,
      results: matching.slice(skip, skip + limit).map((one) => participationAnswer(portal, one)),
      ...(more ? { paging: { next: { after: writeCursor('participations', skip + limit) } } } : {}),
    },
  };
}

function isShown({ contact }: Participation): boolean {
  return contact.state === 'live';
}

/** Every state of each contact in each event, or the last alone, as the portal is set. */
function statesOf({ settings }: Portal, participations: readonly Participation[]): Participation[] {
  if (settings.participations === 'every-state') return [...participations];
  const last = new Map(participations.map((one) => [`${one.event.id} ${one.contact.id}`, one]));
  return participations.filter((one) => last.get(`${one.event.id} ${one.contact.id}`) === one);
}

function participationAnswer(portal: Portal, { event, contact, state, at, seconds }: Participation) {
  const share = seconds === undefined ? undefined : Math.min(1, (seconds * 1_000) / (event.endsAt - event.startsAt));
  return {
    id: event.id,
    createdAt: new Date(event.createdAt).toISOString(),
    properties: {
      occurredAt: at,
      attendanceState: state,
      ...(seconds === undefined ? {} : { attendanceDurationSeconds: seconds }),
      // Text; whether HubSpot writes a share of one or of a hundred is not published.
      ...(share === undefined ? {} : { attendancePercentage: share.toFixed(2) }),
    },
    associations: {
      contact: {
        contactId: contact.id,
        email: portal.textOf(contact, 'email') ?? '',
        firstname: portal.textOf(contact, 'firstname'),
        lastname: portal.textOf(contact, 'lastname'),
      },
      marketingEvent: { marketingEventId: event.id, name: event.name },
    },
  };
}
