import { describe, expect, test } from 'vitest';
import type { OwnTitles } from '../../../src/leads/titles.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { LISTS, sourceOf, yamlOf } from './model.ts';

const MODEL = `
model: test
name: Test
fit:
  max: 100
  groups:
    - name: Company
      max: 80
      criteria:
        - { id: size, when: { field: employees, between: [10, 500] }, points: 60 }
        - { id: place, name: Place, when: { field: country, in: [germany, france] }, points: 40 }
    - name: Bad
      criteria:
        - { id: rival, when: { any: [{ field: email, in_list: competitors }, { field: email, domain: personal }] }, points: -9, flag: rival }
engagement:
  max: 100
  window: 180d
  half_life: 30d
  groups:
    - name: Web
      criteria:
        - { id: pricing, when: { activity: page-view, url: [/pricing*, /plans] }, points: 10 }
grades: { fit: { A: 75, B: 50, C: 25, D: 0 }, engagement: { 1: 75, 2: 50, 3: 25, 4: 0 } }
lifecycle: { mql: { fit: 50, engagement: 40 }, requires: [email, company] }
fast_track: [{ id: demo, when: { activity: form-submission, form: [demo, trial] }, follow_up_within: 60m }]
`;

function versionOf(yaml: string, lists: ReadonlyMap<string, ReadonlySet<string>> = LISTS): string {
  return compileModel(sourceOf(yaml), { lists }).version;
}

function changed(from: string, to: string): string {
  expect(MODEL).toContain(from);
  return MODEL.replace(from, to);
}

describe('the version stays', () => {
  test.each<[string, string]>([
    ['with a comment', changed('  max: 80', '  max: 80 # of 100')],
    ['with another layout', changed('  max: 100\n  window: 180d', '  "window": 180d\n  max:   100')],
    ['with the order of keys', changed('model: test\nname: Test', 'name: Test\nmodel: test')],
    ['with a duration written in another way', changed('180d', '4320h').replace('60m', '1h')],
    [
      'with names for people',
      changed('name: Place, ', '').replace('name: Company', 'name: Firm').replace('name: Test', 'name: Other'),
    ],
    [
      'with the order of words in a list',
      changed('[germany, france]', '[france, germany]').replace('[demo, trial]', '[trial, demo]'),
    ],
    ['with case and blanks in a condition', changed('[germany, france]', '[" Germany", FRANCE]')],
    [
      'with the half-life moved to where it applies',
      changed('  half_life: 30d\n', '').replace('points: 10 }', 'points: 10, half_life: 30d }'),
    ],
    ['with what holds anyway', changed('points: 10 }', 'points: 10, per: each }')],
    ['with a floor of 0', changed('fit:\n  max: 100', 'fit:\n  max: 100\n  floor: 0')],
  ])('%s', (_, yaml) => {
    expect(versionOf(yaml)).toBe(versionOf(MODEL));
  });

  test('with the order of criteria and groups', () => {
    const source = sourceOf(MODEL);
    const groups = source.fit.groups.map((group) => ({ ...group, criteria: group.criteria.toReversed() })).toReversed();
    const turned = { ...source, fit: { ...source.fit, groups } };
    expect(compileModel(turned, { lists: LISTS }).version).toBe(versionOf(MODEL));
  });

  test('with lists that it does not use, and with the order in one that it does', () => {
    const lists = new Map([
      ...LISTS,
      ['competitors', new Set([...(LISTS.get('competitors') ?? [])].toReversed())],
      ['other', new Set(['x'])],
    ]);
    expect(versionOf(MODEL, lists)).toBe(versionOf(MODEL));
  });
});

describe('the version of a model that says nothing of routes', () => {
  test('is what it was before there were any, so that no lead is scored anew', () => {
    expect(versionOf(yamlOf({}))).toBe('7bcc19bcfa');
  });

  test('stays where the model says what holds anyway', () => {
    const usual = '{ when: mql_or_fast_track, task: fast_track, notify: [owner], follow_up_within: 24h }';
    for (const routes of ['{}', '{ sales: {} }', `{ sales: ${usual} }`, '{ nurture: [] }'])
      expect(versionOf(`${MODEL}routes: ${routes}\n`), routes).toBe(versionOf(MODEL));
  });
});

describe('the version changes', () => {
  test.each<[string, string]>([
    ['points', changed('points: 40', 'points: 41')],
    ['a cap', changed('max: 80', 'max: 81')],
    ['a flag', changed('flag: rival', 'flag: competitor')],
    ['a field', changed('field: country', 'field: state')],
    ['a word', changed('france', 'spain')],
    ['a bound', changed('[10, 500]', '[10, 501]')],
    ['a window', changed('180d', '181d')],
    ['a half-life', changed('30d', '31d')],
    ['how often it counts', changed('points: 10 }', 'points: 10, per: day }')],
    ['a page', changed('/plans', '/plan')],
    ['a grade', changed('A: 75', 'A: 76')],
    ['a gate', changed('engagement: 40', 'engagement: 39')],
    ['a required field', changed('[email, company]', '[email]')],
    ['a fast track', changed('60m', '61m')],
    ['which leads it is for', `${MODEL}applies_to: { field: product, is: platform }\n`],
    ['personas', `${MODEL}personas: { vp: { field: title, seniority: vp } }\n`],
    ['the score of accounts', `${MODEL}account: { of: total, roll_up: max }\n`],
    ['the gates to lead', changed('mql:', 'lead: { fit: 20 }, mql:')],
    ['recycling', changed('mql:', 'recycle: { engagement_below: 20, for: 30d }, mql:')],
    ['who goes to sales', `${MODEL}routes: { sales: { when: fast_track } }\n`],
    ['for whom a task is made', `${MODEL}routes: { sales: { task: true } }\n`],
    ['who is told', `${MODEL}routes: { sales: { notify: [owner, team] } }\n`],
    ['how soon to follow up', `${MODEL}routes: { sales: { follow_up_within: 2d } }\n`],
    ['a nurture series', `${MODEL}routes: { nurture: [{ id: calls, when: { activity: call } }] }\n`],
    ['what rules a lead out', changed('flag: rival', 'flag: rival, disqualify: a rival')],
    ['decay in steps', changed('points: 10 }', 'points: 10, decay: { every: 30d, by: 25% } }')],
    ['a floor below 0', changed('fit:\n  max: 100', 'fit:\n  max: 100\n  floor: -5')],
    [
      'bands',
      changed('when: { field: employees, between: [10, 500] }, points: 60', 'field: employees, bands: { "10+": 60 }'),
    ],
    ['the floor', changed('fit:\n  max: 100', 'fit:\n  max: 100\n  floor: none')],
    [
      'a group split in two',
      changed('        - { id: place', '    - name: Place\n      max: 80\n      criteria:\n        - { id: place'),
    ],
    ['any for all', changed('any:', 'all:')],
    ['the name of the model', changed('model: test', 'model: other')],
  ])('with %s', (_, yaml) => {
    expect(versionOf(yaml)).not.toBe(versionOf(MODEL));
  });

  test('with a list that it uses, by name or for the kind of a domain', () => {
    expect(versionOf(MODEL, new Map([...LISTS, ['competitors', new Set(['x.com'])]]))).not.toBe(versionOf(MODEL));
    expect(versionOf(MODEL, new Map([...LISTS, ['personal-domains', new Set(['x.com'])]]))).not.toBe(versionOf(MODEL));
  });
});

describe('the version knows', () => {
  const versionWith = (more: string) => versionOf(`${MODEL}${more}\n`);

  test('the order of personas, for the first that fits counts', () => {
    const [vp, it] = ['vp: { field: title, seniority: vp }', 'it: { field: title, function: it }'];
    expect(versionWith(`personas: { ${vp}, ${it} }`)).not.toBe(versionWith(`personas: { ${it}, ${vp} }`));
  });

  test('that case means something in a regular expression', () => {
    const asking = (expression: string) => versionWith(`applies_to: { field: x, matches: '${expression}' }`);
    expect(asking('\\D')).not.toBe(asking('\\d'));
    expect(asking('a')).toBe(asking('a'));
  });

  test('bands by their numbers and not by how they are written', () => {
    const banded = (bands: string) =>
      versionOf(
        changed('when: { field: employees, between: [10, 500] }, points: 60', `field: employees, bands: { ${bands} }`),
      );
    expect(banded('"1,000+": 9, "1-999": 3')).toBe(banded('1-999: 3, 1k+: 9'));
    expect(banded('"1,000+": 9, "1-999": 3')).not.toBe(banded('"1,000+": 9, "1-998": 3'));
  });

  test('a company’s own job titles, where ranks or functions are asked for', () => {
    const version = (yaml: string, titles?: OwnTitles) =>
      compileModel(sourceOf(yaml), { lists: LISTS, ...(titles && { titles }) }).version;
    const own: OwnTitles = { seniority: { 'squad lead': 'manager' }, function: {} };
    const asking = `${MODEL}applies_to: { field: title, seniority: manager }\n`;
    expect(version(asking, own)).not.toBe(version(asking));
    expect(version(asking, { ...own, seniority: {} })).toBe(version(asking));
    expect(version(MODEL, own)).toBe(version(MODEL));
  });
});

test('the version is ten hexadecimal digits', () => {
  expect(versionOf(MODEL)).toMatch(/^[0-9a-f]{10}$/);
});
