import { expect, test } from 'vitest';
import { passedBefore } from '../../../src/analysis/passed-before.ts';
import { DAY } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { leadOf, modelOf, NOW, view } from '../scoring/model.ts';

const MODEL = modelOf({
  fit: '{ name: Title, criteria: [{ id: boss, when: { field: job_title, is: boss }, points: 50 }] }',
  engagement:
    '{ name: Web, criteria: [{ id: seen, when: { activity: page-view }, points: 10, window: 10d }, { id: called, when: { activity: call }, points: 50 }] }',
  rest: `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 50, engagement: 20 } }`,
});

function passed(title: string, activities: readonly Activity[]): boolean {
  const lead = leadOf({ job_title: title });
  return passedBefore(MODEL, lead, activities, scoreLead(MODEL, lead, activities, NOW));
}

test('who was warm enough once was given to sales, though it has cooled off', () => {
  const cold = [view('/a', 60 * DAY), view('/b', 55 * DAY)];
  expect(scoreLead(MODEL, leadOf({ job_title: 'boss' }), cold, NOW).mql).toBe(false);
  expect(passed('boss', cold)).toBe(true);
  expect(passed('clerk', cold)).toBe(false);
  // Never twice within ten days.
  expect(passed('boss', [view('/a', 60 * DAY), view('/b', 40 * DAY), view('/c', 20 * DAY)])).toBe(false);
});

test('what a day brings counts together, and all that is known now', () => {
  expect(passed('boss', [view('/a', 30 * DAY), view('/b', 30 * DAY - 1_000)])).toBe(true);
  expect(passed('boss', [view('/a', 0), view('/b', DAY)])).toBe(true);
});
