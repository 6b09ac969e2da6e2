import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { engagementModel, leadOf, NOW, view } from './model.ts';

const MONTH = '{ id: silent, when: { inactive_for: 30d }, points: -15, flag: silent }';

function score(criteria: string[], activities: readonly Activity[], at = NOW, createdAt = 0) {
  return scoreLead(engagementModel(...criteria), { ...leadOf({ size: '50' }), createdAt }, activities, at);
}

describe('doing nothing for long', () => {
  test('counts from the last activity, of whatever kind, to the millisecond', () => {
    const reply: Activity = { id: 'r', type: 'email-reply', at: NOW };
    expect(score([MONTH], [reply], NOW + 30 * DAY - 1)).toMatchObject({ engagement: 0, flags: [] });
    expect(score([MONTH], [reply], NOW + 30 * DAY)).toMatchObject({ engagement: -15, flags: ['silent'] });
    expect(score([MONTH], [reply], NOW).nextChange).toBe(NOW + 30 * DAY);
    expect(score([MONTH], [reply], NOW + 30 * DAY)).not.toHaveProperty('nextChange');
  });

  test('is not ended by what sales writes, what becomes of a letter, or what ends the letters', () => {
    const passive: Activity[] = [
      { id: 'b', type: 'email-bounce', at: NOW - DAY },
      { id: 's', type: 'sales-email', at: NOW - DAY },
      { id: 'u', type: 'email-unsubscribe', at: NOW - DAY },
    ];
    expect(score([MONTH], [view('/', 40 * DAY), ...passive])).toMatchObject({ engagement: -15, flags: ['silent'] });
  });

  test('counts from when the lead was created, where it did nothing since', () => {
    const created = NOW - 10 * DAY;
    expect(score([MONTH], [], NOW, created)).toMatchObject({ engagement: 0, nextChange: created + 30 * DAY });
    expect(score([MONTH], [view('/', 20 * DAY)], NOW, created).nextChange).toBe(created + 30 * DAY);
    expect(score([MONTH], [view('/', 5 * DAY)], NOW, created).nextChange).toBe(NOW + 25 * DAY);
  });

  test('scores once and does not fade', () => {
    const now = score([MONTH], [view('/', 300 * DAY)]);
    expect(now.reasons).toStrictEqual([
      { kind: 'criterion', dimension: 'engagement', id: 'silent', label: 'Silent', points: -15 },
    ]);
    expect(score([MONTH], [view('/', 300 * DAY)], NOW + 900 * DAY).engagement).toBe(-15);
  });

  test('may ask about the lead as well', () => {
    const when = (size: number) =>
      `{ id: s, when: { all: [{ inactive_for: 3d }, { field: size, at_least: ${size} }] }, points: -5 }`;
    expect(score([when(50)], []).engagement).toBe(-5);
    expect(score([when(51)], []).engagement).toBe(0);
    expect(score([when(51)], [view('/')])).not.toHaveProperty('nextChange');
  });

  test('can rule a lead out', () => {
    const gone = '{ id: gone, when: { inactive_for: 300d }, disqualify: gone for good }';
    expect(score([gone], [], NOW, NOW - 300 * DAY)).toMatchObject({
      mql: false,
      disqualifications: [{ criterion: 'gone' }],
    });
    expect(score([gone], [], NOW, NOW - 299 * DAY)).toMatchObject({ mql: true, nextChange: NOW + DAY });
  });

  test('is not ended by what is dated in the future until then, and is again after it', () => {
    const meeting = view('/', -2 * DAY);
    const criteria = ['{ id: s, when: { inactive_for: 3d }, points: -5 }'];
    expect(score(criteria, [meeting])).toMatchObject({ engagement: -5, nextChange: NOW + 2 * DAY });
    expect(score(criteria, [meeting], NOW + 2 * DAY)).toMatchObject({ engagement: 0, nextChange: NOW + 5 * DAY });
    expect(score(criteria, [meeting], NOW + 5 * DAY).engagement).toBe(-5);
    // What comes just in time puts it off.
    expect(score(criteria, [view('/', DAY), meeting]).nextChange).toBe(NOW + 5 * DAY);
  });

  test('takes a flag over from what held it before, without a gap or with one', () => {
    const flagged = (window: string) => [
      `{ id: v, when: { activity: page-view }, flag: odd, window: ${window} }`,
      '{ id: s, when: { inactive_for: 3d }, flag: odd }',
    ];
    expect(score(flagged('3d'), [view('/')])).toMatchObject({ flags: ['odd'] });
    expect(score(flagged('3d'), [view('/')])).not.toHaveProperty('nextChange');
    expect(score(flagged('2d'), [view('/')]).nextChange).toBe(NOW + 2 * DAY);
    expect(score(flagged('2d'), [view('/')], NOW + 2 * DAY)).toMatchObject({ flags: [], nextChange: NOW + 3 * DAY });
  });

  test('is part of how far back activities must be kept', () => {
    expect(engagementModel('{ id: s, when: { inactive_for: 52w }, flag: gone }').longestWindow).toBe(52 * 7 * DAY);
    expect(engagementModel(MONTH).longestWindow).toBe(180 * DAY);
  });

  test('is never before the lead was created, whatever is known of that time', () => {
    const created = NOW + 10 * DAY;
    for (const activities of [[], [view('/', 90 * DAY)], [view('/', -5 * DAY)]]) {
      const before = score([MONTH], activities, NOW, created);
      expect(before).toMatchObject({ engagement: 0, flags: [], nextChange: created + 30 * DAY });
      expect(score([MONTH], activities, created, created)).toStrictEqual(before);
      expect(score([MONTH], activities, created + 30 * DAY, created).engagement).toBe(-15);
    }
    expect(score([MONTH], [view('/', -20 * DAY)], NOW, created).nextChange).toBe(NOW + 50 * DAY);
  });

  test('is nothing where the time of creation is none', () => {
    expect(score([MONTH], [], NOW, Number.NaN).engagement).toBe(-15);
    expect(score([MONTH], [view('/', HOUR)], NOW, Number.NaN).engagement).toBe(0);
  });
});
