import { describe, expect, it } from 'vitest';
import { CONTACTS, NOW, openSandbox, stillClock } from './open-sandbox.ts';

describe('listing contacts', () => {
  it('gives every contact once, in order of ids, a hundred at most', async () => {
    const { ask } = await openSandbox({ leads: 250 });
    const ids: string[] = [];
    for (let after: string | undefined = '0'; after !== undefined; ) {
      const page = await ask('GET', `${CONTACTS}?limit=100&after=${after}&properties=email,jobtitle`);
      ids.push(...page.body.results!.map((one) => one.id!));
      after = page.body.paging?.next.after;
    }
    expect(new Set(ids).size).toBe(250);
    expect(ids.map(Number)).toEqual(ids.map(Number).toSorted((a, b) => a - b));
    expect((await ask('GET', `${CONTACTS}?limit=101`)).status).toBe(400);
  });

  it('answers in text, with null for what is missing and nothing for what does not exist', async () => {
    const { sandbox, ask } = await openSandbox();
    sandbox.people.createContact({ email: 'Ada@Acme.example', numemployees: '25-50' });
    const { body } = await ask('GET', `${CONTACTS}?properties=email,jobtitle,numemployees,nonsense`);
    const contact = body.results![0]!;
    expect(contact.properties).toEqual({
      email: 'ada@acme.example',
      jobtitle: null,
      numemployees: '25-50',
      createdate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      hs_object_id: contact.id,
      lastmodifieddate: expect.any(String),
    });
    expect(contact).toMatchObject({ archived: false, createdAt: contact.properties!.createdate });
  });

  it('knows the numbered versions and the type ids too', async () => {
    const { ask } = await openSandbox({ leads: 3 });
    for (const path of [
      '/crm/v3/objects/contacts',
      '/crm/objects/v3/contacts',
      '/crm/objects/2026-09-beta/contacts',
      '/crm/v3/objects/0-1',
    ]) {
      expect((await ask('GET', path)).body.results).toHaveLength(3);
    }
    expect((await ask('GET', '/crm/objects/latest/contacts')).status).toBe(404);
  });

  it('shows deleted contacts in the archived list alone', async () => {
    const { sandbox, ask } = await openSandbox({ leads: 3 });
    const first = (await ask('GET', CONTACTS)).body.results![0]!;
    sandbox.people.remove(first.id!);
    expect((await ask('GET', CONTACTS)).body.results).toHaveLength(2);
    const { body } = await ask('GET', `${CONTACTS}?archived=true`);
    expect(body.results).toEqual([
      expect.objectContaining({ id: first.id, archived: true, archivedAt: expect.any(String) }),
    ]);
    expect((await ask('GET', `${CONTACTS}/${first.id}`)).status).toBe(404);
    expect((await ask('GET', `${CONTACTS}/${first.id}?archived=true`)).status).toBe(200);
  });
});

describe('reading a batch', () => {
  it('finds by any e-mail address, whatever its case', async () => {
    const { sandbox, ask } = await openSandbox();
    const one = sandbox.people.createContact({ email: 'one@acme.example' });
    const two = sandbox.people.createContact({ email: 'two@acme.example' });
    const merged = sandbox.people.merge(one.id, two.id);
    const { status, body } = await ask('POST', `${CONTACTS}/batch/read`, {
      idProperty: 'email',
      inputs: [{ id: 'TWO@acme.example' }],
      properties: ['email', 'hs_additional_emails', 'hs_merged_object_ids'],
    });
    expect(status).toBe(200);
    expect(body.results).toHaveLength(1);
    expect(body.results?.[0]).toMatchObject({
      id: merged.id,
      properties: {
        email: 'one@acme.example',
        hs_additional_emails: 'two@acme.example',
        hs_merged_object_ids: `${one.id};${two.id}`,
      },
    });
  });

  it('answers 207 for what it lacks, with the rest', async () => {
    const { sandbox, ask } = await openSandbox();
    const contact = sandbox.people.createContact({ email: 'one@acme.example' });
    const { status, body } = await ask('POST', `${CONTACTS}/batch/read`, {
      inputs: [{ id: contact.id }, { id: '404' }, { id: '405' }],
    });
    expect(status).toBe(207);
    expect(body.results?.map((one) => one.id)).toEqual([contact.id]);
    expect(body.errors).toEqual([
      expect.objectContaining({ category: 'OBJECT_NOT_FOUND', context: { ids: ['404', '405'] } }),
    ]);
  });

  it('takes a hundred inputs and no more', async () => {
    const { ask } = await openSandbox();
    const inputs = Array.from({ length: 101 }, (_, index) => ({ id: String(index) }));
    expect((await ask('POST', `${CONTACTS}/batch/read`, { inputs })).status).toBe(400);
    expect((await ask('POST', `${CONTACTS}/batch/read`, { inputs: [] })).status).toBe(400);
  });
});

describe('merging', () => {
  it('mints a new id to which both old ids lead, over several merges', async () => {
    const { sandbox, ask } = await openSandbox();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => sandbox.people.createContact({ email: `${name}@acme.example` }));
    const ab = sandbox.people.merge(a!.id, b!.id);
    const abc = sandbox.people.merge(c!.id, ab.id);
    expect(new Set([a!.id, b!.id, c!.id, ab.id, abc.id]).size).toBe(5);
    for (const id of [a!.id, b!.id, c!.id, ab.id]) {
      expect((await ask('GET', `${CONTACTS}/${id}`)).body.id).toBe(abc.id);
    }
    expect((await ask('GET', CONTACTS)).body.results).toHaveLength(1);
  });

  it('can keep the primary id instead', async () => {
    const { sandbox, ask } = await openSandbox({ mergeKeepsId: true });
    const a = sandbox.people.createContact({ email: 'a@acme.example', jobtitle: 'CTO' });
    const b = sandbox.people.createContact({ email: 'b@acme.example', jobtitle: 'CEO', city: 'Leeds' });
    sandbox.people.merge(a.id, b.id);
    const { body } = await ask('GET', `${CONTACTS}/${b.id}?properties=jobtitle,city,hs_merged_object_ids`);
    expect(body).toMatchObject({
      id: a.id,
      properties: { jobtitle: 'CTO', city: 'Leeds', hs_merged_object_ids: b.id },
    });
  });

  it('keeps the further stage, the later visit and the sum', async () => {
    const clock = stillClock();
    const { sandbox } = await openSandbox({ clock });
    const { people, portal } = sandbox;
    const { contact: a } = people.submitForm('ebook', { email: 'a@acme.example' });
    await clock.advance(1_000);
    const { contact: b } = people.submitForm('demo', { email: 'b@acme.example' });
    people.update(b.id, { lifecyclestage: 'opportunity' });
    const merged = people.merge(a.id, b.id);
    expect(portal.textOf(merged, 'lifecyclestage')).toBe('opportunity');
    expect(portal.textOf(merged, 'hs_analytics_last_url')).toMatch(/demo$/);
    expect(portal.textOf(merged, 'recent_conversion_event_name')).toContain('Request a demo');
    expect(portal.textOf(merged, 'first_conversion_event_name')).toContain('Download the ebook');
    expect(portal.numberOf(merged, 'num_conversion_events')).toBe(2);
    expect(portal.numberOf(merged, 'num_unique_conversion_events')).toBe(2);
  });

  it('keeps what both did', async () => {
    const { sandbox, ask } = await openSandbox();
    const a = sandbox.people.createContact({ email: 'a@acme.example' });
    const b = sandbox.people.createContact({ email: 'b@acme.example' });
    sandbox.people.visit(a.id, '/pricing');
    sandbox.people.visit(b.id, '/careers');
    const merged = sandbox.people.merge(a.id, b.id);
    const { body } = await ask('GET', `/events/event-occurrences/2026-09?objectType=contact&objectId=${a.id}`);
    expect(body.results?.map((one) => one.objectId)).toEqual([merged.id, merged.id]);
    expect(sandbox.portal.numberOf(merged, 'hs_analytics_num_page_views')).toBe(2);
  });
});

describe('privacy deletion', () => {
  it('leaves nothing of a person', async () => {
    const { sandbox, ask } = await openSandbox();
    const { contact } = sandbox.people.submitForm('demo', { email: 'gone@acme.example' });
    sandbox.people.eraseForPrivacy(contact.id);
    expect((await ask('GET', `${CONTACTS}?archived=true`)).body.results).toEqual([]);
    expect((await ask('GET', `${CONTACTS}/${contact.id}`)).status).toBe(404);
    expect(sandbox.portal.forms.submissions(sandbox.portal.forms.find('demo')!.guid)).toEqual([]);
    const { body } = await ask('GET', '/events/event-occurrences/2026-09?eventType=e_visited_page');
    expect(body.results).toEqual([]);
  });
});

describe('what people do', () => {
  it('refuses what no property is or can hold', async () => {
    const { sandbox } = await openSandbox();
    expect(() => sandbox.people.createContact({ nonsense: '1' })).toThrow('no contact property nonsense');
    expect(() => sandbox.people.createContact({ numemployees: '7' })).toThrow('numemployees');
    const { contact } = sandbox.people.submitForm('demo', {
      email: 'a@acme.example',
      nonsense: '1',
      timeframe: 'whenever',
    });
    expect(sandbox.portal.valueOf(contact, 'timeframe')).toBeUndefined();
  });

  it('makes a contact of a stranger who sends a form', async () => {
    const clock = stillClock();
    const { sandbox, ask } = await openSandbox({ clock });
    const { contact } = sandbox.people.submitForm('demo', {
      email: ' New@Acme.example',
      firstname: 'Ada',
      timeframe: 'now',
    });
    const { body } = await ask(
      'GET',
      `${CONTACTS}/${contact.id}?properties=email,firstname,timeframe,recent_conversion_date,recent_conversion_event_name,num_conversion_events,hs_analytics_num_page_views,hs_analytics_last_url,lifecyclestage`,
    );
    expect(body.properties).toMatchObject({
      email: 'new@acme.example',
      firstname: 'Ada',
      timeframe: 'now',
      recent_conversion_date: new Date(NOW).toISOString(),
      recent_conversion_event_name: '/demo: Request a demo',
      num_conversion_events: '1',
      hs_analytics_num_page_views: '1',
      hs_analytics_last_url: 'https://www.gaugeworks.example/demo',
      lifecyclestage: 'lead',
    });
  });

  it('moves lastmodifieddate with a visit, unless told that visits do not', async () => {
    const clock = stillClock();
    for (const visitsTouch of [true, false]) {
      const { sandbox } = await openSandbox({ clock, visitsTouch });
      const contact = sandbox.people.createContact({ email: 'a@acme.example' });
      const before = sandbox.portal.numberOf(contact, 'lastmodifieddate');
      await clock.advance(5_000);
      sandbox.people.visit(contact.id, '/pricing');
      expect(sandbox.portal.numberOf(contact, 'lastmodifieddate')).toBe(visitsTouch ? before! + 5_000 : before);
      expect(sandbox.portal.numberOf(contact, 'hs_analytics_num_page_views')).toBe(1);
    }
  });

  it('does not move it with a conversion alone', async () => {
    const clock = stillClock();
    const { sandbox } = await openSandbox({ clock, visitsTouch: false });
    const contact = sandbox.people.createContact({ email: 'a@acme.example' });
    const before = sandbox.portal.numberOf(contact, 'lastmodifieddate');
    await clock.advance(5_000);
    sandbox.people.submitForm('ebook', { email: 'a@acme.example' });
    expect(sandbox.portal.numberOf(contact, 'recent_conversion_date')).toBe(clock.now());
    expect(sandbox.portal.numberOf(contact, 'lastmodifieddate')).toBe(before);
  });
});
