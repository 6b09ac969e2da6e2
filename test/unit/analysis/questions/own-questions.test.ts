import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { criterionIds, fieldsAsked, ownQuestions } from '../../../../src/analysis/questions/own-questions.ts';
import { keptParts, plainModelSchema } from '../../../../src/analysis/questions/plain-model.ts';
import { questionModel } from '../../../../src/analysis/questions/question-model.ts';
import { titleFields } from '../../../../src/analysis/questions/reading-questions.ts';
import { DAY } from '../../../../src/base/clock.ts';
import type { Lead } from '../../../../src/leads/lead.ts';
import { scoreLead } from '../../../../src/scoring/score-lead.ts';
import { loadConfig } from '../../../../src/settings/config.ts';

const MODEL = plainModelSchema.parse(
  parse(`
model: platform
name: Platform
personas: { buyer: { field: job_title, seniority: c-level } }
fit:
  max: 100
  groups:
    - name: Company
      max: 30
      criteria:
        - { id: company-size, field: employees, bands: { "0-10": 0, "11-999": 10, "1000+": 25 } }
        - { id: rival, when: { field: company, is: Rival }, points: -50, flag: rival, disqualify: a rival }
        - { id: buyer, name: A buyer, when: { persona: buyer } , points: 5 }
engagement:
  max: 100
  window: 180d
  groups:
    - name: Web
      window: 30d
      criteria:
        - { id: pricing, when: { activity: page-view, url: "/pricing*" }, points: 10, per: day, max: 30 }
        - { id: jobs, when: { activity: page-view, url: "/jobs*" }, points: -20, window: 90d }
        - { id: silent, when: { inactive_for: 30d }, points: -5 }
grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 1, engagement: 1 } }
`),
);

const NOW = Date.UTC(2026, 5, 1);
const view = (path: string, daysAgo: number) => ({
  id: `${path} ${daysAgo}`,
  type: 'page-view' as const,
  at: NOW - daysAgo * DAY,
  url: `https://acme.example${path}`,
});

/** The criteria of the questions that hold for a lead. */
function holding(fields: Lead['fields'], activities: Parameters<typeof scoreLead>[2] = []): string[] {
  const lead = { id: '1', formerIds: [], emails: [], fields, createdAt: NOW - 400 * DAY };
  const { reasons } = scoreLead(questionModel(ownQuestions(MODEL), MODEL, loadConfig('config')), lead, activities, NOW);
  return reasons.flatMap(({ kind, id }) => (kind === 'criterion' ? [id] : []));
}

describe('the questions of a model', () => {
  test('keep their words, their points, and what else the criterion does', () => {
    const [, , rival, buyer, pricing, jobs] = ownQuestions(MODEL);
    expect(rival).toEqual({
      id: 'rival',
      name: 'Rival',
      source: 'Company',
      dimension: 'fit',
      when: { field: 'company', is: 'Rival' },
      points: -50,
      held: 'down',
      kept: { flag: 'rival', disqualify: 'a rival' },
    });
    expect(buyer).toMatchObject({ name: 'A buyer', when: { persona: 'buyer' } });
    expect(pricing).toMatchObject({ points: 10, kept: { window: '30d' } });
    expect(jobs).toMatchObject({ dimension: 'engagement', kept: { window: '90d' } });
    expect(ownQuestions(MODEL).find(({ id }) => id === 'silent')).not.toHaveProperty('kept');
  });

  test('make steps of bands that add up to their points', () => {
    const steps = ownQuestions(MODEL).filter(({ id }) => id.startsWith('company-size'));
    expect(steps.map(({ id, when, points }) => ({ id, when, points }))).toEqual([
      { id: 'company-size-from-11', when: { field: 'employees', at_least: 11 }, points: 10 },
      { id: 'company-size-from-1000', when: { field: 'employees', at_least: 1000 }, points: 15 },
    ]);
    expect(holding({ employees: '5' })).not.toContain('company-size-from-11');
    expect(holding({ employees: '11-50' })).toContain('company-size-from-11');
    expect(holding({ employees: '5000' })).toEqual(
      expect.arrayContaining(['company-size-from-11', 'company-size-from-1000']),
    );
  });

  test('hold as the model means them: by persona, in their windows, and once however often it was done', () => {
    expect(holding({ job_title: 'CEO' })).toContain('buyer');
    expect(holding({}, [view('/pricing', 1), view('/pricing/teams', 2)])).toContain('pricing');
    expect(holding({}, [view('/pricing', 31)])).not.toContain('pricing');
    expect(holding({}, [view('/jobs', 89)])).toContain('jobs');
    expect(holding({}, [view('/jobs', 91)])).not.toContain('jobs');
    expect(holding({}, [view('/', 31)])).toContain('silent');
    expect(holding({}, [view('/', 29)])).not.toContain('silent');
  });

  test('hold the sign of their points, unless history may turn it', () => {
    const held = (isFree?: (criterion: string) => boolean) =>
      Object.fromEntries(ownQuestions(MODEL, isFree).map(({ id, held: sign }) => [id, sign]));
    expect(held()).toEqual({
      'company-size-from-11': 'up',
      'company-size-from-1000': 'up',
      rival: 'down',
      buyer: 'up',
      pricing: 'up',
      jobs: 'down',
      silent: 'down',
    });
    const freed = held((criterion) => ['company-size', 'jobs'].includes(criterion));
    expect(freed).toEqual({
      ...held(),
      'company-size-from-11': undefined,
      'company-size-from-1000': undefined,
      jobs: undefined,
    });
    expect(criterionIds(MODEL)).toEqual(['company-size', 'rival', 'buyer', 'pricing', 'jobs', 'silent']);
  });

  test('hold no sign of bands that go up and down, nor of a criterion and a step without points', () => {
    const [group] = MODEL.fit.groups;
    const bands = (steps: Record<string, number>) => [{ id: 'size', field: 'employees', bands: steps }];
    const signs = (criteria: NonNullable<typeof group>['criteria']) =>
      ownQuestions({ ...MODEL, fit: { groups: [{ name: 'Size', criteria }] } }).flatMap(({ dimension, held }) =>
        dimension === 'fit' ? [held] : [],
      );
    expect(signs(bands({ '0-10': 0, '11-99': 20, '100+': 5 }))).toEqual([undefined, undefined]);
    expect(signs(bands({ '0-10': 0, '11-99': -10, '100-999': -10, '1000+': -30 }))).toEqual([
      'down',
      undefined,
      'down',
    ]);
    expect(signs([{ id: 'student', when: { field: 'job_title', seniority: 'student' }, flag: 'student' }])).toEqual([
      undefined,
    ]);
  });

  test('are those of the starter model, each once', () => {
    const starter = plainModelSchema.parse(parse(readFileSync('config/models/platform.yaml', 'utf8')));
    const ids = ownQuestions(starter).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(['title-executive', 'competitor', 'careers-page', 'deal-won']));
    expect(() => questionModel(ownQuestions(starter), starter, loadConfig('config'))).not.toThrow();
  });
});

test('what goes by points is not taken over from a model', () => {
  expect(Object.keys(keptParts(MODEL))).toEqual(['personas']);
});

test('the fields that a condition asks about are found wherever they stand', () => {
  expect(fieldsAsked({ all: [{ field: 'a', is: '1' }, { not: { any: [{ field: 'b', is: '2' }] } }] })).toEqual([
    'a',
    'b',
  ]);
  expect(fieldsAsked({ activity: 'page-view' })).toEqual([]);
  expect(fieldsAsked(undefined)).toEqual([]);
});

test('job titles are in the fields that are called so, and in those that a model reads as such', () => {
  const asked = [{ any: [{ field: 'beruf', function: 'sales' }] }];
  expect([...titleFields(['email', 'job_title', 'beruf', 'titled'], asked)]).toEqual(['job_title', 'beruf']);
});
