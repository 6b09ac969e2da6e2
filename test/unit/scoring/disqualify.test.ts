import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import type { Lead, Override } from '../../../src/leads/lead.ts';
import { reasonsText } from '../../../src/scoring/format-reasons.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { leadOf, modelOf, NOW, submission, view } from './model.ts';

const model = modelOf({
  fit: `{ name: F, criteria: [
    { id: good, when: { field: title, exists: true }, points: 50 },
    { id: too-small, when: { field: employees, at_most: 5 }, disqualify: company too small },
    { id: rival, when: { field: company, is: rival }, points: -10, flag: rival, disqualify: a competitor }] }`,
  engagement: `{ name: E, criteria: [
    { id: pages, when: { activity: page-view, url: /product }, points: 40 },
    { id: jobs, when: { activity: page-view, url: /careers/apply }, disqualify: applied for a job, window: 30d }] }`,
  rest: `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 50, engagement: 40 }, requires: [email] }
fast_track:
  - { id: demo, when: { activity: form-submission, form: demo-request }, follow_up_within: 5m }
  - { id: ready, when: { field: timeframe, is: now } }`,
});

const FIELDS = { title: 'VP', email: 'a@b.co', timeframe: 'now' };
const DONE = [view('/product', DAY), submission('demo-request', DAY)];

function overridden(fields: Record<string, string>, word: Override, id = 'test'): Lead {
  return { ...leadOf(fields), overrides: { [id]: word } };
}

function score(lead: Lead, activities = DONE, at = NOW) {
  return scoreLead(model, lead, activities, at);
}

describe('a lead that is ruled out', () => {
  const small = leadOf({ ...FIELDS, employees: '3' });

  test('is no MQL, however high its score, and nothing fast-tracks it', () => {
    expect(score(leadOf(FIELDS))).toMatchObject({ mql: true, disqualifications: [] });
    expect(score(leadOf(FIELDS)).fastTracks).toHaveLength(1);
    expect(score(leadOf(FIELDS)).heldRules).toHaveLength(1);
    expect(score(small)).toMatchObject({
      fit: 50,
      engagement: 40,
      mql: false,
      disqualifications: [{ criterion: 'too-small', why: 'company too small' }],
      fastTracks: [],
      heldRules: [],
    });
  });

  test('is told every reason for it, with points and flags beside them', () => {
    expect(score(leadOf({ ...FIELDS, employees: '3', company: 'Rival' }))).toMatchObject({
      fit: 40,
      flags: ['rival'],
      disqualifications: [
        { criterion: 'too-small', why: 'company too small' },
        { criterion: 'rival', why: 'a competitor' },
      ],
    });
  });

  test('by something done is ruled out for its window, and the next change is its end', () => {
    const applied = [...DONE, view('/careers/apply', 10 * DAY)];
    const now = score(leadOf(FIELDS), applied);
    expect(now).toMatchObject({ mql: false, disqualifications: [{ criterion: 'jobs', why: 'applied for a job' }] });
    expect(now.nextChange).toBe(NOW + 20 * DAY);
    expect(score(leadOf(FIELDS), applied, NOW + 20 * DAY - 1).mql).toBe(false);
    expect(score(leadOf(FIELDS), applied, NOW + 20 * DAY)).toMatchObject({ mql: true, disqualifications: [] });
  });

  test('says so in its reasons, before everything that gives points', () => {
    expect(reasonsText(score(small), 1_000).split('\n')).toStrictEqual([
      'Ruled out: company too small',
      '+50 Good',
      '+40 Pages (1 Nov 2026)',
    ]);
  });
});

describe('a person’s word in the CRM', () => {
  test('beats a disqualification: the lead is an MQL and may be fast-tracked', () => {
    const lead = overridden({ ...FIELDS, employees: '3' }, 'qualified');
    expect(score(lead)).toMatchObject({
      mql: true,
      override: 'qualified',
      disqualifications: [{ criterion: 'too-small' }],
      fastTracks: [{ rule: 'demo' }],
      heldRules: [{ rule: 'ready' }],
    });
  });

  test('makes an MQL of a lead that passes no gate and lacks a required field', () => {
    expect(score(overridden({}, 'qualified'), [])).toMatchObject({ mql: true, missingRequired: ['email'], total: 0 });
  });

  test('keeps from sales who passes every gate and asks for a demo', () => {
    expect(score(overridden(FIELDS, 'disqualified'))).toMatchObject({
      mql: false,
      override: 'disqualified',
      disqualifications: [],
      fastTracks: [],
      heldRules: [],
    });
  });

  test('changes no points, and stands first among the reasons', () => {
    const small = { ...FIELDS, employees: '3' };
    expect(score(overridden(small, 'qualified')).reasons).toStrictEqual(score(leadOf(small)).reasons);
    expect(
      reasonsText(score(overridden(small, 'qualified')), 1_000)
        .split('\n')
        .slice(0, 2),
    ).toStrictEqual(['Set by hand: ready for sales', 'Ruled out: company too small']);
    expect(reasonsText(score(overridden(FIELDS, 'disqualified')), 1_000)).toMatch(/^Set by hand: not for sales\n/);
  });

  test('about another model is not about this one', () => {
    expect(score(overridden(FIELDS, 'disqualified', 'other'))).not.toHaveProperty('override');
    expect(score(overridden(FIELDS, 'disqualified', 'other')).mql).toBe(true);
  });
});
