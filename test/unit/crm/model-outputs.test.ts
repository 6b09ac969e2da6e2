import { describe, expect, test } from 'vitest';
import { hubspotConfigSchema } from '../../../src/crm/hubspot/config.ts';
import { modelOutputs, modelOutputsProblems } from '../../../src/crm/hubspot/model-outputs.ts';
import { mainModel } from '../../../src/crm/outputs/output-model.ts';

const models = (...ids: string[]) => ids.map((id) => ({ id, name: id, flags: [], personas: [], activityTypes: [] }));
const config = (given: object) => hubspotConfigSchema.parse({ fields: { title: 'jobtitle' }, ...given });
const problemsOf = (given: object, ...ids: string[]) =>
  modelOutputsProblems(config(given), models(...ids)).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('the properties of several models', () => {
  test('are those of outputs for the one that has no others, and named after each other one', () => {
    const given = config({ model_outputs: { 'new-services': { score: 'points' } } });
    const [platform, services] = modelOutputs(given, models('platform', 'new-services'));
    expect(platform?.names).toMatchObject({ score: 'leadgauge_score', override: 'leadgauge_override' });
    expect(services?.names).toMatchObject({ score: 'points', override: 'leadgauge_new_services_override' });
    expect(problemsOf({ model_outputs: { 'new-services': {} } }, 'platform', 'new-services')).toEqual([]);
  });

  test('must be said for all models but one', () => {
    expect(problemsOf({}, 'platform', 'services')).toEqual([
      'model_outputs: the models platform and services would all write to the properties of "outputs": keep the one in use already as it is, and give the new one its own (model_outputs: { platform: {} } where platform is the new one, model_outputs: { services: {} } where services is the new one)',
    ]);
  });

  test('cannot be those of a model that is not there', () => {
    expect(problemsOf({ model_outputs: { servces: {} } }, 'platform', 'services')).toEqual([
      'model_outputs.servces: there is no model "servces" in config/models: did you mean "services"?',
    ]);
  });

  test('are each the property of one output of one model', () => {
    expect(problemsOf({ outputs: { fit: 'leadgauge_score' } }, 'platform')).toEqual([
      'outputs.fit: leadgauge_score is already the property of outputs.score: give each its own',
    ]);
    const shared = { model_outputs: { services: { grade: 'leadgauge_grade' } } };
    expect(problemsOf(shared, 'platform', 'services')).toEqual([
      'model_outputs.services.grade: leadgauge_grade is already the property of outputs.grade: give each its own',
    ]);
  });

  test('are none that a model reads as a field', () => {
    expect(problemsOf({ outputs: { override: 'jobtitle' } }, 'platform')).toEqual([
      'outputs.override: "jobtitle" is also the field title: a model must not read what it writes',
    ]);
  });

  test('have names that HubSpot takes', () => {
    const id = `line-${'x'.repeat(80)}`;
    const [problem] = problemsOf({ model_outputs: { [id]: {} } }, 'platform', id);
    expect(problem).toContain('is longer than HubSpot allows');
  });
});

test('a series must be one of a nurture rule of some model, where that is known', () => {
  const nurture = { content: { list: 'Series' }, webinr: { list: 'Webinars' } };
  const [first, second] = models('platform', 'services');
  const known = (...rules: string[]) => [
    { ...first!, nurtureRules: [] },
    { ...second!, nurtureRules: rules.map((id) => ({ id })) },
  ];
  const given = config({ model_outputs: { services: {} }, nurture });
  const problems = modelOutputsProblems(given, known('content', 'webinar'));
  expect(problems.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
    'nurture.webinr: no model has a nurture rule "webinr": did you mean "webinar"?',
  ]);
  expect(modelOutputsProblems(given, known())).toHaveLength(2);
  expect(modelOutputsProblems(given, models('platform', 'services'))).toEqual([]);
});

describe('the lifecycle stage goes with', () => {
  test('the model that writes to outputs', () => {
    expect(mainModel(config({ model_outputs: { a: {} } }), ['a', 'b'])).toBe('b');
    expect(mainModel(config({}), ['only'])).toBe('only');
  });

  test('the first of model_outputs, where all have their own', () => {
    expect(mainModel(config({ model_outputs: { b: {}, a: {} } }), ['a', 'b'])).toBe('b');
  });
});
