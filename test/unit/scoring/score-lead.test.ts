import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { engagementModel, fitModel, leadOf, modelOf, NOW, submission, view } from './model.ts';

describe('flags', () => {
  const model = engagementModel(
    '{ id: jobs, when: { activity: page-view, url: /careers }, flag: careers-visitor, window: 30d }',
    '{ id: pages, when: { activity: page-view }, points: 1, flag: active }',
  );

  test('hold while their criterion has an activity in its window, with or without points', () => {
    const visit = [view('/careers', 0)];
    expect(scoreLead(model, leadOf(), visit, NOW).flags).toStrictEqual(['active', 'careers-visitor']);
    expect(scoreLead(model, leadOf(), visit, NOW + 30 * DAY - 1).flags).toStrictEqual(['active', 'careers-visitor']);
    expect(scoreLead(model, leadOf(), visit, NOW + 30 * DAY).flags).toStrictEqual(['active']);
  });

  test('without points are no reason', () => {
    expect(scoreLead(model, leadOf(), [view('/careers')], NOW).reasons.map(({ id }) => id)).toStrictEqual(['pages']);
  });

  test('are named once and sorted, and the model knows all that it can set', () => {
    const flags = fitModel(
      '{ id: a, when: { field: x, exists: true }, flag: zebra }',
      '{ id: b, when: { field: x, exists: true }, flag: ant }',
      '{ id: c, when: { field: y, exists: true }, flag: ant }',
      '{ id: d, when: { field: z, exists: true }, flag: never }',
    );
    expect(scoreLead(flags, leadOf({ x: '1', y: '1' }), [], NOW).flags).toStrictEqual(['ant', 'zebra']);
    expect(flags.flags).toStrictEqual(['ant', 'never', 'zebra']);
  });
});

describe('gates and grades', () => {
  const model = modelOf({
    fit: '{ name: F, criteria: [{ id: f, when: { field: f, exists: true }, points: 50 }, { id: g, when: { field: g, exists: true }, points: 25 }, { id: h, when: { field: h, exists: true }, points: -10 }] }',
    engagement: '{ name: E, criteria: [{ id: e, when: { activity: page-view }, points: 20 }] }',
    rest: 'grades: { fit: { A: 75, B: 50, C: 25, D: 0 }, engagement: { 1: 75, 2: 50, 3: 25, 4: 0 } }\nlifecycle: { mql: { fit: 50, engagement: 40 }, requires: [email, company] }',
  });
  const known = { email: 'a@b.co', company: 'B' };
  const views = (count: number) => [view('/', 0, { count })];

  test('a lead that passes both gates is an MQL', () => {
    expect(scoreLead(model, leadOf({ ...known, f: '1' }), views(2), NOW)).toMatchObject({
      fit: 50,
      engagement: 40,
      total: 90,
      mql: true,
      grade: 'B3',
    });
  });

  test('one gate is not enough, however far it is passed', () => {
    expect(scoreLead(model, leadOf({ ...known, f: '1', g: '1' }), views(1), NOW)).toMatchObject({
      fit: 75,
      engagement: 20,
      mql: false,
      grade: 'A4',
    });
    expect(scoreLead(model, leadOf({ ...known, g: '1' }), views(9), NOW)).toMatchObject({
      fit: 25,
      engagement: 100,
      mql: false,
      grade: 'C1',
    });
  });

  test('without a required field no lead is an MQL, and the score says which is missing', () => {
    expect(scoreLead(model, leadOf({ f: '1', company: ' ' }), views(2), NOW)).toMatchObject({
      mql: false,
      missingRequired: ['email', 'company'],
    });
    expect(scoreLead(model, leadOf({ f: '1', company: 'B' }, ['a@b.co']), views(2), NOW)).toMatchObject({
      mql: true,
      missingRequired: [],
    });
  });

  test('a score below 0 has the lowest grade', () => {
    expect(scoreLead(model, leadOf({ h: '1' }), [], NOW)).toMatchObject({ fit: -10, grade: 'D4' });
  });
});

describe('fast tracks', () => {
  const model = modelOf({
    rest: `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 } }
fast_track:
  - { id: demo, when: { activity: form-submission, form: [demo-request, contact-sales] }, follow_up_within: 5m }
  - id: target
    when: { all: [{ field: website, in_list: target-accounts }, { activity: form-submission, form: ebook }] }
    follow_up_within: 2h
  - { id: answered, when: { activity: email-reply }, follow_up_within: 1d }`,
  });

  test('name every activity that matches, whatever its age', () => {
    const asked = [submission('demo-request', 900 * DAY), submission('contact-sales', 1), submission('newsletter', 0)];
    expect(scoreLead(model, leadOf(), asked, NOW).fastTracks).toStrictEqual([
      { rule: 'demo', activity: asked[0], followUpWithin: 300_000 },
      { rule: 'demo', activity: asked[1], followUpWithin: 300_000 },
    ]);
  });

  test('one activity under two names for it is one', () => {
    const asked = submission('demo-request', 5);
    expect(scoreLead(model, leadOf(), [asked, { ...asked }], NOW).fastTracks).toHaveLength(1);
  });

  test('may ask about the lead as well', () => {
    const loaded = [submission('ebook')];
    expect(scoreLead(model, leadOf({ website: 'www.acme.com' }), loaded, NOW).fastTracks).toMatchObject([
      { rule: 'target', followUpWithin: 7_200_000 },
    ]);
    expect(scoreLead(model, leadOf(), loaded, NOW).fastTracks).toStrictEqual([]);
  });

  test('give no points by themselves', () => {
    expect(scoreLead(model, leadOf(), [submission('demo-request')], NOW).total).toBe(0);
  });

  test('tell which forms to watch', () => {
    expect(model.fastTrackForms).toStrictEqual(['contact-sales', 'demo-request', 'ebook']);
    expect(model.activityTypes).toStrictEqual(expect.arrayContaining(['form-submission', 'email-reply', 'call']));
  });
});

describe('absurd input is scored', () => {
  const model = modelOf({
    fit: '{ name: F, criteria: [{ id: big, when: { field: size, at_least: 10 }, points: 50 }, { id: title, when: { field: title, seniority: vp }, points: 50 }, { id: mail, when: { field: email, domain: personal }, points: -5 }, { id: list, when: { field: title, in_list: competitors }, points: -9 }] }',
    engagement:
      '{ name: E, criteria: [{ id: v, when: { activity: page-view, url: ["/a*b*c*d*e*f", "/x*"] }, points: 10, half_life: 1d, max: 500 }] }',
  });

  test.each([
    ['100 kB of text', 'x, '.repeat(34_000)],
    ['100 kB of digits', '9'.repeat(100_000)],
    ['100 kB of blanks', ' '.repeat(100_000)],
    ['100 kB of at signs and dots', '@.'.repeat(50_000)],
    ['emoji', '🦄 VP 🚀 of 💥'],
    ['half an emoji', '\ud83e'],
    ['not a number', 'NaN'],
    ['infinity', '-Infinity'],
    ['a number beyond numbers', '1e999'],
    ['zero bytes', '\0\0'],
    ['a prototype', '__proto__'],
  ])('%s in every field', (_, text) => {
    const score = scoreLead(
      model,
      leadOf({ size: text, title: text, email: text }, [text]),
      [view(text), submission(text)],
      NOW,
    );
    expect(Number.isInteger(score.total)).toBe(true);
    expect(score.grade).toMatch(/^[A-D][1-4]$/);
  });

  // A pattern that backtracks would not come to an end here.
  test('a glob of many stars on a long address made for it', () => {
    const score = scoreLead(model, leadOf(), [view(`/${'a-b-c-d-e-'.repeat(10_000)}`)], NOW);
    expect(Number.isInteger(score.total)).toBe(true);
  });

  test('dates in 1970 and 2099', () => {
    const score = (at: number) => scoreLead(model, leadOf(), [view('/x', 0, { at })], NOW);
    expect(score(0).total).toBe(0);
    expect(score(-1).total).toBe(0);
    expect(score(Date.UTC(2099, 0)).total).toBe(10);
    expect(score(Date.UTC(2099, 0)).nextChange).toBeGreaterThan(Date.UTC(2099, 0));
  });

  test('activities without a time that can be, or a count of nothing, do not count', () => {
    const odd = [
      { at: Number.NaN },
      { at: Number.POSITIVE_INFINITY },
      { at: -9e15 },
      { count: 0 },
      { count: -4 },
      { count: Number.NaN },
      { count: 0.5 },
    ];
    const views = odd.map((more): Activity => view('/x', 0, more));
    expect(scoreLead(model, leadOf(), views, NOW).total).toBe(0);
  });

  test('a counter beyond all measure is held at a million', () => {
    const uncapped = engagementModel('{ id: v, when: { activity: page-view }, points: 10 }');
    expect(scoreLead(uncapped, leadOf(), [view('/', 0, { count: Number.POSITIVE_INFINITY })], NOW)).toMatchObject({
      engagement: 100,
      reasons: [{ points: 10_000_000 }, { points: -9_999_900 }],
    });
  });

  test('a lead with nothing at all', () => {
    expect(scoreLead(model, leadOf(), [], NOW)).toStrictEqual({
      fit: 0,
      engagement: 0,
      total: 0,
      grade: 'D4',
      mql: true,
      lead: false,
      missingRequired: [],
      disqualifications: [],
      flags: [],
      reasons: [],
      fastTracks: [],
      heldRules: [],
      nurture: [],
      leftOut: [],
      modelVersion: model.version,
    });
  });
});
