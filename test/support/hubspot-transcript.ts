import nock from 'nock';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { parse } from 'yaml';
import type { CallKind } from '../../src/crm/api-budget.ts';
import { type HubspotConfig, hubspotConfigSchema } from '../../src/crm/hubspot/config.ts';
import { createHubspot } from '../../src/crm/hubspot/hubspot.ts';
import { createTransport } from '../../src/crm/hubspot/transport.ts';
import type { SalesNeeds } from '../../src/crm/sales-needs.ts';
import { createTestClock } from './test-clock.ts';
import { createUnlimitedBudget } from './unlimited-budget.ts';

export const TOKEN = 'pat-na1-canary-token';
export const API = 'https://api.hubapi.com';

/** Lets no request out of the machine, and fails a test that leaves a part of its transcript unplayed. */
export function playTranscripts(): void {
  beforeAll(() => {
    nock.disableNetConnect();
    nock.enableNetConnect('127.0.0.1');
  });
  afterEach(() => {
    const left = nock.pendingMocks();
    nock.cleanAll();
    expect(left).toEqual([]);
  });
  afterAll(() => nock.restore());
}

/** The next requests to HubSpot, in the order in which they must come. */
export function hubspot() {
  return nock(API, { reqheaders: { authorization: `Bearer ${TOKEN}` } });
}

/** The transport on a clock that moves by itself whenever somebody sleeps. */
export function createBench(timeout?: number) {
  const clock = createTestClock();
  const budget = createUnlimitedBudget(clock);
  const calls: CallKind[] = [];
  const parts = {
    token: TOKEN,
    baseUrl: API,
    budget,
    clock,
    random: () => 0.5,
    onCall: (kind: CallKind) => void calls.push(kind),
  };
  return { clock, budget, calls, parts, transport: createTransport({ ...parts, timeout }) };
}

export function config(yaml: string): HubspotConfig {
  return hubspotConfigSchema.parse(parse(yaml));
}

/** A connected portal of two fields, no forms and no lifecycle, whose start-up is played here. */
export async function connectSmallPortal(yaml = SMALL, more: readonly object[] = [], needs: SalesNeeds = {}) {
  const bench = createBench();
  const small = config(yaml);
  const fields = Object.values(small.fields).map((name) => ({ name, type: 'string' }));
  const outputs = Object.entries(small.outputs).map(([key, name]) => ({
    name,
    ...(OUTPUT_TYPES[key] ?? { type: 'string' }),
  }));
  hubspot()
    .get('/crm/properties/2026-09/contacts')
    .reply(200, { results: [...fields, ...outputs, LIFECYCLE, ...more] });
  const crm = createHubspot({ ...bench.parts, ...needs, config: small, models: [MODEL] });
  await crm.connect();
  bench.calls.length = 0;
  return { ...bench, crm };
}

/** Whose outputs these portals hold. */
const MODEL = {
  id: 'platform',
  name: 'Platform',
  flags: ['personal-email'],
  personas: [],
  activityTypes: ['page-view' as const],
};

const SMALL = 'fields: { email: email, job_title: jobtitle }\nstreams: { page_views: off }\n';

const OUTPUT_TYPES: Readonly<Record<string, object>> = {
  score: { type: 'number' },
  fit: { type: 'number' },
  engagement: { type: 'number' },
  mql: { type: 'bool' },
  scored_at: { type: 'datetime' },
  mql_at: { type: 'datetime' },
  fast_track_at: { type: 'datetime' },
  lead_at: { type: 'datetime' },
  recycled_at: { type: 'datetime' },
  nurture_at: { type: 'datetime' },
  routed_at: { type: 'datetime' },
  follow_up_by: { type: 'datetime' },
  first_touched_at: { type: 'datetime' },
  attempts: { type: 'number' },
  overdue: { type: 'bool' },
  follow_up: {
    type: 'enumeration',
    fieldType: 'select',
    options: ['open', 'reminded', 'escalated', 'tried', 'reached', 'closed'].map((value) => ({ label: value, value })),
  },
  persona: { type: 'enumeration', fieldType: 'select', options: [{ label: 'Other', value: 'other' }] },
  override: {
    type: 'enumeration',
    fieldType: 'select',
    options: ['qualified', 'disqualified'].map((value) => ({ label: value, value })),
  },
  flags: {
    type: 'enumeration',
    fieldType: 'checkbox',
    options: [{ label: 'Personal email', value: 'personal-email' }],
  },
};

const LIFECYCLE = {
  name: 'lifecyclestage',
  type: 'enumeration',
  fieldType: 'radio',
  options: ['subscriber', 'lead', 'marketingqualifiedlead', 'customer'].map((value, displayOrder) => ({
    label: value,
    value,
    displayOrder,
  })),
};
