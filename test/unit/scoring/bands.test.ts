import { describe, expect, test } from 'vitest';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { fitModel, leadOf, NOW, problemsOf, yamlOf } from './model.ts';

const SIZE = '{ id: company-size, field: employees, bands: { "1-10": 0, "11-99": 5, "100-999": 15, "1,000+": 20 } }';

function pointsOf(criterion: string, value: string): number {
  return scoreLead(fitModel(criterion), leadOf({ employees: value }), [], NOW).fit;
}

describe('bands', () => {
  test.each([
    ['7', 0],
    ['11', 5],
    ['99', 5],
    ['100', 15],
    ['999', 15],
    ['1000', 20],
    ['1.2M', 20],
    ['0', 0],
    ['99.5', 0],
    ['many', 0],
    ['', 0],
  ])('of a company of %s give %i', (value, points) => {
    expect(pointsOf(SIZE, value)).toBe(points);
  });

  test('take a range by its low end', () => {
    expect(pointsOf(SIZE, '50-500')).toBe(5);
    expect(pointsOf(SIZE, '1,000-5,000')).toBe(20);
    expect(pointsOf(SIZE, '100+')).toBe(15);
  });

  test('that meet leave the number where they meet to the upper one, in whatever order they stand', () => {
    const revenue = '{ id: r, field: employees, bands: { "10M-100M": 10, "100M+": 20, "1M-10M": 5, "under 1M": -3 } }';
    for (const [value, points] of [
      ['€999k', -3],
      ['1M', 5],
      ['9.9M', 5],
      ['10M', 10],
      ['100M', 20],
      ['3bn', 20],
    ] as const)
      expect(pointsOf(revenue, value), value).toBe(points);
  });

  test('are a reason with the band in it, and none where they give nothing', () => {
    const reasons = (value: string) => scoreLead(fitModel(SIZE), leadOf({ employees: value }), [], NOW).reasons;
    expect(reasons('250')).toStrictEqual([
      { kind: 'criterion', dimension: 'fit', id: 'company-size', label: 'Company size: 100-999', points: 15 },
    ]);
    expect(reasons('5')).toStrictEqual([]);
  });

  test('may hold for some leads only', () => {
    const abroad = SIZE.replace('field:', 'when: { field: country, is: France }, field:');
    const model = fitModel(abroad);
    expect(scoreLead(model, leadOf({ employees: '250', country: 'France' }), [], NOW).fit).toBe(15);
    expect(scoreLead(model, leadOf({ employees: '250' }), [], NOW).fit).toBe(0);
  });
});

describe('bands that make no sense are named with their place', () => {
  const problems = (criterion: string) =>
    problemsOf(yamlOf({ fit: `{ name: A, criteria: [{ id: c, ${criterion} }] }` }));
  const at = (key: string) => `fit.groups.0.criteria.0.${key}`;

  test.each<[string, string, RegExp]>([
    ['field: x, bands: { "1-10": 1, "5-20": 2 }', 'bands.5-20', /the bands "1-10" and "5-20" overlap/],
    ['field: x, bands: { "10": 1, "10+": 2 }', 'bands.10+', /overlap/],
    ['field: x, bands: { "5+": 1, "10+": 2 }', 'bands.10+', /overlap/],
    ['field: x, bands: { small: 1 }', 'bands.small', /"small" is no band of numbers/],
    ['field: x', 'field', /"field" needs "bands"/],
    ['bands: { "1+": 1 }', 'bands', /"bands" needs "field"/],
    ['field: x, bands: { "1+": 1 }, points: 3', 'points', /"points" cannot stand together with "bands"/],
    ['field: x, bands: { "1+": 1 }, flag: big', 'flag', /"flag" cannot stand together with "bands"/],
    ['field: x, bands: { "1+": 1 }, disqualify: big', 'disqualify', /cannot stand together/],
    ['points: 3', '', /missing key "when"/],
  ])('%s', (criterion, key, message) => {
    expect(problems(criterion)).toStrictEqual({ [at(key).replace(/\.$/, '')]: expect.stringMatching(message) });
  });
});
