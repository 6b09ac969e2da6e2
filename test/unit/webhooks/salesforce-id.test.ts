import { expect, test } from 'vitest';
import { longId, salesforceId } from '../../../src/webhooks/salesforce-id.ts';

test.each([
  // From Salesforce's own pages on record ids.
  ['0015000000GxXxx', '0015000000GxXxxAAF'],
  ['001A0000006Vm9r', '001A0000006Vm9rIAC'],
  ['ZZZZZZZZZZZZZZZ', 'ZZZZZZZZZZZZZZZ555'],
  ['000000000000000', '000000000000000AAA'],
])('the id %s, as pages show it, is %s where Salesforce sends it', (short, long) => {
  expect(longId(short)).toBe(long);
  expect(longId(long)).toBe(long);
  expect(salesforceId.parse(short)).toBe(long);
});

test.each([
  '',
  '00Q',
  '00Q000000000001A',
  '00Q00000000000-AAA',
  '00Q000000000001AAA\n',
  '00Q000000000001AAAA',
  'ada@example.com',
])('%j is no id', (text) => {
  expect(salesforceId.safeParse(text).success).toBe(false);
});
