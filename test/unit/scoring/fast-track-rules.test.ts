import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { LISTS, leadOf, NOW, problemsOf, sourceOf, yamlOf } from './model.ts';

const READY = `{ id: ready, when: { all: [
  { field: website, in_list: target-accounts }, { field: job_title, seniority: [c-level, vp] },
  { field: timeframe, in: [now, 0-3 months] }] } }`;

function yaml(rules: string, more = ''): string {
  return yamlOf({
    rest: `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 } }
fast_track: [${rules}]
${more}`,
  });
}

function compiled(rules: string, more = '') {
  return compileModel(sourceOf(yaml(rules, more)), { lists: LISTS });
}

const LEAD = { website: 'acme.com', job_title: 'VP Sales', timeframe: 'Now' };

describe('a fast-track rule on fields alone', () => {
  const model = compiled(READY);

  test('holds for a target company, a target title and a time frame together', () => {
    expect(scoreLead(model, leadOf(LEAD), [], NOW).heldRules).toStrictEqual([
      { rule: 'ready', meaning: model.fieldRules[0]?.meaning, followUpWithin: DAY },
    ]);
    for (const field of ['website', 'job_title', 'timeframe']) {
      expect(scoreLead(model, leadOf({ ...LEAD, [field]: 'other' }), [], NOW).heldRules, field).toStrictEqual([]);
    }
  });

  test('is a fast track of no activity', () => {
    expect(scoreLead(model, leadOf(LEAD), [], NOW).fastTracks).toStrictEqual([]);
    expect(model.activityTypes).toStrictEqual(['call']);
    expect(model.fastTrackForms).toStrictEqual([]);
  });

  test('gives sales a day, unless it says otherwise', () => {
    expect(compiled(READY).fieldRules).toMatchObject([{ id: 'ready', followUpWithin: DAY }]);
    expect(compiled(READY.replace('] } }', '] }, follow_up_within: 2d }')).fieldRules).toMatchObject([
      { followUpWithin: 2 * DAY },
    ]);
  });

  test('may ask for a persona', () => {
    const personas = 'personas: { buyer: { field: job_title, seniority: vp } }';
    const rule = '{ id: buyer, when: { all: [{ persona: buyer }, { field: timeframe, is: now }] } }';
    expect(scoreLead(compiled(rule, personas), leadOf(LEAD), [], NOW).heldRules).toMatchObject([{ rule: 'buyer' }]);
    const others = compiled(rule, 'personas: { buyer: { field: job_title, seniority: director } }');
    expect(scoreLead(others, leadOf(LEAD), [], NOW).heldRules).toStrictEqual([]);
    // It asks for something else now, though its own words are the same.
    expect(others.fieldRules[0]?.meaning).not.toBe(compiled(rule, personas).fieldRules[0]?.meaning);
  });

  test('keeps its meaning with its name and its time, and changes it with its question', () => {
    const meaning = compiled(READY).fieldRules[0]?.meaning;
    expect(compiled(READY.replace('id: ready', 'id: other')).fieldRules[0]?.meaning).toBe(meaning);
    expect(compiled(READY.replace('now, 0-3 months', 'now')).fieldRules[0]?.meaning).not.toBe(meaning);
  });

  test('lies among the fields that the model names', () => {
    expect(compiled(READY).fields.map(({ name, path }) => `${name} ${path.join('.')}`)).toContain(
      'timeframe fast_track.0.when.all.2.field',
    );
  });
});

test('a fast track on an activity says how soon sales must answer', () => {
  expect(problemsOf(yaml('{ id: m, when: { activity: meeting } }'))).toStrictEqual({
    'fast_track.0': expect.stringMatching(/missing key "follow_up_within"/),
  });
});
