import { expect, test } from 'vitest';
import type { Lead } from '../../../../src/leads/lead.ts';
import { personIndex } from '../../../../src/sync/history/person-index.ts';

const lead = (id: string, emails: readonly string[] = [], formerIds: readonly string[] = []): Lead => ({
  id,
  formerIds,
  emails,
  fields: {},
  createdAt: 0,
});

test('something done is of the lead with that id, one that was merged into it, or that address', () => {
  const index = personIndex();
  index.add('hubspot', lead('11', ['ada@acme.example'], ['7', '8']), 0);
  index.add('hubspot', lead('12'), 1);
  expect(index.leadsOf('hubspot', { leadId: '11' })).toEqual([0]);
  expect(index.leadsOf('hubspot', { leadId: '8' })).toEqual([0]);
  expect(index.leadsOf('hubspot', { leadId: '12' })).toEqual([1]);
  expect(index.leadsOf('hubspot', { email: 'ada@acme.example' })).toEqual([0]);
  expect(index.leadsOf('hubspot', { leadId: '99' })).toEqual([]);
  expect(index.leadsOf('hubspot', { email: 'bob@acme.example' })).toEqual([]);
});

test('an id is one of its CRM alone', () => {
  const index = personIndex();
  index.add('hubspot', lead('11'), 0);
  expect(index.leadsOf('salesforce', { leadId: '11' })).toEqual([]);
});

test('of several leads with one address each counts what the others did', () => {
  const index = personIndex();
  index.add('salesforce', lead('a', ['ada@acme.example']), 0);
  index.add('salesforce', lead('b', ['ada@acme.example', 'ada@home.example']), 1);
  index.add('salesforce', lead('c', ['ada@home.example']), 2);
  expect(index.leadsOf('salesforce', { leadId: 'a' })).toEqual([0, 1]);
  expect(index.leadsOf('salesforce', { leadId: 'b' }).toSorted()).toEqual([0, 1, 2]);
  expect(index.leadsOf('salesforce', { email: 'ada@home.example' })).toEqual([1, 2]);
});

test('what a person did in another CRM counts for the leads with one of its addresses', () => {
  const index = personIndex();
  index.add('salesforce', lead('a', ['ada@acme.example']), 0);
  index.add('salesforce', lead('b', ['bob@acme.example']), 1);
  index.addBeside('hubspot', lead('11', ['ada@home.example', 'ada@acme.example'], ['7']));
  index.addBeside('hubspot', lead('12', ['eve@acme.example']));
  expect(index.leadsOf('hubspot', { leadId: '11' })).toEqual([0]);
  expect(index.leadsOf('hubspot', { leadId: '7' })).toEqual([0]);
  expect(index.leadsOf('hubspot', { leadId: '12' })).toEqual([]);
});

test('of several records of one person all but the one that was known first are doubles, also where only a third one ties them', () => {
  const index = personIndex();
  index.add('salesforce', lead('a', ['ada@acme.example']), 0);
  index.add('salesforce', lead('b', ['ada@home.example']), 1);
  index.add('salesforce', lead('c', ['bob@acme.example']), 2);
  index.add('salesforce', lead('d', ['ada@acme.example', 'ada@home.example']), 3);
  index.add('salesforce', lead('e'), 4);
  expect([...index.doubles(Float64Array.of(30, 20, 10, 40, 5))]).toEqual([1, 0, 0, 1, 0]);
});
