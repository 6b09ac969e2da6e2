import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import {
  addWorkingTime,
  dueAfter,
  isAway,
  isWorking,
  nextWorking,
  WEEKDAYS,
  type WorkingHours,
  workingTimeBetween,
  workingTimeOf,
} from '../../../src/base/working-hours.ts';

const OFFICE: WorkingHours = {
  timeZone: 'Europe/Berlin',
  days: new Set(['mon', 'tue', 'wed', 'thu', 'fri']),
  from: 9 * 60,
  to: 17 * 60,
  holidays: new Set(),
  away: [],
};

const at = (text: string) => Date.parse(text);
const text = (instant: number) => new Date(instant).toISOString();

describe('what has five minutes', () => {
  test.each([
    ['on a Tuesday morning is due five minutes later', '2026-03-03T10:00:00+01:00', '2026-03-03T09:05:00.000Z'],
    ['at two minutes to five is due at three past nine', '2026-03-03T16:58:00+01:00', '2026-03-04T08:03:00.000Z'],
    ['at five to five is due at five', '2026-03-03T16:55:00+01:00', '2026-03-03T16:00:00.000Z'],
    ['at night is due at five past nine', '2026-03-03T03:00:00+01:00', '2026-03-03T08:05:00.000Z'],
    ['on a Friday at 23:50 is due on Monday', '2026-03-06T23:50:00+01:00', '2026-03-09T08:05:00.000Z'],
  ])('%s', (_, start, due) => {
    expect(text(dueAfter(at(start), 5 * MINUTE, OFFICE))).toBe(due);
  });

  test('and comes on the Friday night before a holiday is due on Tuesday', () => {
    const easter = { ...OFFICE, holidays: new Set(['2026-04-06']) };
    expect(text(dueAfter(at('2026-04-03T23:50:00+02:00'), 5 * MINUTE, easter))).toBe('2026-04-07T07:05:00.000Z');
  });

  test('is due when the owner is back, of one who is away', () => {
    const away = { ...OFFICE, away: [{ from: '2026-03-03', to: '2026-03-11' }] };
    expect(text(dueAfter(at('2026-03-03T10:00:00+01:00'), 5 * MINUTE, away))).toBe('2026-03-12T08:05:00.000Z');
  });

  test('is due five minutes later where there are no hours', () => {
    expect(dueAfter(at('2026-03-07T03:00:00Z'), 5 * MINUTE, undefined)).toBe(at('2026-03-07T03:05:00Z'));
  });
});

describe('a day of a length of time', () => {
  test('is a working day: what comes at ten is due at ten on the next one, or the one after', () => {
    const friday = at('2026-03-06T10:00:00+01:00');
    expect(text(dueAfter(friday, DAY, OFFICE))).toBe('2026-03-09T09:00:00.000Z');
    expect(text(dueAfter(friday, 2 * DAY, OFFICE))).toBe('2026-03-10T09:00:00.000Z');
    expect(text(dueAfter(friday, 2 * DAY + 30 * MINUTE, OFFICE))).toBe('2026-03-10T09:30:00.000Z');
  });

  test('from a night on is that of the working day that follows, to its end', () => {
    expect(text(dueAfter(at('2026-03-06T23:50:00+01:00'), DAY, OFFICE))).toBe('2026-03-09T16:00:00.000Z');
  });

  test('is 24 hours where there are no hours', () => {
    expect(workingTimeOf(10 * DAY, undefined)).toBe(10 * DAY);
    expect(workingTimeOf(10 * DAY + HOUR, OFFICE)).toBe(81 * HOUR);
  });
});

describe('where the clocks change', () => {
  const nights: WorkingHours = { ...OFFICE, days: new Set(WEEKDAYS), from: 0, to: 6 * 60 };

  test('a shift over the change is an hour shorter in spring, and longer in autumn', () => {
    const [spring, autumn] = [at('2026-03-29T00:00:00+01:00'), at('2026-10-25T00:00:00+02:00')];
    expect(workingTimeBetween(spring, spring + 20 * HOUR, nights)).toBe(5 * HOUR);
    expect(workingTimeBetween(autumn, autumn + 20 * HOUR, nights)).toBe(7 * HOUR);
  });

  test('hours that begin at a time that the clocks skip begin with the change', () => {
    const skipped = { ...nights, from: 150 };
    expect(text(nextWorking(at('2026-03-29T00:00:00+01:00'), skipped))).toBe('2026-03-29T01:00:00.000Z');
  });

  test('hours that the clocks skip altogether are not worked', () => {
    const skipped = { ...nights, from: 125, to: 170 };
    const day = at('2026-03-29T00:00:00+01:00');
    expect(workingTimeBetween(day, day + 20 * HOUR, skipped)).toBe(0);
  });

  test('a day that a place skipped is worked by nobody', () => {
    const apia: WorkingHours = { ...OFFICE, timeZone: 'Pacific/Apia' };
    // Thursday 29 December 2011 was followed by Saturday.
    const thursday = at('2011-12-29T16:00:00-10:00');
    expect(text(addWorkingTime(thursday, 2 * HOUR, apia))).toBe(text(at('2012-01-02T10:00:00+14:00')));
  });
});

describe('somebody is away', () => {
  const away: WorkingHours = { ...OFFICE, away: [{ from: '2026-03-09', to: '2026-03-13' }] };

  test.each([
    ['2026-03-09T12:00:00+01:00', true],
    ['2026-03-13T16:59:00+01:00', true],
    ['2026-03-06T16:59:00+01:00', false],
    // Their next work would be on Monday.
    ['2026-03-06T23:50:00+01:00', true],
    ['2026-03-07T12:00:00+01:00', true],
    ['2026-03-13T18:00:00+01:00', false],
  ])('at %s: %s', (instant, expected) => {
    expect(isAway(at(instant), away)).toBe(expected);
  });

  test('by the date where they are', () => {
    const auckland = { ...away, timeZone: 'Pacific/Auckland', from: 0, to: 1440 };
    expect(isAway(at('2026-03-08T12:00:00Z'), auckland)).toBe(true);
  });
});

test('the longest absence is found an end of at once', () => {
  const gone = { ...OFFICE, away: [{ from: '2026-01-01', to: '2226-01-01' }] };
  expect(text(nextWorking(at('2026-03-03T10:00:00Z'), gone))).toBe('2226-01-02T08:00:00.000Z');
});

test('hours that never come end in an error, not in a search without end', () => {
  expect(() => nextWorking(0, { ...OFFICE, days: new Set() })).toThrow(RangeError);
});

const STEP = 15 * MINUTE;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Havana',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Auckland',
];

/** The weeks in which clocks change somewhere, on quarters of an hour. */
const instants = fc
  .tuple(fc.integer({ min: 2018, max: 2030 }), fc.constantFrom(2, 3, 8, 9, 10), fc.nat(31 * 96))
  .map(([year, month, quarter]) => Date.UTC(year, month, 1) + quarter * STEP);

/** Hours that neither begin nor end at a time that clocks may show twice. */
const workingHours = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
    from: fc.constantFrom(0, 4 * 60, 9 * 60, 13 * 60 + 15),
    to: fc.constantFrom(14 * 60 + 45, 17 * 60, 1440),
    off: fc.boolean(),
  })
  .map(({ off, days, ...rest }): WorkingHours => {
    const dates = Array.from({ length: 13 }, (_, year) =>
      [3, 4, 9, 10, 11].map((month) => dateText(2018 + year, month)),
    );
    return { ...rest, days: new Set(days), holidays: new Set(off ? dates.flat() : []), away: [] };
  });

const dateText = (year: number, month: number) => `${year}-${String(month).padStart(2, '0')}-08`;

/** What the clocks on the wall show decides, asked every quarter of an hour. */
function works(instant: number, { timeZone, days, from, to, holidays }: WorkingHours): boolean {
  // Such as 2026-03-29 03:00:00.
  const [date = '', time = ''] = clockOf(timeZone).format(instant).split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const weekday = WEEKDAYS[(new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
  const minutes = hour * 60 + minute;
  return days.has(weekday) && minutes >= from && minutes < to && !holidays.has(date);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  const clock = known ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, clock);
  return clock;
}

describe('for whatever hours, in whatever time zone, over every change of the clocks', () => {
  test('working time is what the clocks on the wall count', () => {
    fc.assert(
      fc.property(instants, fc.nat(4 * 96), workingHours, (start, quarters, hours) => {
        const times = Array.from({ length: quarters }, (_, quarter) => start + quarter * STEP);
        const worked = times.filter((each) => works(each, hours));
        expect(times.filter((each) => isWorking(each, hours))).toEqual(worked);
        expect(workingTimeBetween(start, start + quarters * STEP, hours)).toBe(worked.length * STEP);
      }),
      { numRuns: 150 },
    );
  });

  test('so much time later is the first instant with so much time between', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 40 * HOUR }), workingHours, (start, ms, hours) => {
        const end = addWorkingTime(start, ms, hours);
        expect(workingTimeBetween(start, end, hours)).toBe(ms);
        expect(workingTimeBetween(start, end - 1, hours)).toBe(ms - 1);
      }),
    );
  });

  test('time adds up', () => {
    fc.assert(
      fc.property(instants, fc.nat(9 * DAY), fc.nat(9 * DAY), workingHours, (start, first, second, hours) => {
        const middle = start + first;
        const end = middle + second;
        const both = workingTimeBetween(start, middle, hours) + workingTimeBetween(middle, end, hours);
        expect(workingTimeBetween(start, end, hours)).toBe(both);
      }),
    );
  });

  test('the hours next begin where nothing is worked before', () => {
    fc.assert(
      fc.property(instants, workingHours, (start, hours) => {
        const next = nextWorking(start, hours);
        expect(isWorking(next, hours)).toBe(true);
        expect(workingTimeBetween(start, next, hours)).toBe(0);
      }),
    );
  });
});
