import { describe, expect, it } from 'vitest';
import type { NewPortal } from '../../../src/sandbox/sandbox.ts';
import { NOW, openSandbox, stillClock } from './open-sandbox.ts';

const EVENTS = '/marketing/marketing-events/2026-09';
const HOUR = 3_600_000;

/** A webinar for which three contacts registered; one came, one cancelled, one did not come. */
async function openWithWebinar(portal: NewPortal = {}) {
  const clock = stillClock();
  const { sandbox, ask } = await openSandbox({ clock, ...portal }, { clock });
  const { people } = sandbox;
  const ids = ['a', 'b', 'c'].map(
    (name) => people.createContact({ email: `${name}@acme.example`, firstname: name }).id,
  );
  const { id } = people.holdEvent({ name: 'Webinar', startsAt: NOW + HOUR, endsAt: NOW + 2 * HOUR });
  people.registerFor(id, ids);
  await clock.advance(2 * HOUR);
  people.attend(id, [ids[0]!], 45);
  people.cancel(id, [ids[1]!]);
  people.noShow('Webinar', [ids[2]!]);
  const states = async (path: string) => {
    const { body } = await ask('GET', EVENTS + path);
    return body.results?.map(({ properties }) => properties?.attendanceState);
  };
  return { people, ask, ids, id, states };
}

describe('marketing events', () => {
  it('come page by page with their times and counters, in either version', async () => {
    const { people, ask, id } = await openWithWebinar();
    people.holdEvent({ name: 'Next webinar', startsAt: NOW + 50 * HOUR, endsAt: NOW + 51 * HOUR });
    const first = await ask('GET', '/marketing/v3/marketing-events?limit=1');
    expect(first.body.results).toEqual([
      expect.objectContaining({
        objectId: id,
        eventName: 'Webinar',
        startDateTime: new Date(NOW + HOUR).toISOString(),
        endDateTime: new Date(NOW + 2 * HOUR).toISOString(),
        updatedAt: new Date(NOW + 2 * HOUR).toISOString(),
        registrants: 3,
        attendees: 1,
        cancellations: 1,
        noShows: 1,
      }),
    ]);
    const rest = await ask('GET', `/marketing/marketing-events/v3?limit=1&after=${first.body.paging!.next.after}`);
    expect(rest.body.results).toEqual([expect.objectContaining({ eventName: 'Next webinar', registrants: 0 })]);
    expect(rest.body.paging).toBeUndefined();
    expect((await ask('GET', `${EVENTS}/${id}`)).body).toMatchObject({ eventName: 'Webinar' });
    const counters = { registered: 3, attended: 1, cancelled: 1, noShows: 1 };
    expect((await ask('GET', `${EVENTS}/participations/${id}`)).body).toEqual(counters);
    expect((await ask('GET', `${EVENTS}/participations/12/breakdown`)).status).toBe(404);
  });

  it('tell who took part, by state, and for how long', async () => {
    const { ask, ids, id, states } = await openWithWebinar();
    const path = `/participations/${id}/breakdown`;
    expect(await states(path)).toEqual(['REGISTERED', 'REGISTERED', 'REGISTERED', 'ATTENDED', 'CANCELLED', 'NO_SHOW']);
    const attended = await ask('GET', `${EVENTS}${path}?state=ATTENDED`);
    expect(attended.body).toEqual({
      total: 1,
      results: [
        {
          id,
          createdAt: new Date(NOW).toISOString(),
          properties: {
            occurredAt: NOW + 2 * HOUR,
            attendanceState: 'ATTENDED',
            attendanceDurationSeconds: 2_700,
            attendancePercentage: '0.75',
          },
          associations: {
            contact: { contactId: ids[0], email: 'a@acme.example', firstname: 'a' },
            marketingEvent: { marketingEventId: id, name: 'Webinar' },
          },
        },
      ],
    });
    const page = await ask('GET', `${EVENTS}${path}?state=REGISTERED&limit=2`);
    expect(page.body.total).toBe(3);
    expect(await states(`${path}?state=REGISTERED&after=${page.body.paging!.next.after}`)).toEqual(['REGISTERED']);
    expect((await ask('GET', `${EVENTS}${path}?state=CAME`)).status).toBe(400);
    expect((await ask('GET', `${EVENTS}${path}?limit=101`)).status).toBe(400);
  });

  it('tell of one contact, by id or address', async () => {
    const { ask, ids, states } = await openWithWebinar();
    expect(await states(`/participations/contacts/${ids[1]}/breakdown`)).toEqual(['REGISTERED', 'CANCELLED']);
    const byEmail = '/participations/contacts/C%40acme.example/breakdown?state=NO_SHOW';
    expect(await states(byEmail)).toEqual(['NO_SHOW']);
    expect((await ask('GET', `${EVENTS}/participations/contacts/1/breakdown`)).status).toBe(404);
  });

  it('show a contact with its last state alone where the portal is set so', async () => {
    const { people, ids, id, states } = await openWithWebinar({ participations: 'last-state' });
    expect(await states(`/participations/${id}/breakdown`)).toEqual(['ATTENDED', 'CANCELLED', 'NO_SHOW']);
    people.registerFor(id, [ids[1]!]);
    expect(await states(`/participations/${id}/breakdown`)).toEqual(['ATTENDED', 'NO_SHOW', 'REGISTERED']);
  });

  it('keep for the survivor of a merge what both did, once, and show nobody who was deleted', async () => {
    const { people, ids, id, states } = await openWithWebinar();
    const merged = people.merge(ids[1]!, ids[0]!).id;
    expect(await states(`/participations/contacts/${merged}/breakdown`)).toEqual([
      'REGISTERED',
      'ATTENDED',
      'CANCELLED',
    ]);
    people.remove(ids[2]!);
    expect(await states(`/participations/${id}/breakdown`)).toEqual(['REGISTERED', 'ATTENDED', 'CANCELLED']);
  });
});
