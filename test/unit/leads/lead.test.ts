import { expect, test } from 'vitest';
import { fieldValue } from '../../../src/leads/lead.ts';

test('a field that the lead has no value of is empty, whatever all objects have of its name', () => {
  expect(fieldValue({ fields: { job_title: 'CTO' } }, 'job_title')).toBe('CTO');
  expect(fieldValue({ fields: {} }, 'constructor')).toBeUndefined();
  expect(fieldValue({ fields: Object.fromEntries([['constructor', 'Bob']]) }, 'constructor')).toBe('Bob');
});
