import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HOUR, MINUTE } from '../../../../src/base/clock.ts';
import { peopleOf } from '../../../../src/sandbox/salesforce/org/acts/acts.ts';
import { BusinessUnit } from '../../../../src/sandbox/salesforce/pardot/business-unit.ts';
import { pardotRoutes } from '../../../../src/sandbox/salesforce/pardot/pardot-routes.ts';
import { createOrg } from '../../../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { askRoutes } from './ask-routes.ts';
import { NOW, openSalesforce, stillClock } from './open-salesforce.ts';

// Not confirmed by documentation: the names of `typeName` (only that there is one beside `type`), the order without `orderBy` (by
// id), which fields of an activity can be filtered by beside id, createdAt and updatedAt, the HTTP statuses beside the numbers of
// errors, which error unknown parameters get, and whether anything but a new record is hidden while the cache lags.

const BUSINESS_UNIT = '0Uv0B000000CaaKSAS';
const ACTIVITIES = '/api/v5/objects/visitor-activities';

const page = z.object({
  nextPageToken: z.string().nullable(),
  nextPageUrl: z.string().nullable(),
  values: z.array(z.record(z.string(), z.unknown())),
});

function openUnit(timeZone = 'UTC') {
  const clock = stillClock();
  const org = createOrg({ clock, leads: 0, now: NOW, businessUnitId: BUSINESS_UNIT, timeZone });
  const unit = new BusinessUnit(org);
  const people = peopleOf(org);
  const ask = askRoutes(pardotRoutes(unit), { userId: org.integrationUserId });
  const headers = { 'pardot-business-unit-id': BUSINESS_UNIT, host: '127.0.0.1:1' };
  const get = (path: string, given: Record<string, string> = headers) => ask('GET', path, { headers: given });
  const list = (path: string) => {
    const { status, body, headers: told } = get(path);
    expect({ status, body }).toMatchObject({ status: 200 });
    return { ...page.parse(body), warning: told?.['Pardot-Warning'] };
  };
  const lead = people.createLead({ Email: 'ann@acme.example', FirstName: 'Ann', Title: 'CTO' });
  return { clock, org, unit, people, get, list, lead };
}

describe('Account Engagement', () => {
  it('tells what visitors did, by type and by what it was done to', () => {
    const { people, unit, list, lead } = openUnit();
    const formId = unit.addForm('Contact us');
    people.visitor(lead.id, 4, { formId, details: 'Contact us' });
    people.visitor(lead.id, 1, { emailId: 77, details: 'Newsletter' });
    people.visitor(lead.id, 20);
    const fields = 'id,type,typeName,details,formId,emailId,createdAt,prospectId,prospect.email,prospect.salesforceId';
    const { values, nextPageToken } = list(`${ACTIVITIES}?fields=${fields}`);
    expect(values).toEqual([
      {
        id: expect.any(Number),
        type: 4,
        typeName: 'Form',
        details: 'Contact us',
        formId,
        emailId: null,
        createdAt: '2026-11-21T12:00:00+00:00',
        prospectId: expect.any(Number),
        prospect: { email: 'ann@acme.example', salesforceId: lead.id },
      },
      expect.objectContaining({ type: 1, typeName: 'Email Tracker', emailId: 77, formId: null }),
      expect.objectContaining({ type: 20, typeName: 'Visit' }),
    ]);
    expect(nextPageToken).toBeNull();
  });

  it('knows prospects with their lead, and with the contact that it became', () => {
    const { people, list, lead } = openUnit();
    people.visitor(lead.id, 2);
    const fields = 'fields=email,firstName,jobTitle,salesforceId,salesforceLeadId,salesforceContactId,isDeleted';
    const prospects = () => list(`/api/v5/objects/prospects?${fields}`).values;
    const before = { email: 'ann@acme.example', firstName: 'Ann', jobTitle: 'CTO', isDeleted: false };
    expect(prospects()).toEqual([
      { ...before, salesforceId: lead.id, salesforceLeadId: lead.id, salesforceContactId: null },
    ]);
    const { contact } = people.convert(lead.id);
    expect(prospects()).toMatchObject([{ ...before, salesforceId: contact.id, salesforceContactId: contact.id }]);
  });

  it('lists forms and form handlers, also those that only activities tell of', () => {
    const { people, unit, list, get, lead } = openUnit();
    const id = unit.addForm('Demo');
    unit.addFormHandler('Trial');
    people.visitor(lead.id, 4, { formHandlerId: 9_000, details: 'Old trial' });
    expect(list('/api/v5/objects/forms?fields=id,name').values).toEqual([{ id, name: 'Demo' }]);
    expect(list('/api/v5/objects/form-handlers?fields=name').values).toEqual([
      { name: 'Trial' },
      { name: 'Old trial' },
    ]);
    expect(get(`/api/v5/objects/forms/${id}?fields=name`)).toMatchObject({ status: 200, body: { name: 'Demo' } });
    expect(get('/api/v5/objects/forms/1?fields=name')).toMatchObject({ status: 404, body: { code: 109 } });
  });

  it('tells times in the time zone of the user, and reads them in any', () => {
    const { people, list, get, lead } = openUnit('America/New_York');
    people.visitor(lead.id, 2);
    expect(list(`${ACTIVITIES}?fields=createdAt`).values).toEqual([{ createdAt: '2026-11-21T07:00:00-05:00' }]);
    const from = (time: string) => list(`${ACTIVITIES}?fields=id&createdAtAfterOrEqualTo=${time}`).values.length;
    expect(from('2026-11-21T12:00:00Z')).toBe(1);
    expect(from('2026-11-21T13:00:00%2b01:00')).toBe(1);
    expect(from('2026-11-21T13:00:01%2b01:00')).toBe(0);
    // Without an offset it is a time of that user.
    expect(from('2026-11-21T07:00:00')).toBe(1);
    expect(from('2026-11-21T07:00:01')).toBe(0);
    // A plus sign must be encoded: else it is a blank.
    expect(get(`${ACTIVITIES}?fields=id&createdAtAfter=2026-11-21T13:00:00+01:00`)).toMatchObject({
      status: 400,
      body: { code: 7 },
    });
  });

  it('filters by ids, times and what else it may, by three fields at the most', async () => {
    const { people, list, get, lead, clock } = openUnit();
    const first = people.visitor(lead.id, 2);
    await clock.advance(MINUTE);
    const second = people.visitor(lead.id, 4, { formId: 5 });
    const found = (filter: string) => list(`${ACTIVITIES}?fields=id&${filter}`).values.map(({ id }) => id);
    expect(found(`idGreaterThan=${first.id}`)).toEqual([second.id]);
    expect(found(`idLessThanOrEqualTo=${first.id}`)).toEqual([first.id]);
    expect(found('createdAtAfter=2026-11-21T12:00:00Z')).toEqual([second.id]);
    expect(found('updatedAtBefore=2026-11-21T12:01:00Z')).toEqual([first.id]);
    expect(found(`type=4&prospectId=${first.prospectId}`)).toEqual([second.id]);
    const refused = (filter: string) => get(`${ACTIVITIES}?fields=id&${filter}`).body;
    expect(refused('type=4&prospectId=1&formId=5&idGreaterThan=1')).toMatchObject({ code: 209 });
    expect(refused('created_after=yesterday')).toMatchObject({ code: 5 });
    expect(refused('details=x')).toMatchObject({ code: 5 });
    expect(refused('idGreaterThan=x')).toMatchObject({ code: 16 });
  });

  it('asks for fields, and knows which there are', () => {
    const { get } = openUnit();
    expect(get(ACTIVITIES)).toMatchObject({ status: 400, body: { code: 13 } });
    expect(get(`${ACTIVITIES}?fields=id,score`)).toMatchObject({ status: 400, body: { code: 180 } });
    expect(get(`${ACTIVITIES}?fields=visitor.id`)).toMatchObject({ status: 400, body: { code: 180 } });
  });
});

describe('pages of Account Engagement', () => {
  function openWithVisits(count: number) {
    const opened = openUnit();
    const ids = Array.from({ length: count }, () => opened.people.visitor(opened.lead.id, 2).id);
    const walk = (path: string) => {
      const found: unknown[][] = [];
      let last = opened.list(path);
      for (;;) {
        found.push(last.values.map(({ id }) => id));
        if (last.nextPageToken === null) return { found, warning: last.warning };
        last = opened.list(`${ACTIVITIES}?fields=id&nextPageToken=${last.nextPageToken}`);
      }
    };
    return { ...opened, ids, walk };
  }

  it('hold 200 records unless told, and up to 1,000', () => {
    const { walk, ids, get } = openWithVisits(1_100);
    expect(walk(`${ACTIVITIES}?fields=id`).found.map(({ length }) => length)).toEqual([200, 200, 200, 200, 200, 100]);
    const { found } = walk(`${ACTIVITIES}?fields=id&limit=1000`);
    expect(found).toEqual([ids.slice(0, 1_000), ids.slice(1_000)]);
    expect(get(`${ACTIVITIES}?fields=id&limit=1001`)).toMatchObject({ status: 400, body: { code: 23 } });
  });

  it('keep the filter, the order and the size of the first', () => {
    const { walk, ids } = openWithVisits(10);
    const { found } = walk(`${ACTIVITIES}?fields=id&limit=4&orderBy=createdAt desc&idGreaterThan=${ids[0]}`);
    expect(found.flat()).toEqual(ids.slice(1).toReversed());
    expect(found.map(({ length }) => length)).toEqual([4, 4, 1]);
  });

  it('take what is added meanwhile', () => {
    const { list, ids, people, lead } = openWithVisits(3);
    const { nextPageToken, nextPageUrl } = list(`${ACTIVITIES}?fields=id&limit=2`);
    const late = people.visitor(lead.id, 2).id;
    expect(list(`${ACTIVITIES}?fields=id&nextPageToken=${nextPageToken}`).values).toEqual([
      { id: ids[2] },
      { id: late },
    ]);
    expect(nextPageUrl).toBe(`http://127.0.0.1:1${ACTIVITIES}?fields=id&nextPageToken=${nextPageToken}`);
  });

  it('end after so many records with a warning, whatever is left', () => {
    const { walk, unit } = openWithVisits(10);
    unit.mostRecords = 7;
    const { found, warning } = walk(`${ACTIVITIES}?fields=id&limit=5`);
    expect(found.map(({ length }) => length)).toEqual([5, 2]);
    expect(warning).toMatch(/^203;/);
    unit.mostRecords = 10;
    expect(walk(`${ACTIVITIES}?fields=id&limit=5`).warning).toBeUndefined();
  });

  it('go on for four hours, by a token that nothing else may come beside', async () => {
    const { list, get, clock } = openWithVisits(3);
    const { nextPageToken } = list(`${ACTIVITIES}?fields=id&limit=1`);
    const next = `${ACTIVITIES}?fields=id&nextPageToken=${nextPageToken}`;
    expect(get(`${next}&limit=1`)).toMatchObject({ status: 400 });
    expect(get(`${next}x`)).toMatchObject({ status: 400, body: { code: 211 } });
    await clock.advance(4 * HOUR);
    expect(get(next)).toMatchObject({ status: 200 });
    await clock.advance(1);
    expect(get(next)).toMatchObject({ status: 400, body: { code: 210 } });
  });

  it('lag behind by as much as was ordered', async () => {
    const { list, unit, clock } = openWithVisits(2);
    unit.cacheLag = MINUTE;
    expect(list(`${ACTIVITIES}?fields=id`).values).toEqual([]);
    await clock.advance(MINUTE);
    expect(list(`${ACTIVITIES}?fields=id`).values).toHaveLength(2);
  });
});

describe('who may ask Account Engagement', () => {
  it('names the business unit in a header', () => {
    const { get } = openUnit();
    const path = `${ACTIVITIES}?fields=id`;
    expect(get(path, {})).toMatchObject({ status: 400, body: { code: 181 } });
    expect(get(path, { 'pardot-business-unit-id': '0Uv000000000001CAA' })).toMatchObject({ body: { code: 201 } });
  });

  it('finds it under the address of the org, with the org’s own access tokens', async () => {
    const { sandbox } = await openSalesforce({ businessUnitId: BUSINESS_UNIT });
    const ask = async (token: string) => {
      const headers = { Authorization: `Bearer ${token}`, 'Pardot-Business-Unit-Id': BUSINESS_UNIT };
      const answer = await fetch(`${sandbox.url}${ACTIVITIES}?fields=id`, { headers });
      return { status: answer.status, body: await answer.json() };
    };
    const used = sandbox.org.dailyRequests.used;
    const none = { nextPageToken: null, nextPageUrl: null, values: [] };
    expect(await ask(sandbox.accessToken())).toEqual({ status: 200, body: none });
    expect(await ask('unknown')).toMatchObject({ status: 401, body: { code: 184 } });
    expect(sandbox.org.dailyRequests.used).toBe(used);
  });

  it('has the scope pardot_api', () => {
    const { org, unit } = openUnit();
    const ask = askRoutes(pardotRoutes(unit), { userId: org.integrationUserId, scopes: ['api'] });
    expect(ask('GET', `${ACTIVITIES}?fields=id`)).toMatchObject({ status: 401, body: { code: 184 } });
  });

  it('may do so 25,000 times a day, which are none of the org’s own API requests', () => {
    const { get, unit } = openUnit();
    expect(unit.requests.max).toBe(25_000);
    unit.requests.max = 1;
    expect(get(`${ACTIVITIES}?fields=id`).status).toBe(200);
    expect(get(`${ACTIVITIES}?fields=id`)).toMatchObject({ status: 429, body: { code: 122 } });
    expect(pardotRoutes(unit).map((route) => (route.open ? undefined : route.cost))).not.toContain(undefined);
  });
});
