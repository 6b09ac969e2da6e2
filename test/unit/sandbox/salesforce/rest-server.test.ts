import { describe, expect, it } from 'vitest';
import { DATA, openSalesforce, query } from './open-salesforce.ts';

describe('the API', () => {
  it('tells its versions to anybody, and its resources to whoever signed in', async () => {
    const { sandbox, ask } = await openSalesforce();
    const versions: unknown = await (await fetch(`${sandbox.url}/services/data`)).json();
    expect(versions).toContainEqual({ label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
    expect(versions).toContainEqual({ label: "Spring '26", url: '/services/data/v66.0', version: '66.0' });
    expect((await ask('GET', DATA)).body).toMatchObject({
      sobjects: `${DATA}/sobjects`,
      query: `${DATA}/query`,
      identity: `${sandbox.url}/id/${sandbox.org.settings.organizationId}/${sandbox.org.integrationUserId}`,
    });
    expect((await fetch(sandbox.url + DATA)).status).toBe(401);
    // As the command line of Salesforce asks.
    expect((await fetch(`${sandbox.url}//services/data`)).status).toBe(200);
    expect((await ask('GET', '/services/data/v30.0/limits')).body).toMatchObject([{ errorCode: 'NOT_FOUND' }]);
  });

  it('describes its objects as the user sees them', async () => {
    const { sandbox, ask } = await openSalesforce();
    sandbox.org.addField('Lead', { name: 'Score__c', label: 'Score', type: 'double' });
    expect((await ask('GET', '/sobjects')).body).toMatchObject({
      sobjects: expect.arrayContaining([
        expect.objectContaining({ name: 'Lead', keyPrefix: '00Q', queryable: true, updateable: true }),
        expect.objectContaining({ name: 'LeadStatus', updateable: false }),
      ]),
    });
    const { body } = await ask('GET', '/sobjects/Lead/describe');
    expect(body).toMatchObject({
      name: 'Lead',
      fields: expect.arrayContaining([
        expect.objectContaining({ name: 'Company', type: 'string', length: 255, nillable: false, updateable: true }),
        expect.objectContaining({ name: 'IsConverted', type: 'boolean', updateable: false }),
        expect.objectContaining({
          name: 'Status',
          type: 'picklist',
          picklistValues: expect.arrayContaining([
            {
              value: 'Working - Contacted',
              label: 'Working - Contacted',
              active: true,
              defaultValue: false,
              validFor: null,
            },
          ]),
        }),
      ]),
    });
    expect(JSON.stringify(body)).not.toContain('Score__c');
    expect((await ask('GET', '/sobjects/Bogus/describe')).status).toBe(404);
  });

  it('tells of the day with every answer, and refuses when it is spent', async () => {
    const { sandbox, ask, clock } = await openSalesforce();
    sandbox.org.dailyRequests.max = 3;
    expect((await ask('GET', '/limits')).body).toMatchObject({ DailyApiRequests: { Max: 3, Remaining: 2 } });
    const second = await ask('GET', '/sobjects/Lead/00Q000000000000AAA');
    expect([second.status, second.headers.get('sforce-limit-info')]).toEqual([404, 'api-usage=2/3']);
    await ask('GET', '/no/such/thing');
    const spent = await ask('GET', query('SELECT Id FROM Lead'));
    expect(spent).toMatchObject({
      status: 403,
      body: [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    });
    expect(spent.headers.get('sforce-limit-info')).toBe('api-usage=3/3');
    await clock.advance(25 * 3_600_000);
    expect((await ask('GET', '/limits')).headers.get('sforce-limit-info')).toBe('api-usage=1/3');
  });

  it('refuses an address or headers that are too long', async () => {
    const { sandbox, ask } = await openSalesforce();
    const long = (length: number) => query(`SELECT Id FROM Lead WHERE LastName = '${'x'.repeat(length)}'`);
    expect((await ask('GET', long(15_000))).status).toBe(200);
    expect((await ask('GET', long(17_000))).status).toBe(414);
    const headers = { 'X-Long': 'x'.repeat(3_000) };
    expect((await ask('GET', long(15_000), undefined, { headers })).status).toBe(431);
    expect(sandbox.org.dailyRequests.used).toBe(1);
    expect(sandbox.requests.count({ status: 414 })).toBe(1);
  });
});

describe('faults', () => {
  it('go wrong as ordered, before or after the write', async () => {
    const { sandbox, ask } = await openSalesforce();
    const { id } = sandbox.people.createLead({ LastName: 'L' });
    const title = () => sandbox.org.get(id).get('Title');
    const path = `/sobjects/Lead/${id}`;
    sandbox.faults.add({ path: DATA, status: 503, times: 1 });
    expect(await ask('PATCH', path, { Title: 'A' })).toMatchObject({
      status: 503,
      body: [{ errorCode: 'SERVER_UNAVAILABLE' }],
    });
    expect(title()).toBeNull();
    sandbox.faults.add({ method: 'PATCH', path: /Lead/, when: 'after', status: 500, times: 1 });
    expect((await ask('PATCH', path, { Title: 'B' })).status).toBe(500);
    expect(title()).toBe('B');
    sandbox.faults.add({ path: DATA, reset: true, times: 1 });
    await expect(ask('GET', path)).rejects.toThrow();
    sandbox.faults.add({ path: DATA, halfBody: true, times: 1 });
    await expect(ask('GET', path)).rejects.toThrow();
    sandbox.faults.add({ path: DATA, body: [{ errorCode: 'QUERY_TIMEOUT', message: 'slow' }], status: 400, times: 1 });
    expect((await ask('GET', path)).body).toEqual([{ errorCode: 'QUERY_TIMEOUT', message: 'slow' }]);
    expect(sandbox.requests.count({ status: 0 })).toBe(1);
  });

  it('meet sign-in, too', async () => {
    const { sandbox } = await openSalesforce();
    sandbox.faults.add({ path: '/services/oauth2', status: 400, body: { error: 'invalid_grant' }, times: 1 });
    const answer = await fetch(`${sandbox.url}/services/oauth2/token`, { method: 'POST' });
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'invalid_grant' }]);
  });
});

describe('the controls of another process', () => {
  it('let people act, and tell what came of it', async () => {
    const { sandbox, ask } = await openSalesforce();
    const act = async (act: string, more: object) => (await ask('POST', '/_sandbox/act', { act, ...more })).body;
    const made = await act('createLead', { values: { LastName: 'Ada', Email: 'ada@acme.example' } });
    const [lead] = sandbox.org.type('Lead').live();
    expect(made).toEqual({ id: lead?.id });
    const personId = lead?.id ?? '';
    await act('respond', { campaign: 'Request a demo', personId });
    await act('logCall', { personId, minutes: 12 });
    await act('logEmail', { personId, incoming: true });
    await act('visitor', { personId, type: 2, target: { details: 'Pricing' } });
    await act('change', { id: personId, values: { Title: 'CEO' } });
    expect(await act('convert', { id: personId, opportunity: 'Deal' })).toMatchObject({
      id: expect.stringMatching(/^003/),
      accountId: expect.stringMatching(/^001/),
      opportunityId: expect.stringMatching(/^006/),
    });
    expect((await ask('POST', '/_sandbox/act', { act: 'dance' })).status).toBe(400);
    expect((await ask('POST', '/_sandbox/act', { act: 'remove', id: 'x' })).status).toBe(400);
    expect((await ask('GET', '/_sandbox/org')).body).toMatchObject({
      organizationId: sandbox.org.settings.organizationId,
      records: { Lead: 1, Contact: 1, CampaignMember: 1, Task: 2 },
      visitorActivities: 1,
    });
    expect((await ask('GET', `/_sandbox/records/${personId}`)).body).toMatchObject({
      type: 'Lead',
      isDeleted: false,
      values: { Title: 'CEO', IsConverted: true },
    });
    expect(sandbox.requests.all()).toEqual([]);
  });

  it('order faults, limits, locks, and the end of sessions', async () => {
    const { sandbox, ask } = await openSalesforce();
    const control = async (path: string, body?: object) => (await ask('POST', `/_sandbox/${path}`, body)).status;
    expect(await control('faults', { path: 'limits$', pattern: true, status: 503, times: 1 })).toBe(204);
    expect((await ask('GET', '/limits')).status).toBe(503);
    expect((await ask('GET', '/_sandbox/faults')).body).toMatchObject([{ path: '/limits$/', left: 0, met: 1 }]);
    expect(await control('limits', { dailyRequests: 7 })).toBe(204);
    expect((await ask('GET', '/limits')).headers.get('sforce-limit-info')).toBe('api-usage=1/7');
    expect((await ask('GET', '/_sandbox/counts')).body).toEqual({
      'GET /services/data/{version}/limits': { 200: 1, 503: 1 },
    });
    const { id } = sandbox.people.createLead({ LastName: 'L' });
    await control('locks', { id });
    await control('refusals', {
      id,
      times: 1,
      error: { statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER', message: 'broken' },
    });
    const write = async () => (await ask('PATCH', `/sobjects/Lead/${id}`, { Title: 'CEO' })).body;
    expect(await write()).toMatchObject([{ errorCode: 'UNABLE_TO_LOCK_ROW' }]);
    expect(await write()).toMatchObject([{ errorCode: 'CANNOT_EXECUTE_FLOW_TRIGGER', message: 'broken' }]);
    expect(await write()).toBeUndefined();
    await control('expire-sessions');
    expect((await ask('GET', '/limits')).status).toBe(401);
    expect((await ask('DELETE', '/_sandbox/requests')).status).toBe(204);
    expect((await ask('GET', '/_sandbox/requests')).body).toEqual([]);
  });

  it('hold back what the org tells receivers', async () => {
    const silent = await openSalesforce();
    expect((await silent.ask('POST', '/_sandbox/outbound', { mode: 'send' })).status).toBe(400);
    const { sandbox, ask } = await openSalesforce({}, { outbound: {} });
    expect((await ask('POST', '/_sandbox/outbound', { mode: 'hold' })).status).toBe(204);
    expect((await ask('GET', '/_sandbox/outbound')).body).toEqual({ mode: 'hold', deliveries: [] });
    expect(sandbox.outbound?.mode).toBe('hold');
  });
});
