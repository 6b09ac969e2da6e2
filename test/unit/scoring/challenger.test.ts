import { describe, expect, test } from 'vitest';
import { isInHoldout } from '../../../src/scoring/challenger.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { modelSet } from '../../../src/scoring/model-set.ts';
import { LISTS, leadOf, problemsOf, sourceOf, yamlOf } from './model.ts';

const REST = `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 } }`;
const yaml = (more = '', id = 'platform') =>
  yamlOf({ rest: `${REST}\n${more}` }).replace('model: test', `model: ${id}`);
const compiled = (more?: string, id?: string) => compileModel(sourceOf(yaml(more, id)), { lists: LISTS });
const rivalOf = (share: string, id = 'rival') => compiled(`challenger_to: platform\nholdout: ${share}`, id);
const PEOPLE = Array.from({ length: 2_000 }, (_, index) => leadOf({}, [`person-${index}@acme.example`]));

describe('a holdout', () => {
  test('has about the share of persons that it is to have', () => {
    for (const [share, part] of [
      ['10%', 0.1],
      ['2.5%', 0.025],
      ['50%', 0.5],
    ] as const) {
      const rival = { model: rivalOf(share) };
      const count = PEOPLE.filter((lead) => isInHoldout(rival, lead)).length;
      // Four standard deviations of as many fair draws.
      const most = 4 * Math.sqrt(PEOPLE.length * part * (1 - part));
      expect(Math.abs(count - PEOPLE.length * part), share).toBeLessThan(most);
    }
  });

  test('is the same for good: a larger one has everybody of a smaller one, and another version of the model changes nothing', () => {
    const [some, more] = ['10%', '20%'].map((share) => rivalOf(share));
    const edited = { ...rivalOf('10%'), version: 'another' };
    for (const lead of PEOPLE) {
      const isHeld = some !== undefined && isInHoldout({ model: some }, lead);
      expect(isInHoldout({ model: edited }, lead)).toBe(isHeld);
      if (isHeld && more !== undefined) expect(isInHoldout({ model: more }, lead)).toBe(true);
    }
    // By SHA-256 of `rival ada@acme.example`: written down here, so that no release moves anybody.
    const ada = leadOf({}, ['ada@acme.example']);
    expect(['92%', '93%'].map((share) => isInHoldout({ model: rivalOf(share) }, ada))).toEqual([false, true]);
  });

  test('has all records of a person, whatever CRM they are in, and of who has no address the record', () => {
    const rival = { model: rivalOf('50%') };
    for (const lead of PEOPLE.slice(0, 200)) {
      const elsewhere = { ...lead, id: `00Q${lead.emails[0]}`, emails: [...lead.emails, 'second@acme.example'] };
      expect(isInHoldout(rival, elsewhere)).toBe(isInHoldout(rival, lead));
    }
    const ids = Array.from({ length: 200 }, (_, index) => ({ ...leadOf(), emails: [], id: String(index) }));
    const held = ids.filter((lead) => isInHoldout(rival, lead)).length;
    expect(held).toBeGreaterThan(60);
    expect(held).toBeLessThan(140);
  });

  test('of another challenger picks others', () => {
    const [one, other] = ['rival', 'other'].map((id) => ({ model: rivalOf('50%', id) }));
    const both = PEOPLE.filter((lead) => one && other && isInHoldout(one, lead) && isInHoldout(other, lead)).length;
    expect(Math.abs(both - 500)).toBeLessThan(4 * Math.sqrt(2_000 * 0.25 * 0.75));
  });

  test('of nobody where the challenger asks for none', () => {
    const silent = { model: compiled('challenger_to: platform', 'rival') };
    expect(PEOPLE.some((lead) => isInHoldout(silent, lead))).toBe(false);
  });
});

describe('a set of models', () => {
  const platform = compiled();

  test('has challengers apart, and another version for the sake of whom they score', () => {
    const silent = compiled('challenger_to: platform', 'rival');
    const set = modelSet([silent, platform]);
    expect(set.models).toEqual([platform]);
    expect(set.challengers.map(({ model, champion }) => [model.id, champion])).toEqual([['rival', platform]]);
    const versions = [
      modelSet([platform]),
      set,
      modelSet([platform, rivalOf('10%')]),
      modelSet([platform, rivalOf('20%')]),
    ];
    expect(new Set(versions.map(({ version }) => version)).size).toBe(4);
    expect(rivalOf('20%').version).toBe(silent.version);
    expect(platform.version).toBe(modelSet([platform]).version);
  });

  test('leaves out a challenger of a model that is not there', () => {
    const stray = compiled('challenger_to: services', 'rival');
    expect(modelSet([platform, stray])).toMatchObject({ challengers: [], strays: [stray], version: platform.version });
  });
});

test('a holdout is a share, of a challenger of another model', () => {
  for (const share of ['10', '0%', '100%', '-5%', 'ten%', '0.001%'])
    expect(() => sourceOf(yaml(`challenger_to: other\nholdout: "${share}"`)), share).toThrow(
      /is no share of the leads: write a percentage above 0% and below 100%, such as 10%/,
    );
  expect(problemsOf(yaml('holdout: 10%')).holdout).toMatch(/only a challenger has a holdout/);
  expect(problemsOf(yaml('challenger_to: platform')).challenger_to).toMatch(/cannot challenge itself/);
});
