import { describe, expect, it } from 'vitest';
import { CONTACTS, openSandbox, stillClock } from './open-sandbox.ts';

async function withContact(options: Parameters<typeof openSandbox>[0] = {}) {
  const opened = await openSandbox(options);
  const contact = opened.sandbox.people.createContact({ email: 'a@acme.example' });
  const write = () => opened.ask('PATCH', `${CONTACTS}/${contact.id}`, { properties: { city: 'Leeds' } });
  return { ...opened, write, city: () => opened.sandbox.portal.textOf(contact, 'city') };
}

describe('faults', () => {
  it('answer as ordered, for as long as ordered, where ordered', async () => {
    const { sandbox, ask } = await openSandbox();
    sandbox.faults.add({
      method: 'GET',
      path: /contacts$/,
      status: 503,
      body: 'busy',
      headers: { 'Retry-After': '7' },
      skip: 1,
      times: 2,
    });
    const statuses = [];
    for (let n = 0; n < 4; n++) {
      const answer = await fetch(`${sandbox.url}${CONTACTS}`);
      statuses.push(answer.status, answer.headers.get('retry-after'), (await answer.text()) === 'busy');
    }
    expect(statuses).toEqual([401, null, false, 503, '7', true, 503, '7', true, 401, null, false]);
    expect((await ask('GET', '/crm/owners/2026-09')).status).toBe(200);
    expect(sandbox.requests.count({ status: 503 })).toBe(2);
  });

  it('before a write leave nothing written, after it the answer alone is lost', async () => {
    const before = await withContact();
    before.sandbox.faults.add({ method: 'PATCH', path: CONTACTS, status: 502, times: 1 });
    expect((await before.write()).status).toBe(502);
    expect(before.city()).toBeUndefined();
    const after = await withContact();
    after.sandbox.faults.add({ method: 'PATCH', path: CONTACTS, when: 'after', status: 502, times: 1 });
    expect((await after.write()).status).toBe(502);
    expect(after.city()).toBe('Leeds');
  });

  it('break the connection before or after the write', async () => {
    for (const when of ['before', 'after'] as const) {
      const { sandbox, write, city } = await withContact();
      sandbox.faults.add({ path: CONTACTS, when, reset: true, times: 1 });
      await expect(write()).rejects.toThrow();
      expect(city()).toBe(when === 'after' ? 'Leeds' : undefined);
      expect(sandbox.requests.all({ method: 'PATCH' })[0]).toMatchObject({ status: 0, faulty: true });
    }
  });

  it('send half a body and no more', async () => {
    const { sandbox, write, city } = await withContact();
    sandbox.faults.add({ path: CONTACTS, halfBody: true, times: 1 });
    await expect(write()).rejects.toThrow();
    expect(city()).toBe('Leeds');
  });

  it('delay by the clock they are given, and end with the sandbox', async () => {
    const clock = stillClock();
    const { sandbox, write, city } = await withContact({ clock });
    sandbox.faults.add({ path: CONTACTS, delayMs: 60_000, times: 2 });
    const waiting = write();
    let answered = false;
    waiting.then(() => {
      answered = true;
    });
    await expect.poll(() => clock.slept).toEqual([60_000]);
    expect([answered, city()]).toEqual([false, undefined]);
    await clock.advance(60_000);
    expect((await waiting).status).toBe(200);
    const never = write();
    await expect.poll(() => clock.slept).toEqual([60_000, 60_000]);
    await Promise.all([sandbox.close(), expect(never).rejects.toThrow()]);
  });

  it('answer nonsense with a good status, or the truth with other headers', async () => {
    const { sandbox, ask } = await openSandbox({ leads: 1 });
    sandbox.faults.add({ path: CONTACTS, body: '<html>', times: 1 });
    const nonsense = await fetch(`${sandbox.url}${CONTACTS}`);
    expect([nonsense.status, await nonsense.text()]).toEqual([200, '<html>']);
    sandbox.faults.add({ path: CONTACTS, headers: { 'X-HubSpot-RateLimit-Max': '7' }, times: 1 });
    const { headers, body } = await ask('GET', CONTACTS);
    expect([headers.get('x-hubspot-ratelimit-max'), body.results?.length]).toEqual(['7', 1]);
  });

  it('can be called off', async () => {
    const { sandbox, ask } = await openSandbox();
    const callOff = sandbox.faults.add({ path: '/', status: 500 });
    expect((await ask('GET', CONTACTS)).status).toBe(500);
    callOff();
    expect((await ask('GET', CONTACTS)).status).toBe(200);
  });
});

describe('the controls of another process', () => {
  it('let people act, order faults and tell what was asked', async () => {
    const { ask, sandbox } = await openSandbox();
    const act = (body: object) => ask('POST', '/_sandbox/act', body);
    const { body: made } = await act({ act: 'submitForm', form: 'demo', fields: { email: 'a@acme.example' } });
    expect((await act({ act: 'visit', id: made.id, path: '/pricing' })).status).toBe(200);
    const other = (await act({ act: 'createContact', values: { email: 'b@acme.example' } })).body;
    const merged = (await act({ act: 'merge', id: made.id, otherId: other.id })).body;
    expect((await act({ act: 'update', id: merged.id, values: { city: 'Leeds' } })).status).toBe(200);
    expect((await act({ act: 'remove', id: merged.id })).status).toBe(200);
    expect((await act({ act: 'visit', id: merged.id, path: '/' })).status).toBe(400);
    expect((await act({ act: 'dance' })).status).toBe(400);

    await ask('POST', '/_sandbox/faults', { path: 'contacts$', pattern: true, status: 503, times: 1 });
    expect((await ask('GET', CONTACTS)).status).toBe(503);
    expect((await ask('GET', CONTACTS)).status).toBe(200);
    expect((await ask('GET', '/_sandbox/counts')).body).toEqual({
      'GET /crm/objects/{version}/contacts': { 200: 1, 503: 1 },
    });
    expect((await ask('GET', '/_sandbox/requests?path=/crm')).body).toHaveLength(2);
    expect((await ask('GET', '/_sandbox/portal')).body).toMatchObject({
      tier: 'enterprise',
      submissions: 1,
      pageViews: 2,
    });
    const contactIds = [(await act({ act: 'createContact', values: { email: 'c@acme.example' } })).body.id];
    const list = (await act({ act: 'createList', name: 'Guests' })).body.id;
    await act({ act: 'addToList', list, contactIds });
    const event = (await act({ act: 'holdEvent', name: 'Webinar', startsAt: 0, endsAt: 1 })).body.id;
    await act({ act: 'fireEvent', eventType: 'pe1_trial', contactId: contactIds[0] });
    const dana = { firstName: 'Dana', lastName: 'Reed', email: 'dana@acme.example' };
    const owner = (await act({ act: 'addOwner', ...dana })).body.id;
    expect((await ask('GET', '/_sandbox/portal')).body).toMatchObject({
      lists: expect.arrayContaining([{ id: list, name: 'Guests', members: 1 }]),
      marketingEvents: expect.arrayContaining([{ id: event, name: 'Webinar' }]),
      customEvents: ['pe1_trial'],
      owners: expect.arrayContaining([{ id: owner, ...dana }]),
    });
    expect(sandbox.requests.all({ path: '/_sandbox' })).toEqual([]);
  });
});
