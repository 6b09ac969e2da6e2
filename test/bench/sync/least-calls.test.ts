import { expect, test } from 'vitest';
import { leastOfHubspot, leastOfSalesforce, totalOf } from './least-calls.ts';

const call = (kind: string, template: string) => ({ at: 0, kind, template, status: 200 });

test('every page and every batch is full, and each form takes a call of its own', () => {
  const least = leastOfHubspot({ leads: 201, writes: 150, pageViews: 1_000, submissions: [51, 50, 0] }, []);
  expect(least).toEqual({ contacts: 3, writes: 2, pageViews: 10, submissions: 4, others: 0 });
  expect(totalOf(least)).toBe(19);
});

test('what else was read counts as made, but for the set-up', () => {
  const made = [
    call('setup', '/crm/properties/{version}/contacts'),
    call('read', '/crm/objects/{version}/contacts'),
    call('write', '/crm/objects/{version}/contacts/batch/update'),
    call('activity', '/events/event-occurrences/{version}'),
    call('activity', '/email/public/v1/events'),
  ];
  expect(leastOfHubspot({ leads: 1, writes: 1, pageViews: 1, submissions: [] }, made).others).toBe(1);
});

const TO_DO = {
  writes: 401,
  converted: 0,
  rows: { CampaignMember: 2_001, EmailMessage: 4_000, Event: 1 },
  lookups: { EmailMessage: 4_000 },
};

test('Salesforce takes writes by two hundred, and gives what people did by two thousand', () => {
  const made = ['CampaignMember', 'EmailMessage'].map((object) => ({ ...call('activity', '/query'), object }));
  const least = leastOfSalesforce(TO_DO, made);
  expect(least).toEqual({ listing: 6, converted: 1, writes: 3, activities: 4, lookups: 2 });
  expect(totalOf(least)).toBe(16);
});

test('what leadgauge never asks Salesforce for costs nothing', () => {
  expect(leastOfSalesforce(TO_DO, [])).toMatchObject({ activities: 0, lookups: 0 });
});
