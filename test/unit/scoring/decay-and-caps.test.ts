import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/base/clock.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { engagementModel, leadOf, modelOf, NOW, view } from './model.ts';

const VIEW = 'when: { activity: page-view }';

function reasonsOf(model: ReturnType<typeof modelOf>, ...ages: number[]) {
  const { reasons } = scoreLead(
    model,
    leadOf(),
    ages.map((age) => view('/', age)),
    NOW,
  );
  return reasons.map(({ kind, points, limit }) => (limit === undefined ? [kind, points] : [kind, points, limit]));
}

describe('decay', () => {
  test('points are worth half after the half-life, a quarter after two', () => {
    expect(reasonsOf(engagementModel(`{ id: v, ${VIEW}, points: 40, half_life: 30d }`), 30 * DAY)).toStrictEqual([
      ['criterion', 40],
      ['decay', -20],
    ]);
    expect(reasonsOf(engagementModel(`{ id: v, ${VIEW}, points: 40, half_life: 30d }`), 60 * DAY)).toStrictEqual([
      ['criterion', 40],
      ['decay', -30],
    ]);
  });

  test('the sum is rounded, not each occurrence', () => {
    // Each is worth 0.5 of a point.
    expect(
      reasonsOf(engagementModel(`{ id: v, ${VIEW}, points: 1, half_life: 1d }`), DAY, DAY, DAY, DAY),
    ).toStrictEqual([
      ['criterion', 4],
      ['decay', -2],
    ]);
  });

  test('bad signs fade exactly as good ones do', () => {
    for (const age of [0, 1, 7.5, 15, 30, 44.4, 90]) {
      const [good, bad] = [25, -25].map(
        (points) =>
          scoreLead(
            engagementModel(`{ id: v, ${VIEW}, points: ${points}, half_life: 30d }`),
            leadOf(),
            [view('/', age * DAY)],
            NOW,
          ).total,
      );
      expect(bad).toBe(-(good ?? 0));
    }
  });

  test('the nearest half-life wins, and none switches decay off', () => {
    const model = modelOf({
      engagementOptions: 'floor: none, half_life: 10d,',
      engagement: `{ name: A, half_life: 5d, criteria: [{ id: a, ${VIEW}, points: 16 }, { id: b, ${VIEW}, points: 16, half_life: none }] }, { name: B, criteria: [{ id: c, ${VIEW}, points: 16 }] }, { name: C, half_life: none, criteria: [{ id: d, ${VIEW}, points: 16 }] }`,
    });
    const { reasons } = scoreLead(model, leadOf(), [view('/', 10 * DAY)], NOW);
    expect(reasons.filter(({ kind }) => kind === 'decay').map(({ id, points }) => [id, points])).toStrictEqual([
      ['a', -12],
      ['c', -8],
    ]);
  });
});

describe('decay in steps', () => {
  const steps = (more = '') => engagementModel(`{ id: v, ${VIEW}, points: 40, decay: { every: 30d, by: 25% }${more} }`);
  const worth = (ago: number) => scoreLead(steps(), leadOf(), [view('/', ago)], NOW).engagement;

  test('takes its share of the original points each time, until nothing is left', () => {
    expect([0, 30, 60, 90, 120, 150].map((days) => worth(days * DAY))).toStrictEqual([40, 30, 20, 10, 0, 0]);
    expect(worth(30 * DAY - 1)).toBe(40);
    expect(reasonsOf(steps(), 60 * DAY)).toStrictEqual([
      ['criterion', 40],
      ['decay', -20],
    ]);
  });

  test('ends on the last step, even where the shares do not come out even', () => {
    const thirds = engagementModel(`{ id: v, ${VIEW}, points: 100, decay: { every: 1d, by: 30% } }`);
    const at = (days: number) => scoreLead(thirds, leadOf(), [view('/', days * DAY)], NOW).engagement;
    expect([0, 1, 2, 3, 4].map(at)).toStrictEqual([100, 70, 40, 10, 0]);
  });

  test('changes next at the millisecond of the next step that shows', () => {
    expect(scoreLead(steps(), leadOf(), [view('/', 10 * DAY)], NOW).nextChange).toBe(NOW + 20 * DAY);
    const slow = engagementModel(`{ id: v, ${VIEW}, points: 10, decay: { every: 1d, by: 1% } }`);
    // 10 is 9.5 after five days, which is still 10.
    expect(scoreLead(slow, leadOf(), [view('/')], NOW).nextChange).toBe(NOW + 6 * DAY);
    expect(scoreLead(steps(', window: 20d'), leadOf(), [view('/')], NOW).nextChange).toBe(NOW + 20 * DAY);
  });

  test('the nearest way to fade wins, whichever it is, and none switches off both', () => {
    const model = modelOf({
      engagementOptions: 'floor: none, decay: { every: 10d, by: 50% },',
      engagement: `{ name: A, half_life: 10d, criteria: [{ id: a, ${VIEW}, points: 16 }, { id: b, ${VIEW}, points: 16, decay: { every: 5d, by: 25% } }] },
        { name: B, criteria: [{ id: c, ${VIEW}, points: 16 }, { id: d, ${VIEW}, points: 16, half_life: none }] },
        { name: C, decay: none, criteria: [{ id: e, ${VIEW}, points: 16 }, { id: f, ${VIEW}, points: 16, half_life: 5d }] }`,
    });
    const { reasons } = scoreLead(model, leadOf(), [view('/', 10 * DAY + 1)], NOW);
    const lost = reasons.flatMap(({ kind, id, points }) => (kind === 'decay' ? [`${id} ${points}`] : []));
    expect(lost).toStrictEqual(['a -8', 'b -8', 'c -8', 'f -12']);
  });
});

describe('caps', () => {
  test('apply to a criterion after decay', () => {
    const model = engagementModel(`{ id: v, ${VIEW}, points: 10, max: 15, half_life: 30d }`);
    expect(reasonsOf(model, 30 * DAY, 30 * DAY, 30 * DAY, 30 * DAY)).toStrictEqual([
      ['criterion', 40],
      ['criterion-cap', -25, 15],
    ]);
    expect(reasonsOf(model, 30 * DAY, 30 * DAY)).toStrictEqual([
      ['criterion', 20],
      ['decay', -10],
    ]);
  });

  test('bound how bad a bad sign can get', () => {
    expect(reasonsOf(engagementModel(`{ id: v, ${VIEW}, points: -10, max: 25 }`), 0, 0, 0)).toStrictEqual([
      ['criterion', -30],
      ['criterion-cap', 5, 25],
    ]);
  });

  test('apply to a group, either way', () => {
    const group = (points: number) =>
      modelOf({
        engagement: `{ name: Web, max: 40, criteria: [{ id: v, ${VIEW}, points: ${points} }] }, { name: Calls, criteria: [{ id: c, when: { activity: call }, points: 9 }] }`,
      });
    expect(reasonsOf(group(55), 0)).toStrictEqual([
      ['criterion', 55],
      ['group-cap', -15, 40],
    ]);
    expect(reasonsOf(group(-55), 0)).toStrictEqual([
      ['criterion', -55],
      ['group-cap', 15, 40],
    ]);
  });

  test('apply to the dimension, after the groups', () => {
    const model = modelOf({
      engagement: `{ name: A, max: 90, criteria: [{ id: a, ${VIEW}, points: 95 }] }, { name: B, criteria: [{ id: b, ${VIEW}, points: 20 }] }`,
    });
    expect(reasonsOf(model, 0)).toStrictEqual([
      ['criterion', 95],
      ['group-cap', -5, 90],
      ['criterion', 20],
      ['dimension-cap', -10, 100],
    ]);
  });
});

describe('points beyond the cap of their criterion', () => {
  test.each([1, -1])('fade unseen: nothing changes until the cap holds no more (%i)', (sign) => {
    const model = engagementModel(`{ id: v, ${VIEW}, points: ${sign * 10}, max: 15, half_life: 30d }`);
    const activities = [view('/', 0, { count: 3 })];
    const now = scoreLead(model, leadOf(), activities, NOW);
    const { nextChange = 0 } = now;
    // 30 is 14 from just below 14.5 on.
    expect(nextChange - NOW).toBe(Math.floor(30 * DAY * Math.log2(30 / 14.5)) + 1);
    expect(scoreLead(model, leadOf(), activities, nextChange - 1)).toStrictEqual(now);
    const then = scoreLead(model, leadOf(), activities, nextChange);
    expect(then.engagement).toBe(sign * 14);
    expect(then.reasons.map(({ kind, points }) => [kind, points])).toStrictEqual([
      ['criterion', sign * 30],
      ['decay', -sign * 16],
    ]);
  });

  test('so it is where they fade in steps', () => {
    const model = engagementModel(`{ id: v, ${VIEW}, points: 40, max: 20, decay: { every: 30d, by: 25% } }`);
    const activities = [view('/')];
    const now = scoreLead(model, leadOf(), activities, NOW);
    expect(now).toMatchObject({ engagement: 20, nextChange: NOW + 90 * DAY });
    expect(scoreLead(model, leadOf(), activities, NOW + 60 * DAY)).toStrictEqual(now);
    expect(scoreLead(model, leadOf(), activities, NOW + 90 * DAY)).toMatchObject({ engagement: 10 });
  });

  test('still change with the window, which says how often they were given', () => {
    const model = engagementModel(`{ id: v, ${VIEW}, points: 10, max: 15, half_life: 90d, window: 20d }`);
    const activities = [view('/', 2 * DAY), view('/'), view('/')];
    expect(scoreLead(model, leadOf(), activities, NOW).nextChange).toBe(NOW + 18 * DAY);
  });

  test('need few looks, however many steps lie ahead', () => {
    const model = engagementModel(
      `{ id: v, ${VIEW}, points: 10, max: 15, decay: { every: 1d, by: 1% }, window: 365d }`,
    );
    const many = Array.from({ length: 5_000 }, (_, place) => view('/', place * 10_007));
    const { nextChange = 0 } = scoreLead(model, leadOf(), many, NOW);
    expect(scoreLead(model, leadOf(), many, nextChange - 1).engagement).toBe(15);
    expect(scoreLead(model, leadOf(), many, nextChange).engagement).toBe(14);
  });
});

describe('the floor', () => {
  const bad = `{ name: A, criteria: [{ id: a, ${VIEW}, points: -30 }, { id: b, when: { activity: call }, points: 5 }] }`;

  test('a dimension stops at 0, and says so', () => {
    const model = modelOf({ engagement: bad, engagementOptions: '' });
    expect(reasonsOf(model, 0)).toStrictEqual([
      ['criterion', -30],
      ['floor', 30, 0],
    ]);
    expect(scoreLead(model, leadOf(), [view('/')], NOW)).toMatchObject({ engagement: 0, total: 0 });
  });

  test('a floor below 0 lets it fall as far as that', () => {
    const model = modelOf({ engagement: bad, engagementOptions: 'floor: -20,' });
    expect(reasonsOf(model, 0)).toStrictEqual([
      ['criterion', -30],
      ['floor', 10, -20],
    ]);
    expect(scoreLead(model, leadOf(), [view('/')], NOW)).toMatchObject({ engagement: -20, total: -20, grade: 'D4' });
  });

  test('floor: none lets it fall', () => {
    expect(scoreLead(modelOf({ engagement: bad }), leadOf(), [view('/')], NOW)).toMatchObject({
      engagement: -30,
      total: -30,
      grade: 'D4',
    });
  });
});

describe('the next change', () => {
  test('is the millisecond at which the rounded points fall', () => {
    const model = engagementModel(`{ id: v, ${VIEW}, points: 10, half_life: 30d }`);
    const { nextChange = 0 } = scoreLead(model, leadOf(), [view('/')], NOW);
    // 10 is 9 from just below 9.5 on: after 30 days times log2(10 / 9.5).
    expect(nextChange - NOW).toBe(Math.floor(30 * DAY * Math.log2(10 / 9.5)) + 1);
    expect(scoreLead(model, leadOf(), [view('/')], NOW).engagement).toBe(10);
  });

  test('is the end of the window where nothing decays', () => {
    const model = engagementModel(`{ id: v, ${VIEW}, points: 10, window: 7d }`);
    expect(scoreLead(model, leadOf(), [view('/', DAY), view('/', 2 * DAY)], NOW).nextChange).toBe(NOW + 5 * DAY);
  });

  test('never comes for what is known of a lead, nor for one who did nothing', () => {
    const model = engagementModel(`{ id: v, ${VIEW}, points: 10 }`);
    expect(scoreLead(model, leadOf({ any: 'x' }), [], NOW)).not.toHaveProperty('nextChange');
  });

  test('comes with the end of a flag, but not while something else holds the same flag', () => {
    const flags = (...windows: string[]) =>
      engagementModel(...windows.map((window, index) => `{ id: f-${index}, ${VIEW}, flag: seen, window: ${window} }`));
    expect(scoreLead(flags('1d'), leadOf(), [view('/', HOUR)], NOW).nextChange).toBe(NOW + DAY - HOUR);
    expect(scoreLead(flags('1d', '3d'), leadOf(), [view('/', HOUR)], NOW).nextChange).toBe(NOW + 3 * DAY - HOUR);
    expect(scoreLead(flags('1d'), leadOf(), [view('/', HOUR), view('/', 5 * HOUR)], NOW).nextChange).toBe(
      NOW + DAY - HOUR,
    );
  });

  test('comes for what lies in the future once it has begun to fade', () => {
    const model = engagementModel(`{ id: v, ${VIEW}, points: 10, half_life: 30d }`);
    const { nextChange = 0 } = scoreLead(model, leadOf(), [view('/', -2 * DAY)], NOW);
    expect(nextChange - NOW - 2 * DAY).toBe(Math.floor(30 * DAY * Math.log2(10 / 9.5)) + 1);
  });

  test('is a whole millisecond, even after a time that is none', () => {
    const model = engagementModel(`{ id: v, ${VIEW}, points: 1, half_life: 30d, window: 2d, flag: seen }`);
    expect(scoreLead(model, leadOf(), [view('/', 0.25)], NOW).nextChange).toBe(NOW + 2 * DAY);
    expect(scoreLead(model, leadOf(), [view('/', 0.25)], NOW + 2 * DAY)).toMatchObject({ engagement: 0, flags: [] });
  });
});
