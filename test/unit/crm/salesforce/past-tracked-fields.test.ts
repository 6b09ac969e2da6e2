import { describe, expect, test } from 'vitest';
import { RetryableError } from '../../../../src/base/errors.ts';
import type { SalesforceApi } from '../../../../src/crm/salesforce/api/api.ts';
import { createHistoryTable } from '../../../../src/crm/salesforce/past/history-table.ts';
import { keptColumns } from '../../../../src/crm/salesforce/past/kept-columns.ts';
import { readTrackedFields } from '../../../../src/crm/salesforce/past/tracked-fields.ts';

const rows = (...records: object[]) => ({ status: 200, body: { done: true, totalSize: records.length, records } });
const refused = (errorCode: string) => ({ status: 400, body: [{ errorCode, message: 'no' }] });

/** An org that answers the four questions so, in their order: the fields of leads, their history, and the same of contacts. */
function orgThatAnswers(...answers: readonly { readonly status: number; readonly body: unknown }[]): SalesforceApi {
  const compositeResponse = answers.map(({ status, body }, place) => {
    return { referenceId: `query${place}`, httpStatusCode: status, body };
  });
  return { call: async () => ({ status: 200, body: { compositeResponse }, header: () => undefined }) };
}

describe('the fields of which an org keeps a history', () => {
  const title = rows({ QualifiedApiName: 'Title' });

  test('are told by their definitions', async () => {
    const api = orgThatAnswers(title, rows(), rows(), rows({ Id: '1' }));
    expect(await readTrackedFields(api)).toEqual({ names: { Lead: ['Title'], Contact: [] }, findings: [] });
  });

  test('are unknown where the user may not read the history or the definitions, and that is said', async () => {
    const api = orgThatAnswers(title, refused('INVALID_TYPE'), refused('INVALID_TYPE'), rows());
    const { names, findings } = await readTrackedFields(api);
    expect(names).toEqual({ Lead: undefined, Contact: undefined });
    expect(findings).toMatchObject([
      { level: 'warning', message: expect.stringContaining('LeadHistory') },
      { level: 'warning', message: expect.stringContaining('fields of contacts') },
    ]);
  });

  test('are asked for again where the org is slow', async () => {
    const api = orgThatAnswers(title, refused('QUERY_TIMEOUT'), title, rows());
    await expect(readTrackedFields(api)).rejects.toBeInstanceOf(RetryableError);
  });
});

describe('the columns whose values are kept', () => {
  const column = (name: string, type = 'string') => ({ name, type });
  const fields = [
    ['Title', 128],
    ['Description', 32_000],
    ['City', 40],
    ['MailingCountry', 80],
  ] as const;
  const described = {
    name: 'Lead',
    fields: fields.map(([name, length]) => ({
      name,
      length,
      label: name,
      type: 'string',
      updateable: true,
      nillable: true,
      calculated: false,
      picklistValues: [],
    })),
  };
  const kept = (columns: ReturnType<typeof column>[], ...tracked: string[]) =>
    keptColumns(columns, described, tracked).map(({ name }) => name);

  test('are tracked, by any spelling', () => {
    expect(kept([column('Title'), column('City')], 'title')).toEqual(['Title']);
  });

  test('are those of a name and of an address where that is tracked', () => {
    expect(kept([column('City'), column('FirstName'), column('MailingCountry')], 'Address', 'Name')).toEqual([
      'City',
      'FirstName',
    ]);
    expect(kept([column('City'), column('MailingCountry')], 'MailingAddress')).toEqual(['MailingCountry']);
  });

  test('are none of long texts, of several choices, of references and of the account', () => {
    const columns = [
      column('Description', 'textarea'),
      column('Topics__c', 'multipicklist'),
      column('Partner__c', 'reference'),
      column('Account.Title'),
    ];
    expect(kept(columns, 'Description', 'Topics__c', 'Partner__c', 'Account.Title', 'Title')).toEqual([]);
  });
});

describe('the changes of many records', () => {
  const employees = { name: 'NumberOfEmployees', type: 'int' };
  const day = { name: 'Trial_Day__c', type: 'date' };
  const row = (LeadId: string, Field: string, OldValue: unknown, NewValue: unknown, CreatedDate: string) => {
    return { LeadId, Field, OldValue, NewValue, CreatedDate };
  };

  test('are given by record and field, oldest first, in whichever order they came', () => {
    const table = createHistoryTable('LeadId', [employees, day]);
    table.add(row('b', 'NumberOfEmployees', '1.5E3', 40, '2026-03-01T00:00:00.000+0000'));
    table.add(row('a', 'NumberOfEmployees', null, '1500', '2026-02-01T00:00:00.000Z'));
    table.add(row('b', 'NumberOfEmployees', '', '1500', '2026-01-01T00:00:00.000Z'));
    table.add(row('b', 'Trial_Day__c', null, '2026-04-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'));
    table.add(row('b', 'leadConverted', null, null, '2026-01-01T00:00:00.000Z'));
    expect(table.changesOf('b', employees)).toEqual([
      { from: undefined, to: '1500', at: Date.UTC(2026, 0, 1) },
      { from: '1500', to: '40', at: Date.UTC(2026, 2, 1) },
    ]);
    expect(table.changesOf('b', day)).toMatchObject([{ to: '2026-04-01' }]);
    expect(table.changesOf('a', day)).toEqual([]);
    expect(table.changesOf('c', employees)).toEqual([]);
  });
});
