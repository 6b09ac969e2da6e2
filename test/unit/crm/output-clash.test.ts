import { expect, test } from 'vitest';
import type { Property } from '../../../src/crm/hubspot/api/properties.ts';
import { outputClash } from '../../../src/crm/hubspot/output-problems.ts';

const score: Property = { name: 'own_score', type: 'number', fieldType: 'number', groupName: 'contactinformation' };

test('a number of the user that can be written to holds a score', () => {
  expect(outputClash('score', score)).toBeUndefined();
});

test.each([
  ['HubSpot calculates it', { calculated: true }, 'calculated or read-only'],
  ['people let HubSpot calculate it', { fieldType: 'calculation_rollup' }, 'calculated or read-only'],
  ['another app keeps it to itself', { modificationMetadata: { readOnlyValue: true } }, 'calculated or read-only'],
  ['it allows each value once', { hasUniqueValue: true }, 'two leads may have the same'],
  ['it is of another type', { type: 'string' }, 'is of type string, not number'],
])('%s: no score is written there', (_, lack, said) => {
  expect(outputClash('score', { ...score, ...lack })).toContain(said);
});

test('the decision of people is only read, wherever it comes from', () => {
  const choice: Property = {
    name: 'verdict',
    type: 'enumeration',
    fieldType: 'calculation_equation',
    calculated: true,
  };
  expect(outputClash('override', choice)).toBeUndefined();
});
