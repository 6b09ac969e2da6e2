import { describe, expect, test } from 'vitest';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { LISTS, sourceOf, warningsOf, yamlOf } from './model.ts';

const GRADES = 'grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }';
const REST = `${GRADES}\nlifecycle: { mql: { fit: 1, engagement: 1 } }`;
const KNOWN = '{ id: known, when: { field: x, exists: true }, points: 9 }';
const CALL = '{ id: call, when: { activity: call }, points: 9 }';

function fitWarnings(criteria: string, more = '', options = ''): Record<string, string> {
  return warningsOf(
    yamlOf({ fit: `{ name: A, ${options} criteria: [${KNOWN}, ${criteria}] }`, rest: `${REST}\n${more}` }),
  );
}

function engagementWarnings(criteria: string, options = '', dimension = ''): Record<string, string> {
  return warningsOf(
    yamlOf({
      engagement: `{ name: A, ${options} criteria: [${CALL}, ${criteria}] }`,
      engagementOptions: dimension,
      rest: REST,
    }),
  );
}

const IN_FIT = 'fit.groups.0.criteria.1';
const IN_ENGAGEMENT = 'engagement.groups.0.criteria.1';

test('a sound model has no warnings', () => {
  expect(warningsOf(yamlOf({ rest: REST }))).toStrictEqual({});
});

describe('a criterion that can never apply', () => {
  const PERSONAS =
    'personas: { boss: { field: title, seniority: [c-level, vp] }, other: { field: size, at_most: 10 } }';

  test.each([
    '{ all: [{ field: x, exists: true }, { field: x, missing: true }] }',
    '{ field: x, is: a, missing: true }',
    '{ all: [{ field: x, is: a }, { not: { field: x, exists: true } }] }',
    '{ all: [{ field: x, is: a }, { field: x, is: b }] }',
    '{ all: [{ field: x, in: [a, b] }, { field: x, in: [c, d] }] }',
    '{ field: x, in: [a, b], not_in: [A, b] }',
    '{ field: x, is: sales, contains: market }',
    '{ field: x, is: "12", at_least: 50 }',
    '{ all: [{ field: x, is: a }, { not: { field: x, in: [a, b] } }] }',
    '{ field: x, at_least: 50, at_most: 20 }',
    '{ all: [{ field: x, between: [1, 5] }, { field: x, at_least: 6 }] }',
    '{ all: [{ field: x, at_least: 50 }, { not: { field: x, at_least: 20 } }] }',
    '{ all: [{ field: x, seniority: vp }, { all: [{ field: x, seniority: [director, student] }] }] }',
    '{ all: [{ field: x, seniority: vp }, { not: { field: x, seniority: [vp, c-level] } }] }',
    '{ all: [{ field: x, function: sales }, { field: x, function: marketing }] }',
    '{ all: [{ field: x, country: dach }, { field: x, country: France }] }',
    '{ all: [{ field: x, domain: personal }, { field: x, domain: education }] }',
    '{ field: x, in_list: empty }',
    '{ all: [{ field: x, in_list: competitors }, { not: { field: x, in_list: competitors } }] }',
    '{ any: [{ field: x, at_least: 5, at_most: 2 }, { field: y, is: a, missing: true }] }',
    '{ all: [{ any: [{ field: x, is: a }, { field: x, is: b }] }, { field: x, is: c }] }',
    '{ not: { any: [{ field: x, exists: true }, { field: x, missing: true }] } }',
    '{ all: [{ persona: boss }, { persona: other }] }',
    '{ all: [{ persona: boss }, { not: { persona: boss } }] }',
    '{ all: [{ persona: boss }, { field: title, seniority: student }] }',
    '{ all: [{ persona: [boss, other] }, { field: title, seniority: student }, { field: size, at_least: 99 }] }',
  ])('%s', (when) => {
    const lists = new Map([...LISTS, ['empty', new Set<string>()]]);
    const yaml = yamlOf({
      fit: `{ name: A, criteria: [${KNOWN}, { id: odd, when: ${when}, points: 1 }] }`,
      rest: `${REST}\n${PERSONAS}`,
    });
    const { warnings } = compileModel(sourceOf(yaml), { lists });
    expect(warnings.map(({ path, message }) => [path.join('.'), message])).toStrictEqual([
      [`${IN_FIT}.when`, expect.stringMatching(/^"odd" never applies: /)],
    ]);
  });

  test.each([
    '{ field: x, in: [a, b], not_in: [a] }',
    '{ field: x, in: ["", a], missing: true }',
    '{ field: x, at_least: 20, at_most: 20 }',
    '{ all: [{ field: x, at_least: 5 }, { not: { field: x, at_least: 50 } }] }',
    '{ all: [{ field: x, contains: a }, { field: x, contains: b }] }',
    '{ all: [{ field: x, country: dach }, { field: x, country: [France, Germany] }] }',
    '{ all: [{ field: x, missing: true }, { not: { field: x, at_least: 5 } }] }',
    '{ any: [{ field: x, at_least: 5, at_most: 2 }, { field: y, is: a }] }',
    '{ all: [{ persona: boss }, { field: title, seniority: vp }] }',
    '{ all: [{ persona: [boss, other] }, { field: title, seniority: student }] }',
    '{ all: [{ field: x, is: a }, { not: { field: y, is: a } }] }',
  ])('but %s may', (when) => {
    expect(fitWarnings(`{ id: c, when: ${when}, points: 1 }`, PERSONAS)).toStrictEqual({});
  });

  test.each([
    ['{ activity: visit, at_least: 9, at_most: 3 }', /nothing takes 9 minutes or more and 3 or less/],
    ['{ activity: download, at_least: 1 }', /an activity of type download has no minutes/],
    ['{ activity: form-submission, form: ebook, name: webinar }', /"form" and "name" must agree/],
    ['{ all: [{ activity: call }, { field: x, is: a, missing: true }] }', /no value of x can meet/],
    ['{ all: [{ inactive_for: 3d }, { field: x, is: a, missing: true }] }', /no value of x can meet/],
  ])('%s', (when, message) => {
    expect(engagementWarnings(`{ id: odd, when: ${when}, points: 1 }`)).toStrictEqual({
      [`${IN_ENGAGEMENT}.when`]: expect.stringMatching(message),
    });
  });

  test('says so in words', () => {
    expect(fitWarnings('{ id: odd, when: { field: size, at_least: 100, at_most: 50 }, points: 1 }')).toStrictEqual({
      [`${IN_FIT}.when`]: '"odd" never applies: no value of size can meet "at_least: 100" and "at_most: 50"',
    });
  });

  test('so it is with personas, fast tracks and the whole model', () => {
    const never = '{ field: x, is: a, missing: true }';
    const more = `applies_to: ${never}\npersonas: { none: ${never} }\nfast_track: [{ id: f, when: ${never} }]`;
    expect(warningsOf(yamlOf({ rest: `${REST}\n${more}` }))).toStrictEqual({
      applies_to: expect.stringMatching(/^the model is for no lead at all: /),
      'personas.none': expect.stringMatching(/^nobody is of persona "none": /),
      'fast_track.0.when': expect.stringMatching(/^"f" never applies: /),
    });
  });

  test('is looked for to an end, however many ways there are', () => {
    const many = Array.from(
      { length: 40 },
      (_, place) => `{ any: [{ field: a${place}, is: x }, { field: b${place}, is: y }] }`,
    );
    expect(fitWarnings(`{ id: c, when: { all: [${many.join(', ')}] }, points: 1 }`)).toStrictEqual({});
  });
});

describe('two criteria that always coincide', () => {
  test.each([
    ['{ field: y, is: a }', '{ field: y, in: [" A "] }'],
    ['{ field: y, between: [1, 5] }', '{ all: [{ field: y, at_most: 5 }, { field: y, at_least: 1 }] }'],
    ['{ any: [{ field: y, is: a }, { field: z, is: b }] }', '{ any: [{ field: z, is: b }, { field: y, is: a }] }'],
    ['{ field: y, is: a }', '{ all: [{ field: y, is: a }] }'],
    ['{ field: y, is: a }', '{ not: { not: { field: y, is: a } } }'],
    ['{ field: y, country: [Germany, Austria] }', '{ field: y, country: [at, DE, Germany] }'],
  ])('%s and %s', (one, other) => {
    expect(fitWarnings(`{ id: a, when: ${one}, points: 1 }, { id: b, when: ${other}, points: 2 }`)).toStrictEqual({
      'fit.groups.0.criteria.2.when': '"b" and "a" ask for the same: they always coincide',
    });
  });

  test('count as such only where they count alike', () => {
    const views = (more: string) =>
      `{ id: a, when: { activity: page-view }, points: 1 }, { id: b, when: { activity: page-view }, points: 2${more} }`;
    expect(Object.values(engagementWarnings(views('')))).toStrictEqual([
      '"b" and "a" ask for the same: they always coincide',
    ]);
    expect(engagementWarnings(views(', window: 7d'))).toStrictEqual({});
    expect(engagementWarnings(views(', per: once'))).toStrictEqual({});
  });

  test('so do rules, and of personas the second is nobody’s', () => {
    const more = `personas: { one: { field: y, is: a }, two: { field: y, in: [a] } }
fast_track: [{ id: f, when: { field: y, is: a } }, { id: g, when: { field: y, is: a } }]`;
    expect(warningsOf(yamlOf({ rest: `${REST}\n${more}` }))).toStrictEqual({
      'personas.two': 'nobody is of persona "two": "one" asks for the same and comes first',
      'fast_track.1.when': '"g" and "f" ask for the same: both fire at once',
    });
  });
});

describe('a window shorter than the decay that goes with it', () => {
  test('is told at the half-life', () => {
    const found = engagementWarnings('{ id: c, when: { activity: meeting }, points: 1, window: 30d, half_life: 60d }');
    expect(found).toStrictEqual({
      [`${IN_ENGAGEMENT}.half_life`]: expect.stringMatching(
        /half-life of 60 days is longer than the window of 30 days/,
      ),
    });
    expect(
      engagementWarnings('{ id: c, when: { activity: meeting }, points: 1, window: 60d, half_life: 60d }'),
    ).toStrictEqual({});
  });

  test('is told where the nearer of the two stands, and once for all below it', () => {
    const near = engagementWarnings(
      '{ id: c, when: { activity: meeting }, points: 1, window: 7d }',
      '',
      'half_life: 30d,',
    );
    expect(Object.keys(near)).toStrictEqual([`${IN_ENGAGEMENT}.window`]);
    const far = engagementWarnings('{ id: c, when: { activity: meeting }, points: 1 }', '', 'half_life: 200d,');
    expect(Object.keys(far)).toStrictEqual(['engagement.half_life']);
  });

  test('is told of steps that never come', () => {
    const steps = (every: string) =>
      engagementWarnings(
        `{ id: c, when: { activity: meeting }, points: 1, window: 30d, decay: { every: ${every}, by: 25% } }`,
      );
    expect(steps('30d')).toStrictEqual({
      [`${IN_ENGAGEMENT}.decay`]: expect.stringMatching(/a step of decay each 30 days never comes/),
    });
    expect(steps('29d')).toStrictEqual({});
  });
});

describe('weights', () => {
  const gates = (fit: number, engagement: number) =>
    warningsOf(yamlOf({ rest: `${GRADES}\nlifecycle: { mql: { fit: ${fit}, engagement: ${engagement} } }` }));

  test('of which one criterion alone makes an MQL', () => {
    expect(gates(50, 0)).toStrictEqual({
      'fit.groups.0.criteria.0':
        '"any-fit" alone makes an MQL: it gives 100, the gate of fit is 50, and that of engagement is 0',
    });
    expect(gates(50, 1)).toStrictEqual({});
    expect(Object.keys(gates(0, 1))).toStrictEqual(['engagement.groups.0.criteria.0']);
    expect(gates(0, 2)).toStrictEqual({});
  });

  test('that make an MQL of everybody', () => {
    expect(gates(0, 0)).toStrictEqual({ 'lifecycle.mql': 'every lead is an MQL: both gates are 0' });
  });

  test('that a cap cuts from the first time on', () => {
    expect(engagementWarnings('{ id: c, when: { activity: meeting }, points: 20, max: 15 }')).toStrictEqual({
      [`${IN_ENGAGEMENT}.points`]: '"c" never gives all of its 20: its max is at most 15',
    });
    expect(engagementWarnings('{ id: c, when: { activity: meeting }, points: -20 }', 'max: 15,')).toStrictEqual({
      [`${IN_ENGAGEMENT}.points`]: '"c" never gives all of its -20: the group "A" is at most 15',
    });
    expect(fitWarnings('{ id: c, field: y, bands: { "1-9": 5, "10+": 120 } }')).toStrictEqual({
      [`${IN_FIT}.bands`]: '"c" never gives all of its 120: fit is at most 100',
    });
  });

  test('that speak for a lead which they rule out', () => {
    expect(fitWarnings('{ id: c, when: { field: y, is: a }, points: 5, disqualify: too small }')).toStrictEqual({
      [`${IN_FIT}.points`]: '"c" rules the lead out and gives it 5 points for the same',
    });
    expect(fitWarnings('{ id: c, when: { field: y, is: a }, points: -5, disqualify: too small }')).toStrictEqual({});
  });
});

test('bands that leave out numbers', () => {
  const bands = (text: string) => fitWarnings(`{ id: size, field: y, bands: { ${text} } }`);
  const none = (numbers: string) => ({
    [`${IN_FIT}.bands`]: `"size" has no band for ${numbers}: add one, with 0 points where they should give none`,
  });
  expect(bands('"1-10": 1, "20-99": 2, "100+": 3')).toStrictEqual(none('11 to 19'));
  expect(bands('"1-10": 1, "11-99": 2')).toStrictEqual(none('100 and more'));
  expect(bands('"under 1m": 1, "1m-10m": 2, "10m+": 3')).toStrictEqual({});
});

test('a star where it is a letter like any other', () => {
  expect(
    fitWarnings('{ id: c, when: { any: [{ field: y, contains: "*student*" }, { field: y, is: b }] }, points: 5 }'),
  ).toStrictEqual({
    [`${IN_FIT}.when.any.0.contains`]: '"contains" finds a text anywhere, and "*" means itself: write "student"',
  });
  expect(fitWarnings('{ id: c, when: { field: y, contains: student }, points: 5 }')).toStrictEqual({});
});
