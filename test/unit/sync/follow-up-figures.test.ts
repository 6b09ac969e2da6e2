import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import type { FollowUp } from '../../../src/ledger/follow-ups.ts';
import { openFollowUps, ownerFigures } from '../../../src/sync/follow-up-figures.ts';
import { BERLIN } from '../../support/follow-up-play.ts';

/** Noon of a Monday in Berlin. */
const NOW = Date.UTC(2026, 10, 16, 11);
const FRIDAY = Date.UTC(2026, 10, 13, 15);

const inBerlin = () => BERLIN;

function followUp(own: Partial<FollowUp>): FollowUp {
  const { routedAt = NOW - HOUR } = own;
  return {
    leadId: '1',
    model: 'platform',
    ownerId: '7',
    routedAt,
    followUpBy: NOW,
    attempts: 0,
    state: 'open',
    ...own,
  };
}

describe('what is open', () => {
  test('is late by working time alone', () => {
    // An hour of Friday, and three of Monday.
    const [first] = openFollowUps([followUp({ dueBy: FRIDAY })], inBerlin, NOW);
    expect(first?.late).toBe(4 * HOUR);
  });

  test('comes the latest first, then what is due next; what is over does not come', () => {
    const all = [
      followUp({ leadId: 'a', dueBy: NOW + DAY }),
      followUp({ leadId: 'b', dueBy: NOW + HOUR }),
      followUp({ leadId: 'c', dueBy: NOW - HOUR, state: 'reminded' }),
      followUp({ leadId: 'd', dueBy: NOW - 2 * HOUR, state: 'tried' }),
      followUp({ leadId: 'e', state: 'reached' }),
      followUp({ leadId: 'f', state: 'closed' }),
    ];
    expect(openFollowUps(all, inBerlin, NOW).map(({ leadId }) => leadId)).toEqual(['d', 'c', 'b', 'a']);
  });
});

describe('the figures of an owner', () => {
  const figures = (all: readonly FollowUp[]) => ownerFigures(all, inBerlin, NOW);

  test('count the working time from being routed to the first touch, the middle one of all', () => {
    const touched = (minutes: number) =>
      followUp({ routedAt: FRIDAY, firstTouchedAt: FRIDAY + minutes * MINUTE, state: 'reached' });
    const overTheWeekend = followUp({ routedAt: FRIDAY, firstTouchedAt: NOW, state: 'reached' });
    expect(figures([touched(5), touched(30), overTheWeekend])[0]).toMatchObject({
      touched: 3,
      medianToTouch: 30 * MINUTE,
    });
    expect(figures([touched(5), overTheWeekend, overTheWeekend])[0]?.medianToTouch).toBe(4 * HOUR);
  });

  test('tell how many were touched in time, of those of which it is known', () => {
    const all = [
      followUp({ firstTouchedAt: NOW - MINUTE, state: 'tried' }),
      followUp({ followUpBy: NOW - HOUR, firstTouchedAt: NOW - MINUTE, state: 'reached' }),
      followUp({ followUpBy: NOW - HOUR, dueBy: NOW - HOUR }),
      followUp({ followUpBy: NOW - HOUR, state: 'closed' }),
      // Still time, and a lead that wrote by itself before sales could try.
      followUp({ followUpBy: NOW + HOUR, dueBy: NOW + HOUR }),
      followUp({ followUpBy: NOW - HOUR, state: 'reached' }),
    ];
    expect(figures(all)).toEqual([
      { ownerId: '7', open: 3, overdue: 1, routed: 6, touched: 2, medianToTouch: 59 * MINUTE, decided: 4, inTime: 1 },
    ]);
  });

  test('look back 30 days, but for what is open', () => {
    const before = { routedAt: NOW - 31 * DAY, followUpBy: NOW - 30 * DAY };
    expect(figures([followUp({ ...before, state: 'reached' })])).toEqual([]);
    expect(figures([followUp({ ...before, dueBy: NOW - 30 * DAY })])).toEqual([
      { ownerId: '7', open: 1, overdue: 1, routed: 0, touched: 0, decided: 0, inTime: 0 },
    ]);
  });

  test('name who is late with most first, and nobody for leads without an owner', () => {
    const late = { dueBy: NOW - HOUR };
    const all = [
      followUp({}),
      followUp({ ownerId: undefined, ...late }),
      followUp({ ownerId: '9', ...late }),
      followUp({ ownerId: '9', ...late }),
    ];
    expect(figures(all).map(({ ownerId }) => ownerId)).toEqual(['9', undefined, '7']);
  });
});
