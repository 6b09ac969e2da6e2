import { Connection } from 'jsforce';
import { describe, expect, it } from 'vitest';
import { openSalesforce } from './open-salesforce.ts';

async function open() {
  const { sandbox } = await openSalesforce();
  const connection = new Connection({
    instanceUrl: sandbox.url,
    accessToken: sandbox.accessToken(),
    version: '68.0',
    // The sandbox is on this machine, whatever proxy the environment names.
    httpProxy: '',
  });
  connection.bulk2.pollInterval = 1;
  return { sandbox, connection };
}

describe('jsforce, unchanged', () => {
  it('queries in bulk', async () => {
    const { sandbox, connection } = await open();
    const leads = ['Ann', 'Bob', 'Cid'].map((LastName) => sandbox.people.createLead({ LastName }));
    const stream = await connection.bulk2.query('SELECT Id, LastName, Title FROM Lead');
    expect(await stream.toArray()).toEqual(
      leads.map(({ id }, place) => ({ Id: id, LastName: ['Ann', 'Bob', 'Cid'][place], Title: '' })),
    );
  });

  it('brings records in, and hears what became of each', async () => {
    const { sandbox, connection } = await open();
    const lead = sandbox.people.createLead({ Title: 'CTO', City: 'Lyon' });
    const input = [
      { Id: lead.id, Title: 'CEO', City: null },
      { Id: '00Q000000000001AAA', Title: 'CEO', City: null },
    ];
    const results = await connection.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'update', input });
    expect(results.successfulResults).toMatchObject([{ sf__Id: lead.id, sf__Created: 'false', City: '#N/A' }]);
    expect(results.failedResults).toMatchObject([
      { sf__Error: expect.stringMatching(/^INVALID_CROSS_REFERENCE_KEY:/) },
    ]);
    expect(results.unprocessedRecords).toEqual([]);
    expect([lead.get('Title'), lead.get('City')]).toEqual(['CEO', null]);
  });

  it('makes and finds custom fields', async () => {
    const { connection } = await open();
    const Metadata = { label: 'Score', type: 'Number', precision: 5, scale: 0 };
    const made = await connection.tooling.sobject('CustomField').create({ FullName: 'Lead.Score__c', Metadata });
    expect(made).toMatchObject({ success: true, errors: [] });
    const { records } = await connection.tooling.query(
      "SELECT Id, Metadata FROM CustomField WHERE DeveloperName = 'Score'",
    );
    expect(records).toMatchObject([{ Id: made.id, Metadata: { precision: 5 } }]);
    await connection.tooling.sobject('CustomField').delete(String(made.id));
    const left = await connection.tooling.query("SELECT Id FROM CustomField WHERE DeveloperName = 'Score'");
    expect(left.totalSize).toBe(0);
  });
});
