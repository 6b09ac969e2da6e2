import { describe, expect, it } from 'vitest';
import { NOW, openSandbox, stillClock } from './open-sandbox.ts';

const EVENTS = '/events/event-occurrences/2026-09';

async function openWithEvents() {
  const clock = stillClock();
  const { sandbox, ask } = await openSandbox({ clock }, { clock });
  const { people, portal } = sandbox;
  const [a, b] = ['a', 'b'].map((name) => people.createContact({ email: `${name}@acme.example` }).id) as [
    string,
    string,
  ];
  const trial = `pe${portal.settings.portalId}_trial_started`;
  people.fireEvent({ eventType: 'trial_started', contactId: a, at: NOW - 60_000, properties: { plan: 'team' } });
  people.fireEvent({ eventType: trial, contactId: b });
  people.visit(a, '/pricing');
  const types = async (query: string) => {
    const { body } = await ask('GET', `${EVENTS}?${query}`);
    return body.results?.map(({ eventType }) => eventType);
  };
  return { people, ask, a, b, trial, types };
}

describe('custom events', () => {
  it('are asked for by their type, which has the number of the portal in it', async () => {
    const { ask, a, b, trial } = await openWithEvents();
    expect((await ask('GET', '/events/v3/events/event-types')).body.eventTypes).toContain(trial);
    const { body } = await ask('GET', `${EVENTS}?eventType=${trial}`);
    expect(body.results?.map(({ objectId }) => objectId)).toEqual([b, a]);
    expect(body.results?.[1]).toEqual({
      objectType: 'CONTACT',
      objectId: a,
      eventType: trial,
      occurredAt: new Date(NOW - 60_000).toISOString(),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      properties: { plan: 'team' },
    });
    const page = await ask('GET', `${EVENTS}?eventType=${trial}&limit=1`);
    const rest = await ask('GET', `${EVENTS}?eventType=${trial}&limit=1&after=${page.body.paging!.next.after}`);
    expect(rest.body.results?.map(({ objectId }) => objectId)).toEqual([a]);
  });

  it('come with the page views of a contact where no type is asked for', async () => {
    const { a, trial, types } = await openWithEvents();
    expect(await types(`objectType=contact&objectId=${a}`)).toEqual(['e_visited_page', trial]);
    expect(await types(`objectType=contact&objectId=${a}&sort=occurredAt`)).toEqual([trial, 'e_visited_page']);
    const until = new Date(NOW).toISOString();
    expect(await types(`objectType=contact&objectId=${a}&occurredBefore=${until}`)).toEqual([trial]);
  });

  it('go to the survivor of a merge, and with a contact that is deleted', async () => {
    const { people, ask, a, b, trial } = await openWithEvents();
    const merged = people.merge(a, b).id;
    const objects = async () => {
      const { body } = await ask('GET', `${EVENTS}?eventType=${trial}`);
      return body.results?.map(({ objectId }) => objectId);
    };
    expect(await objects()).toEqual([merged, merged]);
    people.remove(merged);
    expect(await objects()).toEqual([]);
  });
});
