import { expect, test } from 'vitest';
import { isSalesforceSecret } from '../../../src/webhooks/salesforce-secret.ts';

test('while one secret replaces the other both are good, and nothing else is', () => {
  const secrets = ['old-secret', 'new-secret'];
  expect(isSalesforceSecret('old-secret', secrets)).toBe(true);
  expect(isSalesforceSecret('new-secret', secrets)).toBe(true);
  for (const other of ['', 'old-secre', 'old-secret ', 'OLD-SECRET', 'old-secret,new-secret', undefined])
    expect(isSalesforceSecret(other, secrets)).toBe(false);
  expect(isSalesforceSecret('', [])).toBe(false);
});
