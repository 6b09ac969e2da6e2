import { describe, expect, test } from 'vitest';
import { engagementModel, modelOf, problemsOf, yamlOf } from './model.ts';

const CALL = '{ id: call, when: { activity: call }, points: 9 }';
const KNOWN = '{ id: known, when: { field: x, exists: true }, points: 9 }';

function fitProblems(criterion: string): Record<string, string> {
  return problemsOf(yamlOf({ fit: `{ name: A, criteria: [${KNOWN}, ${criterion}] }` }));
}

function engagementProblems(criterion: string, group = ''): Record<string, string> {
  return problemsOf(yamlOf({ engagement: `{ name: A, ${group} criteria: [${CALL}, ${criterion}] }` }));
}

const IN_FIT = 'fit.groups.0.criteria.1';
const IN_ENGAGEMENT = 'engagement.groups.0.criteria.1';

describe('a condition that makes no sense is named with its place', () => {
  test.each<[string, string, RegExp]>([
    ['{}', 'when', /empty condition/],
    ['{ is: x }', 'when.is', /"is" needs "field" beside it/],
    ['{ form: x }', 'when.form', /"form" needs "activity" beside it/],
    ['{ field: x }', 'when.field', /say what "x" must be/],
    ['{ field: x, is: y, all: [{ field: x, is: y }] }', 'when.field', /"all" and "field" cannot stand side by side/],
    ['{ all: [{ field: x, is: y }], is: y }', 'when.is', /"is" needs "field"/],
    ['{ field: x, is: y, url: /a }', 'when.url', /"url" needs "activity"/],
    ['{ any: [{ field: x, is: y }, { not: { field: x } }] }', 'when.any.1.not.field', /say what/],
    ['{ field: x, between: [5, 1] }', 'when.between', /write \[1, 5\]/],
    ['{ field: x, in_list: competitor }', 'when.in_list', /no list "competitor".*did you mean "competitors"/],
    ['{ activity: page-view }', 'when', /an activity cannot stand here/],
    ['{ all: [{ field: x, is: y }, { activity: call }] }', 'when.all.1', /an activity cannot stand here/],
  ])('%s under fit', (when, place, message) => {
    const problems = fitProblems(`{ id: c, when: ${when}, points: 1 }`);
    expect(Object.keys(problems)).toStrictEqual([`${IN_FIT}.${place}`]);
    expect(problems[`${IN_FIT}.${place}`]).toMatch(message);
  });

  test.each<[string, string, RegExp]>([
    ['{ activity: call, is: x }', 'when.is', /needs "field" beside it, not "activity"/],
    ['{ activity: page-view, form: x }', 'when.form', /needs activity: form-submission, not page-view/],
    ['{ activity: meeting, url: /x }', 'when.url', /no page belongs to an activity of type meeting/],
    ['{ activity: page-view, url: pricing }', 'when.url.0', /write "\/pricing"/],
    ['{ activity: page-view, url: [/a, "https://x.com/b"] }', 'when.url.1', /path only/],
    ['{ activity: page-view, url: "/a?b=1" }', 'when.url.0', /leave it out/],
    ['{ activity: page-view, url: "/{a,b}" }', 'when.url.0', /list them/],
    ['{ activity: page-view, url: "^/pricing.*$" }', 'when.url.0', /looks like a regular expression/],
    ['{ activity: page-view, url: "/(pricing|plans)" }', 'when.url.0', /looks like a regular expression/],
    ['{ activity: page-view, url: “/careers*” }', 'when.url.0', /curly quotes/],
    ['{ all: [{ activity: call }, { all: [{ activity: meeting }] }] }', 'when.all.1.all.0', /only one activity/],
    ['{ any: [{ activity: call }, { field: x, is: y }] }', 'when.any.0', /an activity cannot stand here/],
    ['{ not: { activity: call } }', 'when.not', /an activity cannot stand here/],
  ])('%s under engagement', (when, place, message) => {
    const problems = engagementProblems(`{ id: c, when: ${when}, points: 1 }`);
    expect(Object.keys(problems)).toStrictEqual([`${IN_ENGAGEMENT}.${place}`]);
    expect(problems[`${IN_ENGAGEMENT}.${place}`]).toMatch(message);
  });

  test('all problems are told at once', () => {
    const problems = fitProblems('{ id: c, when: { field: x } }');
    expect(Object.keys(problems)).toStrictEqual([`${IN_FIT}.when.field`, IN_FIT]);
  });
});

describe('a criterion that does nothing, or twice the same', () => {
  test('needs points or a flag', () => {
    expect(fitProblems('{ id: c, when: { field: x, exists: true } }')[IN_FIT]).toMatch(
      /give it points, a flag or both/,
    );
    expect(fitProblems('{ id: c, when: { field: x, exists: true }, points: 0 }')).toStrictEqual({});
  });

  test('has an id of its own, in the whole model', () => {
    expect(fitProblems('{ id: known, when: { field: x, exists: true }, points: 1 }')[`${IN_FIT}.id`]).toMatch(
      /already a criterion "known"/,
    );
    expect(engagementProblems('{ id: any-fit, when: { activity: call }, points: 1 }')[`${IN_ENGAGEMENT}.id`]).toMatch(
      /already a criterion "any-fit"/,
    );
  });

  test('counts nothing where it asks for no activity', () => {
    const problems = engagementProblems(
      '{ id: c, when: { field: x, exists: true }, points: 1, per: day, max: 3, window: 1d, half_life: 1d }',
    );
    expect(Object.keys(problems)).toStrictEqual(
      ['per', 'max', 'window', 'half_life'].map((key) => `${IN_ENGAGEMENT}.${key}`),
    );
  });

  test('has no half-life where nothing decays', () => {
    expect(
      engagementProblems('{ id: c, when: { activity: call }, flag: x, half_life: 1d }')[`${IN_ENGAGEMENT}.half_life`],
    ).toMatch(/nothing to apply to/);
    const group = problemsOf(
      yamlOf({ engagement: `{ name: A, criteria: [${CALL}] }, { name: B, half_life: 1d, criteria: [${KNOWN}] }` }),
    );
    expect(group['engagement.groups.1.half_life']).toMatch(/nothing to apply to/);
    expect(
      engagementProblems('{ id: c, when: { activity: call }, points: 1, half_life: 9999d }')[
        `${IN_ENGAGEMENT}.half_life`
      ],
    ).toMatch(/at most ten years/);
    expect(
      engagementProblems('{ id: c, when: { field: x, exists: true }, points: 1 }', 'half_life: 3d,'),
    ).toStrictEqual({});
  });

  test('lies in a group with a name of its own', () => {
    const problems = problemsOf(
      yamlOf({ engagement: `{ name: A, criteria: [${CALL}] }, { name: A, criteria: [${KNOWN}] }` }),
    );
    expect(problems['engagement.groups.1.name']).toMatch(/already a group "A"/);
  });
});

describe('a model that can never reach its own threshold is refused', () => {
  const gate = (engagement: number, criterion: string, options = '') =>
    problemsOf(
      yamlOf({
        engagement: `{ name: A, ${options} criteria: [${criterion}] }`,
        rest: `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: ${engagement} } }`,
      }),
    )['lifecycle.mql.engagement'];

  /** A criterion, and the most that it can give. */
  test.each<[string, number]>([
    ['{ id: c, when: { activity: call }, points: 10 }', 100],
    ['{ id: c, when: { activity: call }, points: 10, max: 35 }', 35],
    ['{ id: c, when: { activity: call }, points: 10, per: once }', 10],
    ['{ id: c, when: { field: x, exists: true }, points: 10 }', 10],
    // Seven days back from noon touch eight calendar days.
    ['{ id: c, when: { activity: call }, points: 10, per: day, window: 7d }', 80],
    ['{ id: c, when: { activity: call }, points: 10, per: week, window: 4w }', 50],
    ['{ id: c, when: { activity: call }, points: 10, per: day, window: 1h }', 20],
    // Now, a moment ago, and then half as much each day: 1 + 1 + 1/2 + 1/4 + …
    ['{ id: c, when: { activity: call }, points: 10, per: day, half_life: 1d }', 30],
    ['{ id: c, when: { activity: call }, points: 10, per: once, half_life: 1d }', 10],
    ['{ id: c, when: { activity: call }, points: 10, per: once }, { id: d, when: { activity: call }, points: -8 }', 10],
  ])('%s can give %i', (criterion, most) => {
    expect(gate(most, criterion)).toBeUndefined();
    expect(gate(most + 1, criterion)).toMatch(most < 100 ? `add up to at most ${most}` : /its max is 100/);
  });

  test('a group gives no more than its cap', () => {
    expect(gate(20, '{ id: c, when: { activity: call }, points: 10 }', 'max: 20,')).toBeUndefined();
    expect(gate(21, '{ id: c, when: { activity: call }, points: 10 }', 'max: 20,')).toMatch(
      /no lead can reach MQL: it needs engagement of 21/,
    );
  });

  test('nor can a grade be out of reach, or begin above a better one', () => {
    const grades = (fit: string) =>
      problemsOf(
        yamlOf({
          rest: `grades: { fit: { ${fit} }, engagement: { 1: 1, 2: 0, 3: -1, 4: 0 } }\nlifecycle: { mql: { fit: 0, engagement: 0 } }`,
        }),
      );
    expect(grades('A: 101, B: 2, C: 1, D: 0')['grades.fit.A']).toMatch(/no lead can reach grade A/);
    expect(grades('A: 50, B: 60, C: 1, D: 0')['grades.fit.B']).toMatch(
      /grade B must begin below grade A, which begins at 50/,
    );
    expect(grades('A: 50, B: 40, C: 1, D: 0')['grades.engagement.4']).toMatch(/grade 4 must begin below grade 3/);
  });
});

describe('a fast track', () => {
  const fastTrack = (when: string) =>
    problemsOf(
      yamlOf({
        rest: `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 } }
fast_track: [{ id: a, when: ${when}, follow_up_within: 5m }]`,
      }),
    );

  test('begins with exactly one activity, and a form-submission with its forms', () => {
    expect(fastTrack('{ activity: form-submission, form: demo }')).toStrictEqual({});
    expect(fastTrack('{ all: [{ activity: meeting }, { field: x, is: y }] }')).toStrictEqual({});
    expect(fastTrack('{ field: x, is: y }')['fast_track.0.when']).toMatch(/add an activity/);
    expect(fastTrack('{ activity: form-submission }')['fast_track.0.when']).toMatch(/name the forms/);
    expect(fastTrack('{ any: [{ activity: form-submission, form: demo }, { activity: meeting }] }')).toHaveProperty([
      'fast_track.0.when.any.0',
    ]);
  });
});

describe('a compiled model tells the loader', () => {
  const model = modelOf({
    fit: '{ name: A, criteria: [{ id: a, when: { any: [{ field: one, is: x }, { not: { field: two, is: x } }] }, points: 9 }] }',
    engagement:
      '{ name: A, criteria: [{ id: b, when: { all: [{ activity: form-submission, form: [ebook, webinar] }, { field: one, is: y }] }, points: 9 }] }',
    rest: `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 }, requires: [company] }
fast_track: [{ id: a, when: { activity: form-submission, form: demo }, follow_up_within: 5m }]`,
  });

  test('every field that it names, and where', () => {
    expect(model.fields.map(({ name, path }) => `${name} ${path.join('.')}`)).toStrictEqual([
      'one fit.groups.0.criteria.0.when.any.0.field',
      'two fit.groups.0.criteria.0.when.any.1.not.field',
      'one engagement.groups.0.criteria.0.when.all.1.field',
      'company lifecycle.requires.0',
    ]);
  });

  test('every form that it names, and where', () => {
    expect(model.forms.map(({ name, path }) => `${name} ${path.join('.')}`)).toStrictEqual([
      'ebook engagement.groups.0.criteria.0.when.all.0.form.0',
      'webinar engagement.groups.0.criteria.0.when.all.0.form.1',
      'demo fast_track.0.when.form.0',
    ]);
    expect(model.fastTrackForms).toStrictEqual(['demo']);
  });

  test('how criteria are called where they have no name', () => {
    expect(
      engagementModel('{ id: pricing-page, when: { activity: page-view }, points: 1 }').criteria.map(
        ({ label }) => label,
      ),
    ).toContain('Pricing page');
  });
});
