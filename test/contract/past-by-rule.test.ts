import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { MINUTE } from '../../src/base/clock.ts';
import type { Crm, PastRecord } from '../../src/crm/crm.ts';
import { hubspotConfigSchema } from '../../src/crm/hubspot/config.ts';
import { createHubspot } from '../../src/crm/hubspot/hubspot.ts';
import { salesforceConfigSchema } from '../../src/crm/salesforce/config.ts';
import { createSalesforce } from '../../src/crm/salesforce/salesforce.ts';
import { leadAt } from '../../src/leads/lead-at.ts';
import { createOrg } from '../../src/sandbox/salesforce/population/create-org.ts';
import { startSalesforceSandbox } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { createPortal, DEMO_TOKEN, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createTestClock } from '../support/test-clock.ts';
import { createUnlimitedBudget } from '../support/unlimited-budget.ts';

const LEADS = 600;
const MODEL = { id: 'platform', name: 'Platform', flags: [], personas: [], activityTypes: [] };
const shipped = (crm: string) => parse(readFileSync(`config/${crm}.yaml`, 'utf8'));

async function pastOf(crm: Crm): Promise<PastRecord[]> {
  await crm.connect({ readOnly: true });
  const records: PastRecord[] = [];
  for (let next: string | undefined, isFirst = true; isFirst || next !== undefined; isFirst = false) {
    const page = await crm.listPast(next, { patient: true });
    records.push(...page.records);
    next = page.next;
  }
  return records;
}

/** How many of these have the field that sales fill in after the sale: as they are now, and as they were at a time. */
function leaks(records: readonly PastRecord[], when: (record: PastRecord) => number | undefined) {
  const isFilled = (fields: Readonly<Record<string, string>>) => fields.timeframe === 'now';
  return {
    now: records.filter(({ lead }) => isFilled(lead.fields)).length,
    before: records.filter((record) => isFilled(leadAt(record.lead, record.past, when(record) ?? 0).fields)).length,
  };
}

test('what HubSpot knows of buyers before the sale does not give them away', async () => {
  const clock = createTestClock();
  const portal = createPortal({ leads: LEADS, buyers: 'by-rule', clock });
  const sandbox = await startSandbox({ portal, clock });
  onTestFinished(() => sandbox.close());
  const budget = createUnlimitedBudget(clock);
  const config = hubspotConfigSchema.parse(shipped('hubspot'));
  const options = { config, token: DEMO_TOKEN, baseUrl: sandbox.url, budget, clock, random: () => 0.5 };
  const records = await pastOf(createHubspot({ ...options, models: [MODEL] }));
  expect(records).toHaveLength(LEADS);
  // Fifty contacts a call, and their companies.
  expect(budget.taken.filter(({ patient }) => patient).length).toBeLessThanOrEqual((2 * LEADS) / 50);

  const buyers = records.filter(({ customerSince }) => customerSince !== undefined);
  const sold = new Set(portal.contacts.all.filter(({ bought }) => bought).map(({ id }) => id));
  expect(buyers.length).toBeGreaterThan(30);
  expect(buyers.every(({ lead }) => sold.has(lead.id))).toBe(true);
  const { now, before } = leaks(buyers, ({ customerSince = 0 }) => customerSince - MINUTE);
  expect(now / buyers.length).toBeGreaterThan(0.85);
  expect(before).toBe(0);
});

test('nor does what Salesforce knows of them before they were converted', async () => {
  const clock = createTestClock();
  const org = createOrg({ leads: LEADS, buyers: 'by-rule', clock });
  const sandbox = await startSalesforceSandbox({ org });
  onTestFinished(() => sandbox.close());
  const budget = createUnlimitedBudget(clock);
  const session = { accessToken: sandbox.accessToken(), instanceUrl: sandbox.url };
  const config = salesforceConfigSchema.parse({ fields: shipped('salesforce').fields });
  const signIn = { token: async () => session, renew: async () => session };
  const crm = createSalesforce({ config, signIn, budget, clock, random: () => 0.5, models: [MODEL] });
  const records = await pastOf(crm);
  expect(records).toHaveLength(LEADS);

  const converted = records.filter(({ convertedAt }) => convertedAt !== undefined);
  expect(converted.length).toBeGreaterThan(60);
  const { now, before } = leaks(converted, ({ convertedAt = 0 }) => convertedAt);
  expect(now / converted.length).toBeGreaterThan(0.4);
  expect(before).toBe(0);
  // They are known from when they were leads.
  for (const { lead, convertedAt = 0 } of converted) expect(lead.createdAt).toBeLessThan(convertedAt);
  expect(budget.taken.filter(({ patient }) => patient).length).toBeLessThan(24);
});
