import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/base/clock.ts';
import type { Observation } from '../../src/crm/crm.ts';
import { customEvents } from '../../src/crm/hubspot/streams/custom-events.ts';
import { marketingEmails } from '../../src/crm/hubspot/streams/marketing-emails.ts';
import { marketingEvents } from '../../src/crm/hubspot/streams/marketing-events.ts';
import type { ActivityType } from '../../src/leads/activity.ts';
import { createBench, hubspot, playTranscripts } from '../support/hubspot-transcript.ts';

playTranscripts();

async function pull(pages: AsyncIterable<Observation[]>): Promise<Observation[]> {
  return (await Array.fromAsync(pages)).flat();
}

describe('marketing e-mails', () => {
  const EVENTS = '/email/public/v1/events';
  const WINDOW = { from: 1_000_000, to: 2_000_000 };
  const ALL = { startTimestamp: '1000000', endTimestamp: '1999999', limit: '1000' };

  const event = (id: string, type: string, created: number, more: object = {}) => ({
    id,
    type,
    created,
    recipient: 'Ada@X.example',
    portalId: 1,
    appId: 113,
    ...more,
  });

  function stream(...asked: ActivityType[]) {
    const bench = createBench();
    return { ...bench, stream: marketingEmails({ transport: bench.transport, asked: new Set(asked) }) };
  }

  test('a quiet window is one call of all types, and each event comes as what models ask for', async () => {
    const { calls, stream: emails } = stream('email-open', 'email-click', 'email-bounce', 'email-unsubscribe');
    const sentBy = { id: 's1', created: 1_100_000 };
    hubspot()
      .get(EVENTS)
      .query(ALL)
      .reply(200, {
        events: [
          event('u1', 'STATUSCHANGE', 1_900_000, {
            portalSubscriptionStatus: 'UNSUBSCRIBED',
            source: 'SOURCE_RECIPIENT',
          }),
          event('n1', 'STATUSCHANGE', 1_800_000, { portalSubscriptionStatus: 'SUBSCRIBED' }),
          event('b1', 'BOUNCE', 1_700_000, { category: 'UNKNOWN_USER' }),
          event('c1', 'CLICK', 1_600_000, { sentBy, url: ' https://acme.example/pricing?x=1 ', filteredEvent: false }),
          event('o1', 'OPEN', 1_500_000, { sentBy, userAgent: 'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15' }),
          event('d1', 'DELIVERED', 1_100_500, { sentBy }),
        ],
        hasMore: false,
        offset: 'end',
      });
    const person = { email: 'ada@x.example' };
    await expect(pull(emails.pull(WINDOW))).resolves.toEqual([
      { person, activity: { id: 'unsubscribed:u1', type: 'email-unsubscribe', at: 1_900_000 } },
      { person, activity: { id: 'b1', type: 'email-bounce', at: 1_700_000 } },
      {
        person,
        activity: {
          id: 'c1',
          type: 'email-click',
          at: 1_600_000,
          url: 'https://acme.example/pricing?x=1',
          deliveredAt: 1_100_000,
        },
      },
      { person, activity: { id: 'o1', type: 'email-open', at: 1_500_000, deliveredAt: 1_100_000 } },
    ]);
    expect(calls).toEqual(['activity']);
  });

  test('machines are told apart: what HubSpot filters, and what a privacy proxy opens', async () => {
    const { stream: emails } = stream('email-open', 'email-click');
    hubspot()
      .get(EVENTS)
      .query(ALL)
      .reply(200, {
        events: [
          event('c1', 'CLICK', 1_600_000, { filteredEvent: true, url: 'https://acme.example/' }),
          event('o1', 'OPEN', 1_500_000, { filteredEvent: false, userAgent: 'Mozilla/5.0' }),
        ],
        hasMore: false,
      });
    const found = await pull(emails.pull(WINDOW));
    expect(found.map(({ activity }) => activity.machine)).toEqual(['bot', 'privacy-proxy']);
  });

  test('a busy window goes on with the types that are asked for, by the time that was reached', async () => {
    const { calls, stream: emails } = stream('email-click', 'email-unsubscribe');
    const answer = (query: object, events: object[], hasMore: boolean) =>
      hubspot()
        .get(EVENTS)
        .query({ ...ALL, ...query })
        .reply(200, { events, hasMore, offset: 'mark' });
    answer({}, [event('c9', 'CLICK', 1_900_000), event('d1', 'DELIVERED', 1_800_000)], true);
    const clicks = (endTimestamp: number) => ({ eventType: 'CLICK', endTimestamp: String(endTimestamp) });
    // What happened in the very millisecond that was reached comes again, and once only comes out.
    answer(clicks(1_800_000), [event('c8', 'CLICK', 1_800_000), event('c7', 'CLICK', 1_700_000)], true);
    answer(clicks(1_700_000), [event('c7', 'CLICK', 1_700_000), event('c6', 'CLICK', 1_700_000)], true);
    answer({ ...clicks(1_700_000), offset: 'mark' }, [event('c5', 'CLICK', 1_600_000)], false);
    answer({ eventType: 'STATUSCHANGE', endTimestamp: '1800000' }, [], false);
    answer({ eventType: 'SPAMREPORT', endTimestamp: '1800000' }, [event('s1', 'SPAMREPORT', 1_500_000)], false);
    const found = await pull(emails.pull(WINDOW));
    expect(found.map(({ activity }) => activity.id)).toEqual(['c9', 'c8', 'c7', 'c6', 'c5', 'unsubscribed:s1']);
    expect(calls).toHaveLength(6);
  });

  test('only what models ask for is read: one type alone is asked for at once, and names its stream', async () => {
    const { stream: emails } = stream('email-click', 'page-view');
    expect(emails.name).toBe('marketing-email:click');
    hubspot()
      .get(EVENTS)
      .query({ ...ALL, eventType: 'CLICK' })
      .reply(200, { events: [event('c1', 'CLICK', 1_500_000)], hasMore: false });
    await expect(pull(emails.pull(WINDOW))).resolves.toHaveLength(1);
  });

  test('an e-mail is asked for its name once, however many open it; a deleted one has none', async () => {
    const { calls, stream: emails } = stream('email-open');
    const opened = (id: string, emailCampaignId: number) => event(id, 'OPEN', 1_500_000, { emailCampaignId });
    hubspot()
      .get(EVENTS)
      .twice()
      .query({ ...ALL, eventType: 'OPEN' })
      .reply(200, { events: [opened('o1', 7), opened('o2', 8), opened('o3', 7)], hasMore: false });
    hubspot().get('/email/public/v1/campaigns/7').reply(200, { id: 7, appId: 113, name: ' Spring offer ' });
    hubspot().get('/email/public/v1/campaigns/8').reply(404, { status: 'error' });
    const first = await pull(emails.pull(WINDOW));
    expect(first.map(({ activity }) => activity.name)).toEqual(['Spring offer', undefined, 'Spring offer']);
    expect(await pull(emails.pull(WINDOW))).toEqual(first);
    expect(calls).toHaveLength(4);
  });

  test('an opening that came again as its own follow-up is taken back, and a report of spam ends a subscription once', async () => {
    const { stream: emails } = stream('email-open', 'email-unsubscribe');
    const spam = { id: 'r1', created: 1_500_000 };
    hubspot()
      .get(EVENTS)
      .query(ALL)
      .reply(200, {
        events: [
          event('u1', 'STATUSCHANGE', 1_500_001, {
            causedBy: spam,
            subscriptions: [{ id: 4, status: 'UNSUBSCRIBED' }],
          }),
          event('r1', 'SPAMREPORT', 1_500_000),
          event('o2', 'OPEN', 1_400_001),
          event('o1', 'OPEN', 1_400_000, { obsoletedBy: { id: 'o2', created: 1_400_001 } }),
          event('x', 'OPEN', 1_300_000, { recipient: '' }),
        ],
        hasMore: false,
      });
    const found = await pull(emails.pull(WINDOW));
    expect(found.map(({ activity, withdrawn }) => [activity.id, withdrawn])).toEqual([
      ['unsubscribed:r1', undefined],
      ['unsubscribed:r1', undefined],
      ['o2', undefined],
      ['o1', true],
    ]);
  });
});

describe('marketing events', () => {
  const EVENTS = '/marketing/marketing-events/2026-09';
  const NOW = Date.UTC(2026, 8, 30, 12);
  const iso = (time: number) => new Date(time).toISOString();

  const event = (objectId: string, updatedAt: number, counters: Partial<typeof NOBODY> = {}, end = updatedAt) => ({
    objectId,
    eventName: `Webinar ${objectId}`,
    startDateTime: iso(end - 60 * MINUTE),
    endDateTime: iso(end),
    createdAt: iso(updatedAt - DAY),
    updatedAt: iso(updatedAt),
    customProperties: [],
    ...NOBODY,
    ...counters,
  });

  const NOBODY = { registrants: 0, attendees: 0, cancellations: 0, noShows: 0 };

  const participation = (contactId: string, attendanceState: string, occurredAt: number, seconds?: number) => ({
    id: '1',
    createdAt: iso(occurredAt),
    associations: {
      contact: { contactId, email: `${contactId}@x.example` },
      marketingEvent: { marketingEventId: '1', name: 'as it may be called otherwise here' },
    },
    properties: { attendanceState, occurredAt, ...(seconds !== undefined && { attendanceDurationSeconds: seconds }) },
  });

  function listing(...events: object[]) {
    hubspot().get(EVENTS).query({ limit: '100' }).reply(200, { results: events });
  }

  function participants(id: string, ...results: object[]) {
    hubspot()
      .get(`${EVENTS}/participations/${id}/breakdown`)
      .query({ limit: '100' })
      .reply(200, { total: results.length, results });
  }

  function openStream() {
    const { transport, calls } = createBench();
    const stream = marketingEvents(transport);
    const windowTo = (to: number) => ({ from: to - MINUTE - stream.overlap, to });
    return { stream, calls, windowTo };
  }

  test('registrations and attendance come under the name of the event; a cancelled registration is taken back', async () => {
    const { stream, windowTo } = openStream();
    listing(event('1', NOW - MINUTE, { registrants: 4, attendees: 1 }));
    hubspot()
      .get(`${EVENTS}/participations/1/breakdown`)
      .query({ limit: '100' })
      .reply(200, {
        results: [
          participation('101', 'REGISTERED', NOW - DAY),
          participation('102', 'ATTENDED', NOW - 90 * MINUTE, 2_700),
        ],
        paging: { next: { after: 'two' } },
      });
    hubspot()
      .get(`${EVENTS}/participations/1/breakdown`)
      .query({ limit: '100', after: 'two' })
      .reply(200, {
        results: [participation('103', 'CANCELLED', NOW - 2 * DAY), participation('104', 'NO_SHOW', NOW - 5)],
      });
    const found = await pull(stream.pull(windowTo(NOW)));
    expect(found.map(({ person, activity, withdrawn }) => [person, activity.type, activity.at, withdrawn])).toEqual([
      [{ leadId: '101' }, 'event-registration', NOW - DAY, undefined],
      [{ leadId: '102' }, 'event-registration', NOW - 90 * MINUTE, undefined],
      [{ leadId: '102' }, 'event-attendance', NOW - 90 * MINUTE, undefined],
      [{ leadId: '103' }, 'event-registration', NOW - 2 * DAY, true],
      [{ leadId: '103' }, 'event-attendance', NOW - 2 * DAY, true],
      [{ leadId: '104' }, 'event-registration', NOW - 5, undefined],
      [{ leadId: '104' }, 'event-attendance', NOW - 5, true],
    ]);
    expect(found[2]?.activity).toEqual({
      id: '1',
      type: 'event-attendance',
      at: NOW - 90 * MINUTE,
      name: 'Webinar 1',
      minutes: 45,
    });
  });

  test('where every state has a row of its own, the last one holds and the registration keeps its time', async () => {
    const { stream, windowTo } = openStream();
    listing(event('1', NOW, { registrants: 1, attendees: 1 }));
    participants('1', participation('101', 'ATTENDED', NOW - MINUTE), participation('101', 'REGISTERED', NOW - DAY));
    const found = await pull(stream.pull(windowTo(NOW)));
    expect(found.map(({ activity, withdrawn }) => [activity.type, activity.at, withdrawn])).toEqual([
      ['event-registration', NOW - DAY, undefined],
      ['event-attendance', NOW - MINUTE, undefined],
    ]);
  });

  test('an event that very many take part in comes in pieces, and whoever is told of on two pages is in one of them', async () => {
    const { stream, windowTo } = openStream();
    listing(event('1', NOW, { registrants: 1_200, attendees: 1 }));
    const registered = Array.from({ length: 1_200 }, (_, index) =>
      participation(String(index), 'REGISTERED', NOW - DAY),
    );
    participants('1', ...registered, participation('0', 'ATTENDED', NOW - MINUTE));
    const pieces = await Array.fromAsync(stream.pull(windowTo(NOW)));
    expect(pieces.map((piece) => piece.length)).toEqual([501, 500, 200]);
    expect(pieces[0]?.slice(0, 2).map(({ activity }) => activity.type)).toEqual([
      'event-registration',
      'event-attendance',
    ]);
  });

  test('somebody known by address first and by record later did one thing, and no address stands in it', async () => {
    const { stream, windowTo } = openStream();
    const person = participation('101', 'REGISTERED', NOW - DAY);
    const { associations } = person;
    const unknown = { ...person, associations: { ...associations, contact: { email: '101@x.example' } } };
    listing(event('1', NOW, { registrants: 1 }));
    participants('1', unknown);
    const [before] = await pull(stream.pull(windowTo(NOW)));
    listing(event('1', NOW + 1, { registrants: 1 }));
    participants('1', person);
    const [later] = await pull(stream.pull(windowTo(NOW)));
    expect([before?.person, later?.person]).toEqual([{ email: '101@x.example' }, { leadId: '101' }]);
    expect(later?.activity).toEqual(before?.activity);
    expect(JSON.stringify(before?.activity)).not.toContain('@');
  });

  test('old events cost nothing but their listing: participants are read where something changed or may have', async () => {
    const { stream, calls, windowTo } = openStream();
    const long = NOW - 400 * DAY;
    const settled = event('1', long, { registrants: 50, attendees: 20 });
    const recent = event('2', long, { registrants: 9 }, NOW - 3 * DAY);
    const empty = event('3', NOW);
    listing(settled, recent, empty);
    participants('2', participation('101', 'REGISTERED', NOW - 10 * DAY));
    expect(await pull(stream.pull(windowTo(NOW)))).toHaveLength(1);
    expect(calls).toHaveLength(2);

    // Somebody hands in who came to an event of last year.
    listing({ ...settled, attendees: 21 }, recent, empty);
    participants('1', participation('102', 'ATTENDED', long, 600));
    expect(await pull(stream.pull(windowTo(NOW + 5 * MINUTE)))).toHaveLength(2);
    expect(calls).toHaveLength(4);
  });

  test('listing takes about a call a minute, however many events there are', async () => {
    const { stream, calls, windowTo } = openStream();
    const pages = ['', 'b', 'c'];
    const listAll = () => {
      for (const [index, after] of pages.entries())
        hubspot()
          .get(EVENTS)
          .query({ limit: '100', ...(after && { after }) })
          .reply(200, {
            results: [event(String(index), NOW - 400 * DAY)],
            ...(index < 2 && { paging: { next: { after: pages[index + 1] } } }),
          });
    };
    listAll();
    await pull(stream.pull(windowTo(NOW)));
    await pull(stream.pull(windowTo(NOW + MINUTE)));
    await pull(stream.pull(windowTo(NOW + 2 * MINUTE - 1)));
    expect(calls).toHaveLength(3);
    listAll();
    await pull(stream.pull(windowTo(NOW + 2 * MINUTE)));
    expect(calls).toHaveLength(6);
  });

  test('whoever has not kept what was read, as after a failure, gets it again', async () => {
    const { stream, windowTo } = openStream();
    const busy = event('1', NOW, { registrants: 1 });
    listing(busy);
    participants('1', participation('101', 'REGISTERED', NOW));
    const window = windowTo(NOW + 1);
    const first = await pull(stream.pull(window));
    listing(busy);
    participants('1', participation('101', 'REGISTERED', NOW));
    expect(await pull(stream.pull({ ...window, to: NOW + MINUTE }))).toEqual(first);
  });

  test('a participant who was deleted meanwhile is nobody, and the others come all the same', async () => {
    const { stream, windowTo } = openStream();
    listing(event('1', NOW, { registrants: 2 }));
    const gone = { ...participation('101', 'REGISTERED', NOW), associations: { contact: null } };
    participants('1', gone, { ...gone, id: '2' });
    await expect(pull(stream.pull(windowTo(NOW + 1)))).resolves.toEqual([]);
  });

  test('an event that is deleted meanwhile has nobody', async () => {
    const { stream, windowTo } = openStream();
    listing(event('1', NOW, { registrants: 1 }), event('2', NOW, { registrants: 1 }));
    hubspot().get(`${EVENTS}/participations/1/breakdown`).query(true).reply(404, { status: 'error' });
    participants('2', participation('101', 'REGISTERED', NOW));
    await expect(pull(stream.pull(windowTo(NOW + 1)))).resolves.toHaveLength(1);
  });
});

describe('custom events', () => {
  const occurrence = (id: string, at: number, properties: Record<string, string | null> = {}) => ({
    id,
    objectId: '101',
    objectType: 'CONTACT',
    eventType: 'pe1_trial_started',
    occurredAt: new Date(at).toISOString(),
    properties,
  });

  test('come under our name of them, as what config says they count as, with the page and the minutes they tell', async () => {
    const { transport } = createBench();
    const stream = customEvents(transport, {
      key: 'configurator',
      event: 'pe1_trial_started',
      as: 'tool-use',
      minutes: 'time_spent',
    });
    expect(stream.name).toBe('custom-event:configurator');
    hubspot()
      .get('/events/event-occurrences/2026-09')
      .query({
        objectType: 'contact',
        eventType: 'pe1_trial_started',
        occurredAfter: '1970-01-01T00:00:01.999Z',
        occurredBefore: '1970-01-01T00:00:05.000Z',
        sort: 'occurredAt',
        limit: '100',
      })
      .reply(200, {
        results: [
          occurrence('e1', 1_999),
          occurrence('e2', 2_000, { hs_page_url: 'https://acme.example/configure', time_spent: '12.5', plan: null }),
          occurrence('e3', 3_000, { time_spent: 'long' }),
        ],
      });
    await expect(pull(stream.pull({ from: 2_000, to: 5_000 }))).resolves.toEqual([
      {
        person: { leadId: '101' },
        activity: {
          id: 'e2',
          type: 'tool-use',
          at: 2_000,
          name: 'configurator',
          url: 'https://acme.example/configure',
          minutes: 12.5,
        },
      },
      { person: { leadId: '101' }, activity: { id: 'e3', type: 'tool-use', at: 3_000, name: 'configurator' } },
    ]);
  });
});
