import { Connection } from 'jsforce/lib/index.js';
import { setDefaults } from 'jsforce/lib/request.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import { createOrg, DEMO_CLIENT, startSalesforceSandbox } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { createTestClock } from '../support/test-clock.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

// It takes a proxy from the environment for every address, this machine's too, and asks nobody whether it should.
setDefaults({ followRedirect: true });

/** Salesforce's usual client for Node, unchanged but for where it signs in, and the sandbox that answers it. */
async function openClient(leads = 0) {
  const clock = createTestClock({ start: NOW, sleeps: 'on-demand' });
  const sandbox = await startSalesforceSandbox({ org: createOrg({ clock, leads, now: NOW }) });
  onTestFinished(() => sandbox.close());
  const { clientId, clientSecret } = DEMO_CLIENT;
  // Its own version is 50.0, whichever is the newest.
  const connection = new Connection({
    loginUrl: sandbox.url,
    version: '68.0',
    oauth2: { loginUrl: sandbox.url, clientId, clientSecret },
  });
  await connection.authorize({ grant_type: 'client_credentials' });
  return { connection, sandbox, people: sandbox.people, clock };
}

const names = (count: number) => Array.from({ length: count }, (_, n) => ({ LastName: `L${n}`, Company: 'Acme' }));

describe('jsforce, on the sandbox', () => {
  it('signs in and knows who it is', async () => {
    const { connection, sandbox } = await openClient();
    expect(connection.instanceUrl).toBe(sandbox.url);
    const { organizationId } = sandbox.org.settings;
    expect(connection.userInfo).toMatchObject({ organizationId, id: sandbox.org.integrationUserId });
    expect(await connection.identity()).toMatchObject({
      organization_id: organizationId,
      user_id: sandbox.org.integrationUserId,
      username: sandbox.org.get(sandbox.org.integrationUserId).get('Username'),
    });
    await connection.logout();
    expect(connection.accessToken).toBeNull();
  });

  it('creates, reads, changes and deletes one record', async () => {
    const { connection } = await openClient();
    const leads = connection.sobject('Lead');
    const made = await leads.create({ LastName: 'Lovelace', Company: 'Acme', Email: 'ada@acme.example' });
    expect(made).toMatchObject({ success: true, errors: [] });
    const id = String(made.id);
    expect(await leads.update({ Id: id, Title: 'CEO' })).toMatchObject({ id, success: true });
    expect(await leads.retrieve(id)).toMatchObject({ Id: id, Name: 'Lovelace', Title: 'CEO' });
    expect(await leads.findOne({ Email: 'ada@acme.example' }, ['Id', 'Title'])).toMatchObject({ Id: id, Title: 'CEO' });
    expect(await leads.destroy(id)).toMatchObject({ id, success: true });
    await expect(leads.retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
    await expect(leads.create({ LastName: 'Nobody' })).rejects.toMatchObject({ errorCode: 'REQUIRED_FIELD_MISSING' });
  });

  it('queries page by page, by itself or on request, with what was deleted or without', async () => {
    const { connection, people } = await openClient(4_500);
    const soql = 'SELECT Id, LastName, Owner.Name FROM Lead ORDER BY SystemModstamp, Id';
    const first = await connection.query(soql);
    const { totalSize } = first;
    expect(totalSize).toBeGreaterThan(2_000);
    expect([first.records.length, first.done]).toEqual([2_000, false]);
    expect(first.records[0]).toMatchObject({ attributes: { type: 'Lead' }, Owner: { Name: expect.any(String) } });
    const second = await connection.queryMore(first.nextRecordsUrl ?? '');
    expect(second.totalSize).toBe(totalSize);
    const all = await connection.query(soql, { autoFetch: true, maxFetch: 100_000 });
    expect(new Set(all.records.map(({ Id }) => Id)).size).toBe(totalSize);
    expect(all.records[2_000]).toMatchObject({ Id: second.records[0]?.Id });

    people.remove(String(first.records[0]?.Id));
    const count = async (scanAll: boolean) =>
      (await connection.query('SELECT COUNT() FROM Lead', { scanAll })).totalSize;
    expect([await count(false), await count(true)]).toEqual([totalSize - 1, totalSize]);
    await expect(connection.query('SELECT Bogus FROM Lead')).rejects.toMatchObject({ errorCode: 'INVALID_FIELD' });
  });

  it('queries in bulk', async () => {
    const { connection, sandbox } = await openClient(300);
    sandbox.bulk.pace.polls = 0;
    const stream = await connection.bulk2.query('SELECT Id, LastName, Email FROM Lead', { pollInterval: 1 });
    const rows: unknown[] = await stream.toArray();
    expect(rows).toHaveLength(sandbox.org.type('Lead').live().length);
    expect(rows[0]).toMatchObject({ Id: expect.stringMatching(/^00Q/), LastName: expect.any(String) });
  });

  it('writes in bulk', async () => {
    const { connection, sandbox, people } = await openClient();
    sandbox.bulk.pace.polls = 0;
    const leads = names(3).map((values) => people.createLead(values).id);
    const input = [...leads, '00Q000000000000AAA'].map((Id) => ({ Id, Title: 'CEO' }));
    const done = await connection.bulk2.loadAndWaitForResults({
      object: 'Lead',
      operation: 'update',
      input,
      pollInterval: 1,
    });
    // Results are in no sure order.
    expect(done.successfulResults.map((row) => row.sf__Id).sort()).toEqual(leads);
    expect(done.failedResults).toMatchObject([{ sf__Error: expect.stringContaining('INVALID_CROSS_REFERENCE_KEY') }]);
    expect(leads.map((id) => sandbox.org.get(id).get('Title'))).toEqual(['CEO', 'CEO', 'CEO']);
  });

  it('writes and reads collections', async () => {
    const { connection, sandbox, people } = await openClient();
    const leads = connection.sobject('Lead');
    const made = await leads.create(names(3));
    const ids = made.map(({ id }) => String(id));
    expect(ids.every((id) => id.startsWith('00Q'))).toBe(true);
    people.remove(ids[1] ?? '');
    const updated = await leads.update(ids.map((Id) => ({ Id, Title: 'CEO' })));
    // What jsforce's types call errorCode is statusCode in truth.
    expect(updated).toMatchObject([
      { id: ids[0] },
      { success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED' }] },
      { id: ids[2] },
    ]);
    const read = await connection.retrieve('Lead', ids, { fields: ['Id', 'Title'] });
    expect(read).toMatchObject([{ Title: 'CEO' }, null, { Title: 'CEO' }]);
    expect(await leads.destroy([ids[0] ?? '', ids[2] ?? ''])).toMatchObject([{ success: true }, { success: true }]);
    expect(sandbox.org.type('Lead').live()).toEqual([]);
    const many = await leads.create(names(450), { allowRecursive: true });
    expect(many.filter(({ success }) => success)).toHaveLength(450);
    expect(sandbox.requests.count({ method: 'POST', path: /\/composite\/sobjects$/ })).toBe(4);
  });

  it('describes objects, and reads limits from either place', async () => {
    const { connection } = await openClient();
    const lead = await connection.sobject('Lead').describe();
    expect(lead.fields.find(({ name }) => name === 'Status')).toMatchObject({
      type: 'picklist',
      picklistValues: expect.arrayContaining([
        expect.objectContaining({ value: 'Open - Not Contacted', active: true }),
      ]),
    });
    expect(lead.childRelationships.map(({ childSObject }) => childSObject)).toContain('CampaignMember');
    const { sobjects } = await connection.describeGlobal();
    expect(sobjects.map(({ name }) => name)).toEqual(expect.arrayContaining(['Account', 'Contact', 'Lead', 'Task']));
    const { DailyApiRequests } = await connection.limits();
    const used = connection.limitInfo.apiUsage;
    expect(used).toEqual({ used: 3, limit: DailyApiRequests?.Max });
    expect(DailyApiRequests?.Remaining).toBe((used?.limit ?? 0) - 3);
  });

  it('asks what changed and what was deleted', async () => {
    const { connection, people, clock } = await openClient();
    const [kept, gone] = names(2).map((values) => people.createLead(values));
    people.remove(gone?.id ?? '');
    await clock.advance(2 * MINUTE);
    const [from, to] = [new Date(NOW).toISOString(), new Date(clock.now()).toISOString()];
    expect(await connection.sobject('Lead').updated(from, to)).toMatchObject({ ids: [kept?.id] });
    expect(await connection.sobject('Lead').deleted(from, to)).toMatchObject({ deletedRecords: [{ id: gone?.id }] });
  });

  it('signs in again when its session is over, and is found out with a refresh token that it should have replaced', async () => {
    const { sandbox } = await openClient();
    const username = String(sandbox.org.get(sandbox.org.integrationUserId).get('Username'));
    const { clientId, clientSecret } = DEMO_CLIENT;
    const connection = new Connection({
      instanceUrl: sandbox.url,
      version: '68.0',
      oauth2: { loginUrl: sandbox.url, clientId, clientSecret },
      refreshToken: sandbox.signIn.approve(clientId, username),
    });
    expect((await connection.query('SELECT Id FROM Lead')).totalSize).toBe(0);
    sandbox.expireSessions();
    // It keeps the first refresh token: the second renewal sends one that was rotated out, which ends everything.
    await expect(connection.query('SELECT Id FROM Lead')).rejects.toThrow('expired access/refresh token');
  });
});
