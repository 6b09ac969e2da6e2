import { expect, test } from 'vitest';
import { modelOf } from './model.ts';

test('a criterion knows the fields that it asks for, and those of the personas', () => {
  const model = modelOf({
    fit: `{ name: Fit, criteria: [
      { id: plain, when: { all: [{ field: country, is: France }, { not: { field: country, is: Chile } }, { field: employees, at_least: 9 }] }, points: 1 },
      { id: banded, field: annual_revenue, bands: { "0-10": 1, "11+": 2 } },
      { id: buyer, when: { persona: buyer }, points: 1 },
      { id: asks-none, when: { any: [{ field: email, exists: true }, { field: email, missing: true }] }, points: 1 }] }`,
    engagement: `{ name: Web, criteria: [
      { id: call, when: { activity: call }, points: 1 },
      { id: call-of-buyer, when: { all: [{ activity: call }, { persona: buyer }, { field: country, is: Chile }] }, points: 1 },
      { id: silent, when: { all: [{ inactive_for: 30d }, { field: industry, exists: true }] }, points: -1 }] }`,
    rest: `personas: { boss: { field: job_title, is: CEO }, buyer: { field: department, is: Purchasing } }
grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 }, requires: [website] }`,
  });
  expect(Object.fromEntries(model.criteria.map(({ id, fields }) => [id, fields]))).toEqual({
    plain: ['country', 'employees'],
    banded: ['annual_revenue'],
    // Who is a boss is no buyer, whatever the department.
    buyer: ['job_title', 'department'],
    'asks-none': ['email'],
    call: [],
    'call-of-buyer': ['country', 'job_title', 'department'],
    silent: ['industry'],
  });
});
