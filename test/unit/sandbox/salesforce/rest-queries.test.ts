import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DATA, NOW, openSalesforce, query } from './open-salesforce.ts';

const page = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.looseObject({})),
});

async function withLeads(leads: number) {
  const opened = await openSalesforce();
  const { org } = opened.sandbox;
  for (let n = 0; n < leads; n++) {
    org.seed(org.type('Lead'), { LastName: `L${n}`, Company: 'Acme' }, { created: NOW, modified: NOW });
  }
  const pageOf = async (path: string, headers: Record<string, string> = {}) =>
    page.parse((await opened.ask('GET', path, undefined, { headers })).body);
  const sizes = async (soql: string, headers: Record<string, string> = {}) => {
    const pages: number[] = [];
    for (let path: string | undefined = query(soql); path !== undefined; ) {
      const { records, nextRecordsUrl } = await pageOf(path, headers);
      pages.push(records.length);
      path = nextRecordsUrl;
    }
    return pages;
  };
  return { ...opened, pageOf, sizes };
}

describe('a query', () => {
  it('comes in pages of 2,000, each of which tells where the next one is', async () => {
    const { pageOf, sizes, sandbox } = await withLeads(4_500);
    const first = await pageOf(query('SELECT Id, LastName FROM Lead ORDER BY Id'));
    expect(first).toMatchObject({ totalSize: 4_500, done: false });
    expect(first.nextRecordsUrl).toMatch(new RegExp(`^${DATA}/query/01g\\w{15}-2000$`));
    const last = await pageOf(first.nextRecordsUrl?.replace('-2000', '-4000') ?? '');
    expect(last).toMatchObject({ totalSize: 4_500, done: true });
    expect(last.records.at(-1)).toMatchObject({ LastName: 'L4499' });
    expect(await sizes('SELECT Id FROM Lead')).toEqual([2_000, 2_000, 500]);
    expect(await sizes('SELECT Id FROM Lead', { 'Sforce-Query-Options': 'batchSize=1500' })).toEqual([
      1_500, 1_500, 1_500,
    ]);
    expect(sandbox.requests.count({ kind: 'read' })).toBe(8);
  });

  it('comes in pages of 200 where two long texts of the org are asked for', async () => {
    const { sandbox, sizes } = await withLeads(450);
    const { org } = sandbox;
    for (const name of ['A__c', 'B__c']) org.addField('Lead', { name, label: name, type: 'textarea', length: 32_000 });
    const [ParentId = ''] = [org.insert('PermissionSet', { Name: 'S', Label: 'S' })].map((set) =>
      set.success ? set.id : '',
    );
    for (const name of ['A__c', 'B__c']) {
      org.insert('FieldPermissions', { ParentId, SobjectType: 'Lead', Field: `Lead.${name}`, PermissionsRead: true });
    }
    org.insert('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId: org.integrationUserId });
    expect(await sizes('SELECT Id, A__c FROM Lead')).toEqual([450]);
    expect(await sizes('SELECT Id, A__c, B__c FROM Lead')).toEqual([200, 200, 50]);
  });

  it('loses its place when the locators expire', async () => {
    const { ask, sandbox, pageOf } = await withLeads(2_001);
    const { nextRecordsUrl = '' } = await pageOf(query('SELECT Id FROM Lead'));
    expect((await pageOf(nextRecordsUrl)).records).toHaveLength(1);
    sandbox.expireLocators();
    expect(await ask('GET', nextRecordsUrl)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' }],
    });
    expect((await ask('GET', '/query/nonsense')).body).toMatchObject([{ errorCode: 'INVALID_QUERY_LOCATOR' }]);
  });

  it('finds what was deleted by queryAll alone', async () => {
    const { sandbox, pageOf } = await withLeads(2);
    const [lead] = sandbox.org.type('Lead').live();
    sandbox.people.remove(lead?.id ?? '');
    const soql = 'SELECT Id, IsDeleted FROM Lead';
    expect((await pageOf(query(soql))).totalSize).toBe(1);
    expect((await pageOf(query(soql, 'queryAll'))).records).toMatchObject([{ IsDeleted: true }, { IsDeleted: false }]);
    expect(await pageOf(query('SELECT COUNT() FROM Lead'))).toEqual({ totalSize: 1, done: true, records: [] });
  });

  it("that cannot be read is refused with Salesforce's own code", async () => {
    const { ask } = await withLeads(0);
    const refused = async (soql: string) => (await ask('GET', query(soql))).body;
    expect(await refused('SELECT FROM Lead')).toMatchObject([{ errorCode: 'MALFORMED_QUERY' }]);
    expect(await refused('SELECT Bogus FROM Lead')).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    expect(await refused('SELECT Id FROM Bogus')).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    expect((await ask('GET', '/query')).body).toMatchObject([{ errorCode: 'MALFORMED_QUERY' }]);
  });

  it('tells of its columns alone where that is asked for, as the command line of Salesforce does', async () => {
    const { ask } = await withLeads(1);
    const soql = 'SELECT Id, Owner.Name, Owner.Email FROM Lead';
    const { body } = await ask('GET', `${query(soql)}&columns=true`);
    expect(body).toMatchObject({
      entityName: 'Lead',
      idSelected: true,
      columnMetadata: [
        { columnName: 'Id', joinColumns: [] },
        { columnName: 'Owner', joinColumns: [{ columnName: 'Name' }, { columnName: 'Email' }] },
      ],
    });
  });

  it('counts as what it asks for', async () => {
    const { ask, sandbox } = await withLeads(0);
    for (const soql of [
      'SELECT Id, (SELECT Id FROM CampaignMembers) FROM Campaign',
      "SELECT Id FROM Contact WHERE Name = ' FROM Task'",
      'SELECT Id FROM Account',
      'SELECT Id FROM User',
    ]) {
      await ask('GET', query(soql));
    }
    expect(sandbox.requests.all().map(({ kind }) => kind)).toEqual(['activity', 'read', 'related', 'setup']);
  });
});

describe('what changed', () => {
  it('is told by ids within a time', async () => {
    const { sandbox, ask, clock } = await withLeads(1);
    const [old] = sandbox.org.type('Lead').live();
    await clock.advance(3_600_000);
    const young = sandbox.people.createLead({ LastName: 'Young' });
    const gone = sandbox.people.createLead({ LastName: 'Gone' });
    sandbox.people.remove(gone.id);
    await clock.advance(60_000);
    const at = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
    const within = (from: number) => `start=${at(from)}&end=${at(clock.now())}`;
    const recent = within(NOW + 1_800_000);
    expect((await ask('GET', `/sobjects/Lead/updated?${recent}`)).body).toMatchObject({ ids: [young.id] });
    expect((await ask('GET', `/sobjects/Lead/updated?${within(NOW)}`)).body).toMatchObject({
      ids: [old?.id, young.id],
    });
    expect((await ask('GET', `/sobjects/Lead/deleted?${recent}`)).body).toMatchObject({
      deletedRecords: [{ id: gone.id, deletedDate: expect.stringMatching(/\+0000$/) }],
      latestDateCovered: expect.any(String),
    });
    for (const window of [within(clock.now()), within(NOW - 40 * 86_400_000)]) {
      expect((await ask('GET', `/sobjects/Lead/deleted?${window}`)).body).toMatchObject([
        { errorCode: 'INVALID_REPLICATION_DATE' },
      ]);
    }
  });
});
