import { describe, expect, it } from 'vitest';
import { FORMS } from '../../../src/sandbox/sandbox.ts';
import { NOW, openSandbox, stillClock } from './open-sandbox.ts';

const EVENTS = '/events/event-occurrences/2026-09';
const submissionsOf = (guid: string) => `/form-integrations/v1/submissions/forms/${guid}`;

describe('forms', () => {
  it('are those made in HubSpot alone, unless others are asked for', async () => {
    const { ask } = await openSandbox();
    for (const path of ['/marketing/v3/forms', '/marketing/forms/2026-09-beta']) {
      const names = async (query: string) => {
        const { body } = await ask('GET', path + query);
        return body.results?.map((one) => one.name);
      };
      expect(await names('')).toHaveLength(9);
      expect(await names('?formTypes=all')).toHaveLength(12);
      expect(await names('?formTypes=captured')).toEqual(['Partner enquiry']);
      expect(await names('?formTypes=flow,blog_comment')).toEqual(['Newsletter pop-up', 'Blog comments']);
      expect(await names('?formTypes=hubspot&formTypes=captured')).toHaveLength(10);
    }
  });

  it('come page by page', async () => {
    const { ask } = await openSandbox();
    const ids: string[] = [];
    for (let query: string | undefined = ''; query !== undefined; ) {
      const { body } = await ask('GET', `/marketing/v3/forms?formTypes=all&limit=3${query}`);
      ids.push(...body.results!.map((one) => one.id!));
      query = body.paging && `&after=${body.paging.next.after}`;
    }
    expect(ids).toEqual(Object.values(FORMS).map(({ guid }) => guid));
  });
});

describe('submissions', () => {
  it('come latest first, fifty at most, without a contact id', async () => {
    const clock = stillClock();
    const { sandbox, ask } = await openSandbox({ clock });
    for (let n = 0; n < 45; n++) {
      sandbox.people.submitForm(FORMS.demo.guid, { email: `Lead${n}@Acme.example` });
      await clock.advance(1_000);
    }
    const path = submissionsOf(FORMS.demo.guid);
    const first = await ask('GET', path);
    expect(first.body.results).toHaveLength(20);
    expect(first.body.results?.[0]).toEqual({
      conversionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      submittedAt: NOW + 44_000,
      values: [{ name: 'email', value: 'Lead44@Acme.example', objectTypeId: '0-1' }],
      pageUrl: 'https://www.gaugeworks.example/demo',
    });
    // One that comes in between is on a page that was read already, and moves no other.
    sandbox.people.submitForm('demo', { email: 'late@acme.example' });
    const second = await ask('GET', `${path}?limit=50&after=${first.body.paging!.next.after}`);
    expect(second.body.results?.map((one) => one.submittedAt)).toEqual(
      Array.from({ length: 25 }, (_, n) => NOW + (24 - n) * 1_000),
    );
    expect(second.body.paging).toBeUndefined();
    expect((await ask('GET', `${path}?limit=51`)).status).toBe(400);
    expect((await ask('GET', submissionsOf('unknown'))).status).toBe(404);
  });
});

describe('page views', () => {
  it('can be asked for by contact, and for everyone, within a time', async () => {
    const clock = stillClock();
    const { sandbox, ask } = await openSandbox({ clock });
    const [a, b] = ['a', 'b'].map((name) => sandbox.people.createContact({ email: `${name}@acme.example` }));
    for (let n = 0; n < 3; n++) {
      sandbox.people.visit(a!.id, `/blog/${n}`);
      sandbox.people.visit(b!.id, '/careers');
      await clock.advance(60_000);
    }
    const urls = async (query: string) => {
      const { body } = await ask('GET', `${EVENTS}?objectType=contact&${query}`);
      return body.results?.map((one) => new URL(one.properties!.hs_url!).pathname);
    };
    expect(await urls(`objectId=${a!.id}`)).toEqual(['/blog/2', '/blog/1', '/blog/0']);
    expect(await urls(`objectId=${a!.id}&sort=occurredAt`)).toEqual(['/blog/0', '/blog/1', '/blog/2']);
    const window = `occurredAfter=${new Date(NOW + 60_000).toISOString()}&occurredBefore=${new Date(NOW + 120_000).toISOString()}`;
    expect(await urls(`eventType=e_visited_page&${window}`)).toEqual(['/careers', '/blog/1']);
    expect(await urls(`objectId=${a!.id}&eventType=e_submitted_form`)).toEqual([]);
    const page = await ask('GET', `${EVENTS}?eventType=e_visited_page&limit=4`);
    const rest = await ask('GET', `${EVENTS}?eventType=e_visited_page&limit=4&after=${page.body.paging!.next.after}`);
    expect([page.body.results?.length, rest.body.results?.length]).toEqual([4, 2]);
    const ids = [...page.body.results!, ...rest.body.results!].map((one) => one.id);
    expect(new Set(ids).size).toBe(6);
  });

  it('are for Enterprise alone, though every portal lists their type', async () => {
    const { ask } = await openSandbox({ tier: 'professional' });
    expect((await ask('GET', `${EVENTS}?eventType=e_visited_page`)).status).toBe(403);
    expect((await ask('GET', `${EVENTS}/event-types`)).body.eventTypes).toContain('e_visited_page');
  });
});
