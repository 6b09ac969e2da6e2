import { expect, test } from 'vitest';
import { longId } from '../../../../src/crm/salesforce/api/record-id.ts';
import { recordLink } from '../../../../src/crm/salesforce/record-link.ts';

const [LEAD, CONTACT, ACCOUNT] = ['00Q', '003', '001'].map((prefix) => longId(`${prefix}000000000001`)) as [
  string,
  string,
  string,
];

test.each([
  ['https://acme.my.salesforce.com', LEAD, `https://acme.lightning.force.com/lightning/r/Lead/${LEAD}/view`],
  [
    'https://acme--test.sandbox.my.salesforce.com',
    CONTACT,
    `https://acme--test.sandbox.lightning.force.com/lightning/r/Contact/${CONTACT}/view`,
  ],
  ['https://acme.my.salesforce.mil', LEAD, `https://acme.my.salesforce.mil/${LEAD}`],
  ['http://127.0.0.1:4700', CONTACT, `http://127.0.0.1:4700/${CONTACT}`],
])('in the org at %s, %s has the page %s', (instanceUrl, lead, page) => {
  expect(recordLink(instanceUrl, lead)).toBe(page);
});

test('a person account is read as its account', () => {
  const link = recordLink('https://acme.my.salesforce.com', CONTACT, { accountId: ACCOUNT, isPersonAccount: true });
  expect(link).toBe(`https://acme.lightning.force.com/lightning/r/Account/${ACCOUNT}/view`);
  expect(
    recordLink('https://acme.my.salesforce.com', CONTACT, { accountId: ACCOUNT, isPersonAccount: false }),
  ).toContain(CONTACT);
});

test('what is no lead of Salesforce has no page', () => {
  expect(recordLink('https://acme.my.salesforce.com', '12345')).toBeUndefined();
});
