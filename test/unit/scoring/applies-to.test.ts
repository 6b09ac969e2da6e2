import { describe, expect, test } from 'vitest';
import { appliesTo } from '../../../src/scoring/applies-to.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { modelSet } from '../../../src/scoring/model-set.ts';
import { LISTS, leadOf, problemsOf, sourceOf, yamlOf } from './model.ts';

const REST = `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 } }`;

function yaml(more: string, model = 'test'): string {
  return yamlOf({ rest: `${REST}\n${more}` }).replace('model: test', `model: ${model}`);
}

function compiled(more: string, model?: string) {
  return compileModel(sourceOf(yaml(more, model)), { lists: LISTS });
}

describe('which leads a model scores', () => {
  test('all, unless it says otherwise', () => {
    expect(appliesTo(compiled(''), leadOf())).toBe(true);
  });

  test('those of one line of business, and those of whom that is not known', () => {
    const model = compiled('applies_to: { field: product_interest, in: [platform, ""] }');
    expect(appliesTo(model, leadOf({ product_interest: 'Platform' }))).toBe(true);
    expect(appliesTo(model, leadOf())).toBe(true);
    expect(appliesTo(model, leadOf({ product_interest: 'Consulting' }))).toBe(false);
  });

  test('by any question about fields', () => {
    const model = compiled(
      'applies_to: { all: [{ field: country, country: dach }, { not: { field: email, domain: personal } }] }',
    );
    expect(appliesTo(model, leadOf({ country: 'Schweiz' }, ['ann@acme.ch']))).toBe(true);
    expect(appliesTo(model, leadOf({ country: 'Schweiz' }, ['ann@gmail.com']))).toBe(false);
    expect(model.fields.map(({ path }) => path.join('.'))).toContain('applies_to.all.0.field');
  });

  test('not by activities, nor by personas, which are the model’s own', () => {
    expect(problemsOf(yaml('applies_to: { activity: call }'))).toHaveProperty(['applies_to']);
    const personas = 'personas: { vp: { field: title, seniority: vp } }\napplies_to: { persona: vp }';
    expect(problemsOf(yaml(personas))['applies_to.persona']).toMatch(/a persona cannot be asked for here/);
  });
});

describe('several models', () => {
  const platform = compiled('', 'platform');
  const services = compiled('applies_to: { field: product_interest, is: services }', 'services');

  test('have a version together, whatever their order; one alone has its own', () => {
    expect(modelSet([platform]).version).toBe(platform.version);
    expect(modelSet([platform, services]).version).toMatch(/^[0-9a-f]{10}$/);
    expect(modelSet([platform, services]).version).toBe(modelSet([services, platform]).version);
    expect(modelSet([platform, services]).version).not.toBe(modelSet([platform, compiled('', 'services')]).version);
    expect(modelSet([platform, services]).models).toStrictEqual([platform, services]);
  });

  test('look back as far as the one that looks furthest, and watch the forms of all', () => {
    const forms = compiled(
      'fast_track: [{ id: d, when: { activity: form-submission, form: [demo, trial] }, follow_up_within: 5m }]',
    );
    const set = modelSet([platform, { ...forms, longestWindow: 9 }, { ...forms, fastTrackForms: ['ask', 'demo'] }]);
    expect(set.longestWindow).toBe(platform.longestWindow);
    expect(set.fastTrackForms).toStrictEqual(['ask', 'demo', 'trial']);
  });
});
