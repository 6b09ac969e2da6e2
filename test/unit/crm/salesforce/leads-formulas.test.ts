import { expect, test } from 'vitest';
import { salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';
import { formulaFindings } from '../../../../src/crm/salesforce/formula-fields.ts';

const config = salesforceConfigSchema.parse({
  fields: { tier: 'Tier__c', size: { lead: 'Size__c', contact: 'Account.Size__c' }, job_title: 'Title' },
});
const described = (name: string, calculated: readonly string[]) => ({
  name,
  fields: ['Tier__c', 'Size__c', 'Title'].map((field) => ({
    name: field,
    label: field,
    type: 'string',
    length: 255,
    updateable: true,
    nillable: true,
    calculated: calculated.includes(field),
    picklistValues: [],
  })),
});

test('check names the formulas that models read, once for all', () => {
  const [finding, ...others] = formulaFindings(config, {
    Lead: described('Lead', ['Tier__c']),
    Contact: described('Contact', ['Tier__c', 'Size__c']),
    Account: described('Account', ['Size__c']),
  });
  expect(others).toEqual([]);
  expect(finding?.level).toBe('warning');
  expect(finding?.message).toMatch(/^Lead\.Tier__c, Contact\.Tier__c, Account\.Size__c: /);
});

test('without formulas there is nothing to say', () => {
  expect(formulaFindings(config, { Lead: described('Lead', []), Contact: described('Contact', []) })).toEqual([]);
});
