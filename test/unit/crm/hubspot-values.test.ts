import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FOLLOW_UP_STATES, type OutputChange, type Outputs } from '../../../src/crm/crm.ts';
import { hubspotConfigSchema } from '../../../src/crm/hubspot/config.ts';
import { ENGAGEMENT_COUNTERS } from '../../../src/crm/hubspot/engagement-counters.ts';
import { modelOutputs } from '../../../src/crm/hubspot/model-outputs.ts';
import { decodeAll, decodeOutputs, decodeOverrides, encodeOutputs } from '../../../src/crm/hubspot/outputs.ts';
import { pageViewCounters } from '../../../src/crm/hubspot/page-view-counters.ts';
import { codesOf, mentioned } from '../../../src/crm/hubspot/refusal.ts';
import { fitReasons } from '../../../src/crm/outputs/reasons-length.ts';

const config = hubspotConfigSchema.parse({ fields: { email: 'email' }, model_outputs: { services: {} } });
const { outputs: names } = config;
const models = modelOutputs(
  config,
  ['platform', 'services'].map((id) => ({ id, name: id, flags: [], personas: [], activityTypes: [] })),
);

const engagementCounters = (properties: Readonly<Record<string, string | null>>) =>
  ENGAGEMENT_COUNTERS.flatMap((counter) => counter.read(properties));

describe('outputs', () => {
  test('what is encoded decodes to the same, whatever it is', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
    const time = fc.date({ min: new Date(0), max: new Date(Date.UTC(2100)), noInvalidDate: true }).map(Number);
    const outputs: fc.Arbitrary<Partial<Outputs>> = fc.record({
      score: fc.integer(),
      fit: fc.integer(),
      engagement: fc.integer(),
      grade: word,
      reasons: fc.array(word).map((lines) => lines.join('\n')),
      flags: fc.uniqueArray(word).map((flags) => flags.sort()),
      mql: fc.boolean(),
      persona: word,
      disqualified: fc.array(word, { minLength: 1 }).map((lines) => lines.join('\n')),
      modelVersion: word,
      scoredAt: time,
      mqlAt: time,
      stageReason: word,
      routedAt: time,
      followUp: fc.constantFrom(...FOLLOW_UP_STATES),
      attempts: fc.nat(),
      overdue: fc.boolean(),
    });
    fc.assert(
      fc.property(outputs, (each) => {
        expect(decodeOutputs(names, encodeOutputs(names, each))).toEqual(each);
      }),
    );
  });

  test('what somebody overwrote with nonsense counts as absent', () => {
    const broken = {
      leadgauge_score: 'high',
      leadgauge_mql: 'maybe',
      leadgauge_scored_at: 'today',
      leadgauge_grade: '  ',
      leadgauge_follow_up: 'soon',
      leadgauge_attempts: 'some',
      leadgauge_overdue: 'perhaps',
    };
    expect(decodeOutputs(names, broken)).toEqual({});
  });

  test('an emptied output is written as nothing, whatever it was', () => {
    const emptied: OutputChange = { score: null, flags: null, mqlAt: null, persona: null };
    expect(encodeOutputs(names, emptied)).toEqual({
      leadgauge_score: '',
      leadgauge_flags: '',
      leadgauge_mql_at: '',
      leadgauge_persona: '',
    });
  });

  test('each model reads its own properties, and one without any is absent', () => {
    expect(decodeAll(models, { leadgauge_services_score: '7' })).toEqual({ services: { score: 7 } });
  });

  test('of what people decided, only the two words count, for the model that they stand at', () => {
    expect(decodeOverrides(models, { leadgauge_override: 'qualified', leadgauge_services_override: 'maybe' })).toEqual({
      platform: 'qualified',
    });
    expect(decodeOverrides(models, { leadgauge_override: '', leadgauge_services_override: null })).toBeUndefined();
  });

  test('times are read as ISO text and as milliseconds', () => {
    expect(decodeOutputs(names, { leadgauge_mql_at: '1763287200000' })).toEqual({ mqlAt: 1_763_287_200_000 });
    expect(decodeOutputs(names, { leadgauge_mql_at: '2025-11-16T10:00:00Z' })).toEqual({ mqlAt: 1_763_287_200_000 });
  });
});

describe('reasons', () => {
  test('are cut after a whole line', () => {
    expect(fitReasons('+10 one\n+20 two\n+30 three', 15)).toBe('+10 one\n+20 two');
    expect(fitReasons('+10 one\n+20 two\n+30 three', 14)).toBe('+10 one');
    expect(fitReasons('+10 one', 7)).toBe('+10 one');
  });

  test('a single line that is too long is cut where it must be', () => {
    expect(fitReasons('x'.repeat(20), 10)).toHaveLength(10);
  });
});

describe('page view counters', () => {
  const counters = (views: number) => ({
    hs_analytics_num_page_views: String(views),
    hs_analytics_first_timestamp: '1000',
    hs_analytics_first_url: 'https://acme.example/',
    hs_analytics_last_timestamp: '2000',
    hs_analytics_last_url: 'https://acme.example/pricing',
  });

  test.each([1, 2, 3, 500])('%i views stay that many', (views) => {
    const activities = pageViewCounters(counters(views));
    expect(activities.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(views);
    expect(activities[0]).toEqual({
      id: 'counter:last',
      type: 'page-view',
      at: 2_000,
      url: 'https://acme.example/pricing',
    });
  });

  test('no views, or none with a date, are no activity', () => {
    expect(pageViewCounters(counters(0))).toEqual([]);
    expect(pageViewCounters({ hs_analytics_num_page_views: '5' })).toEqual([]);
    expect(pageViewCounters({ hs_analytics_num_page_views: 'many', hs_analytics_last_timestamp: '2000' })).toEqual([]);
  });
});

describe('counters of engagement', () => {
  test('e-mails and meetings count as often as HubSpot says, at their last date', () => {
    const properties = {
      hs_email_open: '7',
      hs_email_last_open_date: '3000',
      hs_email_click: '2',
      hs_email_last_click_date: '2000',
      engagements_last_meeting_booked: '1000',
    };
    expect(engagementCounters(properties)).toEqual([
      { id: 'counter', type: 'email-open', at: 3_000, count: 7 },
      { id: 'counter', type: 'email-click', at: 2_000, count: 2 },
      { id: 'counter', type: 'meeting', at: 1_000, count: 1 },
    ]);
  });

  test('a count without a date, a date without a count and nonsense are no activity', () => {
    expect(engagementCounters({ hs_email_open: '7' })).toEqual([]);
    expect(engagementCounters({ hs_email_last_open_date: '3000' })).toEqual([]);
    expect(engagementCounters({ hs_email_open: 'many', hs_email_last_open_date: '3000' })).toEqual([]);
  });
});

describe('a refusal', () => {
  const problem = {
    category: 'VALIDATION_ERROR',
    message:
      'Property values were not valid: [{"message":"ada@example.com is bad","error":"INVALID_OPTION","name":"leadgauge_flags"}]',
    errors: [{ message: 'ada@example.com', code: 'ada@example.com' }],
  };

  test('gives HubSpot’s words for what went wrong, and only words that are ours or are no data', () => {
    expect(codesOf(problem)).toEqual(['INVALID_OPTION', 'VALIDATION_ERROR']);
    expect(mentioned(problem, ['leadgauge_flags', 'leadgauge_flag', 'flags'])).toEqual(['leadgauge_flags']);
  });
});
