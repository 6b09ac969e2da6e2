import { expect, test } from 'vitest';
import { createToldBefore } from '../../../../src/crm/salesforce/told-before.ts';

const change = (id: string, changedAt: number) => ({ id, changedAt, fingerprint: undefined });

test('a record that was told of is told of again once it changed again', () => {
  const told = createToldBefore();
  told.add([change('a', 1)]);
  expect([told.has(change('a', 1)), told.has(change('a', 2)), told.has(change('b', 1))]).toEqual([true, false, false]);
});

test('what no window comes upon again is forgotten', () => {
  const told = createToldBefore();
  told.add([change('a', 1), change('b', 5)]);
  told.forgetBefore(5);
  expect([told.has(change('a', 1)), told.has(change('b', 5))]).toEqual([false, true]);
});
