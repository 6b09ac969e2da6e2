import { describe, expect, test } from 'vitest';
import { engagementModel, modelOf, problemsOf, warningsOf, yamlOf } from './model.ts';

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
    ['{ field: x, matches: "(a+)+$" }', 'when.matches', /repeats what repeats already, \(a\+\)\+/],
    ['{ field: x, matches: "x(?:(?i:[)+]*?)){1,}" }', 'when.matches', /repeats what repeats already, \(\?:\(\?i:/],
    ['{ field: x, matches: "/^head of/i" }', 'when.matches', /stands between slashes/],
    ['{ field: x, matches: "(a)\\\\1" }', 'when.matches', /refers back to an earlier bracket/],
    ['{ field: x, matches: "a(?=b)" }', 'when.matches', /looks ahead or behind/],
    ['{ field: x, matches: "a(?<!b)" }', 'when.matches', /looks ahead or behind/],
    ['{ field: x, matches: "a(b" }', 'when.matches', /a bracket \( is never closed/],
    ['{ field: x, matches: "[a" }', 'when.matches', /a bracket \[ is never closed/],
    ['{ field: x, matches: "*a" }', 'when.matches', /nothing stands before \*/],
    ['{ field: x, matches: "a{9999}" }', 'when.matches', /more than a thousand times/],
    ['{ field: x, matches: "(.{0,900})y" }', 'when.matches', /is too large: make its repetitions shorter/],
    ['{ field: x, country: [dach, Germny] }', 'when.country.1', /"germny" is no country.*did you mean "Germany"/],
    ['{ inactive_for: 30d }', 'when', /"inactive_for" cannot stand here/],
    ['{ persona: engineer }', 'when.persona.0', /there is no persona "engineer": the model has no "personas"/],
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
    ['{ activity: visit, between: [9, 3] }', 'when.between', /write \[3, 9\]/],
    ['{ activity: visit, contains: x }', 'when.contains', /needs "field" beside it, not "activity"/],
    ['{ all: [{ activity: call }, { inactive_for: 3d }] }', 'when.all.1', /make two criteria of them/],
    ['{ all: [{ inactive_for: 9d }, { inactive_for: 3d }] }', 'when.all.1', /only one "inactive_for"/],
    ['{ any: [{ inactive_for: 9d }, { field: x, is: y }] }', 'when.any.0', /"inactive_for" cannot stand here/],
    ['{ inactive_for: 9d, field: x }', 'when.inactive_for', /cannot stand side by side/],
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
      /give it points, a flag or disqualify/,
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
      '{ id: c, when: { field: x, exists: true }, points: 1, per: day, max: 3, window: 1d, half_life: 1d, decay: none }',
    );
    expect(Object.keys(problems)).toStrictEqual(
      ['per', 'max', 'window', 'half_life', 'decay'].map((key) => `${IN_ENGAGEMENT}.${key}`),
    );
  });

  test('fades in one way only', () => {
    const both = '{ id: c, when: { activity: call }, points: 1, half_life: 1d, decay: { every: 1d, by: 25% } }';
    expect(engagementProblems(both)).toStrictEqual({
      [`${IN_ENGAGEMENT}.decay`]: expect.stringMatching(/"half_life" and "decay" cannot stand side by side/),
    });
    expect(
      engagementProblems(
        '{ id: c, when: { activity: call }, points: 1, half_life: 1d }',
        'decay: { every: 1d, by: 25% },',
      ),
    ).toStrictEqual({});
  });

  test('does not fade, and is not counted, where it is about doing nothing', () => {
    const silent = '{ id: c, when: { inactive_for: 3d }, points: -1, per: day, decay: { every: 1d, by: 25% } }';
    expect(engagementProblems(silent)).toStrictEqual({
      [`${IN_ENGAGEMENT}.per`]: expect.stringMatching(/"c" scores once and does not fade/),
      [`${IN_ENGAGEMENT}.decay`]: expect.stringMatching(/"c" scores once and does not fade/),
    });
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

describe('a model that can never reach its own threshold is warned of', () => {
  const gate = (engagement: number, criterion: string, options = '') =>
    warningsOf(
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

  const grades = (fit: string, engagement: string) =>
    yamlOf({
      rest: `grades: { fit: { ${fit} }, engagement: { ${engagement} } }\nlifecycle: { mql: { fit: 0, engagement: 0 } }`,
    });

  test('so is a grade out of reach', () => {
    expect(warningsOf(grades('A: 101, B: 2, C: 1, D: 0', '1: 3, 2: 2, 3: 1, 4: 0'))['grades.fit.A']).toMatch(
      /no lead can reach grade A/,
    );
  });

  test('and a grade that begins above a better one is refused', () => {
    const problems = problemsOf(grades('A: 50, B: 60, C: 1, D: 0', '1: 1, 2: 0, 3: -1, 4: 0'));
    expect(problems['grades.fit.B']).toMatch(/grade B must begin below grade A, which begins at 50/);
    expect(problems['grades.engagement.4']).toMatch(/grade 4 must begin below grade 3/);
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

  test('asks for one activity at most, and of a form-submission for its forms', () => {
    expect(fastTrack('{ activity: form-submission, form: demo }')).toStrictEqual({});
    expect(fastTrack('{ all: [{ activity: meeting }, { field: x, is: y }] }')).toStrictEqual({});
    expect(fastTrack('{ field: x, is: y }')).toStrictEqual({});
    expect(fastTrack('{ inactive_for: 30d }')['fast_track.0.when']).toMatch(/nobody is fast-tracked for doing nothing/);
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
