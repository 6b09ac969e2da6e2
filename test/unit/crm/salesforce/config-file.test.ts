import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';
import { modelOutputs, modelOutputsProblems } from '../../../../src/crm/salesforce/model-outputs.ts';
import { SALESFORCE_YAML } from '../../../support/salesforce-config.ts';
import { problemsOf } from '../../settings/problems-of.ts';

const FIELDS = { fields: { title: 'Title' } };
const config = (given: object = {}) => salesforceConfigSchema.parse({ ...FIELDS, ...given });

describe('config/salesforce.yaml', () => {
  test('the shipped file writes out exactly what would be taken without it, but for fields, campaigns and the lifecycle', () => {
    const shipped = salesforceConfigSchema.parse(parse(SALESFORCE_YAML));
    const { fields, campaigns } = shipped;
    expect(salesforceConfigSchema.parse({ fields, campaigns })).toEqual({ ...shipped, lifecycle: 'off' });
    expect(salesforceConfigSchema.parse({ fields, lifecycle: {} }).lifecycle).toEqual(shipped.lifecycle);
  });

  test('every key of its JSON Schema tells an editor what it is for', () => {
    const schema = z.toJSONSchema(salesforceConfigSchema, { target: 'draft-7', io: 'input' });
    const silent: string[] = [];
    walk(schema, '', silent);
    expect(silent).toEqual([]);
  });

  test('a field is of leads and contacts alike, or one of each, and of contacts also one of their account', () => {
    const { fields } = config({ fields: { title: 'Title', size: { lead: 'Size__c', contact: 'Account.Size__c' } } });
    expect(fields.title).toEqual({ lead: 'Title', contact: 'Title' });
    expect(fields.size).toEqual({ lead: 'Size__c', contact: 'Account.Size__c' });
  });

  test('a campaign alone is a form, and says what else it is', () => {
    const campaigns = { demo: 'Request a demo', webinar: { campaign: 'Webinar', as: 'event-attendance' } };
    expect(config({ campaigns }).campaigns).toEqual({
      demo: { campaign: 'Request a demo', as: 'form-submission' },
      webinar: { campaign: 'Webinar', as: 'event-attendance' },
    });
  });
});

function walk(node: unknown, path: string, silent: string[]): void {
  if (typeof node !== 'object' || node === null) return;
  const { properties, anyOf } = node as { properties?: Record<string, { description?: string }>; anyOf?: unknown[] };
  for (const [key, child] of Object.entries(properties ?? {})) {
    if (child.description === undefined) silent.push(`${path}.${key}`);
    walk(child, `${path}.${key}`, silent);
  }
  for (const each of anyOf ?? []) walk(each, path, silent);
}

describe('what would look right and do harm is refused', () => {
  const refused = (yaml: string) => problemsOf(`fields: { email: Email }\n${yaml}`, salesforceConfigSchema).join('\n');

  test.each([
    ['outputs: { score: Rating }', 'which ends in __c'],
    ['outputs: { score: My Score__c }', 'which ends in __c'],
    ['campaigns: { a: Demo, b: Demo }', 'a campaign has one key'],
    ['campaigns: { a: { campaign: Demo, as: deal-won } }', 'form-submission'],
    ['lifecycle: { stages: [Lead, SQL], mql: MQL }', '"MQL" is none of the stages: Lead, SQL'],
    ['lifecycle: { stages: [Lead, MQL, Lead] }', '"Lead" is there twice'],
    ['lifecycle: { field: A__c, mql_date: a__c }', 'already the field of the stage'],
    ['streams: { visitor_activities: on }', 'need account_engagement'],
    ['account_engagement: { business_unit: 0Uv1 }', '18 characters'],
    ['account_engagement: { business_unit: 0Uv000000000000AAA, time_zone: Berlin }', 'Europe/Berlin'],
    ['lifecycle: { lead: Prospect }', '"Prospect" is none of the stages: Lead, MQL, SQL, Customer'],
    ['lifecycle: { lead: SQL }', '"SQL" must come before MQL in stages'],
    ['lead_status: { mql: Working }', 'lifecycle is off'],
    ['sales_status: {}', 'name at least one value under working, not_now or rejected'],
    ['sales_status: { working: [Open], rejected: [Closed, Open] }', '"Open" is already under working'],
    [
      'lifecycle: {}\nlead_status: { mql: Ready }\nsales_status: { working: [Ready] }',
      '"Ready" is what leadgauge itself sets with the stage MQL',
    ],
    ['nurture: { Content: { campaign: Series } }', 'the id of a nurture rule'],
    ['campaigns: { ebook: Series }\nnurture: { content: { campaign: series } }', 'already campaigns.ebook'],
    ['tasks: { owners: [a@b.example, A@b.example] }', 'entry 2 of owners is the same owner as entry 1'],
    ['tasks: { subject: "{name}" }', 'only {subject} can stand in braces'],
    ['permission_sets: { sales: leadgauge }', 'a permission set of its own'],
    ['permission_sets: { sales_users: [a@b.example, a@b.example] }', 'entry 2 of sales_users is the same user'],
    ['batch_size: 201', 'at most 200'],
  ])('%s', (yaml, message) => {
    expect(refused(yaml)).toContain(message);
  });

  test('a field that names neither', () => {
    expect(problemsOf('fields: { email: {} }', salesforceConfigSchema).join('\n')).toContain('{ lead: Company');
  });
});

describe('the fields of several models', () => {
  const models = (...ids: string[]) =>
    ids.map((id) => ({ id, name: id, flags: [], personas: [], activityTypes: [], account: {} }));
  const problems = (given: object, ...ids: string[]) =>
    modelOutputsProblems(config(given), models(...ids)).map(({ path, message }) => `${path.join('.')}: ${message}`);

  test('are those of outputs for the one that has no others, and named after each other one', () => {
    const given = config({ model_outputs: { 'new-services': { score: 'Points__c' } } });
    const [platform, services] = modelOutputs(given, models('platform', 'new-services'));
    expect(platform).toMatchObject({ names: { score: 'Leadgauge_Score__c', mql_at: 'Leadgauge_MQL_At__c' } });
    expect(platform?.accountScore).toBe('Leadgauge_Account_Score__c');
    expect(services?.names).toMatchObject({ score: 'Points__c', fast_track: 'Leadgauge_New_Services_Fast_Track__c' });
    expect(services?.accountScore).toBe('Leadgauge_New_Services_Account_Score__c');
    expect(problems({ model_outputs: { 'new-services': {} } }, 'platform', 'new-services')).toEqual([]);
  });

  test('must be said for all models but one, and of none that is not there', () => {
    expect(problems({}, 'platform', 'services')[0]).toContain('would all write to the fields of "outputs"');
    expect(problems({ model_outputs: { servces: {} } }, 'platform', 'services')).toEqual([
      'model_outputs.servces: there is no model "servces" in config/models: did you mean "services"?',
    ]);
  });

  test('put leads into campaigns by nurture rules that a model has', () => {
    const ruled = models('platform').map((model) => ({ ...model, nurtureRules: [{ id: 'content' }] }));
    const given = config({ nurture: { contnet: { campaign: 'Series' }, content: { campaign: 'Series' } } });
    expect(modelOutputsProblems(given, ruled)).toEqual([
      { path: ['nurture', 'contnet'], atKey: true, message: expect.stringContaining('did you mean "content"?') },
    ]);
  });

  test('are each the field of one output of one model, however it is spelt', () => {
    expect(problems({ outputs: { fit: 'leadgauge_score__c' } }, 'platform')).toEqual([
      'outputs.fit: leadgauge_score__c is already the field of outputs.score: give each its own',
    ]);
    expect(problems({ lifecycle: {}, outputs: { fit: 'Leadgauge_Stage__c' } }, 'platform')).toEqual([
      'outputs.fit: Leadgauge_Stage__c is already the field of lifecycle.field: give each its own',
    ]);
  });

  test('are none that a model reads', () => {
    const fields = { title: { lead: 'leadgauge_score__c' }, tier: { contact: 'Account.Leadgauge_Account_Score__c' } };
    expect(problems({ fields }, 'platform')).toEqual([
      'outputs.score: "Leadgauge_Score__c" is also the field title: a model must not read what it writes',
      'outputs.account_score: "Leadgauge_Account_Score__c" is also the field tier: a model must not read what it writes',
    ]);
  });

  test('have names that Salesforce takes: 40 characters before __c', () => {
    const id = 'line-of-business-for-services';
    const [problem] = problems({ model_outputs: { [id]: {} } }, 'platform', id);
    expect(problem).toContain('is longer than Salesforce allows (40 characters before __c)');
  });
});
