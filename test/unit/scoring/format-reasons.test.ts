import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { formatReasons } from '../../../src/scoring/format-reasons.ts';
import type { Reason } from '../../../src/scoring/score.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { leadOf, modelOf, NOW, view } from './model.ts';

const model = modelOf({
  fitOptions: '',
  fit: '{ name: Title, criteria: [{ id: vp, name: Executive title, when: { field: title, seniority: vp }, points: 25 }, { id: mail, when: { field: mail, domain: personal }, points: -30 }] }',
  engagement: `{ name: Web, max: 20, criteria: [
    { id: pricing-page, when: { activity: page-view, url: "/pricing*" }, points: 10, half_life: 30d },
    { id: blog, when: { activity: page-view, url: "/blog*" }, points: 8, max: 4 },
    { id: faded, when: { activity: page-view, url: "/old" }, points: 10, half_life: 1h }] }`,
  rest: 'grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }\nlifecycle: { mql: { fit: 0, engagement: 0 } }',
});
const lead = leadOf({ title: 'VP', mail: 'ann.secret@gmail.com' });
const seen = [
  view('/pricing', 0),
  view('/pricing', DAY),
  view('/pricing', 30 * DAY),
  view('/blog', DAY),
  view('/old', 60 * DAY),
];

describe('the reasons as text', () => {
  const { reasons, total } = scoreLead(model, lead, seen, NOW);

  test('are one line a criterion, net, strongest first, and add up', () => {
    expect(formatReasons(reasons, 1_000).split('\n')).toStrictEqual([
      '-30 Mail',
      '+25 Executive title',
      '+25 Pricing page (3 times, last 2 Nov 2026)',
      '-9 Web capped at 20',
      '+5 Fit is at least 0',
      '+4 Blog (1 Nov 2026)',
    ]);
    expect(total).toBe(20);
  });

  test('are cut on a whole line, and what is left is summed up', () => {
    const text = formatReasons(reasons, 100);
    expect(text.split('\n')).toStrictEqual([
      '-30 Mail',
      '+25 Executive title',
      '+25 Pricing page (3 times, last 2 Nov 2026)',
      '… and 3 more: +0',
    ]);
    expect(formatReasons(reasons, text.length)).toBe(text);
    expect(formatReasons(reasons, text.length - 1).split('\n')).toHaveLength(3);
  });

  test('are one line where there is room for one, and nothing where there is none', () => {
    expect(formatReasons(reasons, 18)).toBe('… and 6 more: +20');
    expect(formatReasons(reasons, 10)).toBe('');
    expect(formatReasons([], 100)).toBe('');
  });

  test('hold nothing of who it is', () => {
    expect(formatReasons(reasons, 1_000)).not.toMatch(/ann|secret|gmail/);
  });

  test('are the same whatever order they come in', () => {
    expect(formatReasons(reasons.toReversed(), 1_000)).toBe(formatReasons(reasons, 1_000));
  });

  test('leave out what has faded to nothing', () => {
    expect(reasons.filter(({ id }) => id === 'faded').map(({ points }) => points)).toStrictEqual([10, -10]);
    expect(formatReasons(reasons, 1_000)).not.toContain('Faded');
  });

  test('say when a bad sign is held back, and that a dimension is full', () => {
    const cap = {
      kind: 'group-cap',
      dimension: 'engagement',
      id: 'Poor signs',
      label: 'Poor signs',
      points: 15,
      limit: 40,
    } satisfies Reason;
    const full = {
      kind: 'dimension-cap',
      dimension: 'fit',
      id: 'fit',
      label: 'Fit',
      points: -5,
      limit: 100,
    } satisfies Reason;
    expect(formatReasons([cap, full], 100)).toBe('+15 Poor signs capped at -40\n-5 Fit capped at 100');
  });
});
