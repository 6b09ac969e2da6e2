import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import { offsetAt } from '../../../src/base/local-time.ts';
import { WEEKDAYS, type WorkingHours } from '../../../src/base/working-hours.ts';
import { lastDigest } from '../../../src/sync/digest-times.ts';
import { MONDAY } from '../../support/test-clock.ts';

const EIGHT = 8 * 60;
const OFFICE: WorkingHours = {
  timeZone: 'Europe/Berlin',
  days: new Set(['mon', 'tue', 'wed', 'thu', 'fri']),
  from: 9 * 60,
  to: 17 * 60,
  holidays: new Set(['2026-11-13']),
  away: [],
};

test('it is due at its time by the clock of whoever gets it', () => {
  const at = Date.UTC(2026, 10, 16, 7);
  expect(lastDigest(MONDAY, EIGHT, 'Europe/Berlin', undefined)).toBe(at);
  expect(lastDigest(at, EIGHT, 'Europe/Berlin', undefined)).toBe(at);
  expect(lastDigest(at - 1, EIGHT, 'Europe/Berlin', undefined)).toBe(at - DAY);
});

test('a weekend, a holiday and an absence have none', () => {
  const before = Date.UTC(2026, 10, 16, 7) - 1;
  expect(lastDigest(before, EIGHT, 'Europe/Berlin', OFFICE)).toBe(Date.UTC(2026, 10, 12, 7));
  const away = { ...OFFICE, away: [{ from: '2026-11-02', to: '2026-11-12' }] };
  expect(lastDigest(before, EIGHT, 'Europe/Berlin', away)).toBe(Date.UTC(2026, 9, 30, 7));
  const longAway = { ...OFFICE, away: [{ from: '2026-01-01', to: '2026-11-15' }] };
  expect(lastDigest(before, EIGHT, 'Europe/Berlin', longAway)).toBeUndefined();
});

test('whatever the zone, the time and the day: it is the last one, and one a day', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 1_439 }),
      fc.integer({ min: MONDAY - 400 * DAY, max: MONDAY }),
      (timeZone, minutes, until) => {
        const at = lastDigest(until, minutes, timeZone, { ...OFFICE, timeZone, days: new Set(WEEKDAYS) });
        if (at === undefined) throw new Error('there was none in a month');
        // A holiday may lie between, and a clock that is put forward skips up to an hour.
        expect(until - at).toBeLessThan(2 * DAY + HOUR);
        expect(at).toBeLessThanOrEqual(until);
        const shown = (((at + offsetAt(at, timeZone)) % DAY) + DAY) % DAY;
        expect(shown).toBeGreaterThanOrEqual(minutes * MINUTE);
        expect(shown).toBeLessThanOrEqual(minutes * MINUTE + HOUR);
      },
    ),
  );
});
