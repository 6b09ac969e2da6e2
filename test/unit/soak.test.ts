import { describe, expect, it, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { createRandom } from '../../src/sandbox/population/random.ts';
import { type AtRest, leftovers } from '../soak/at-rest.ts';
import { all, atMost, checksTable, flat, noMore, none } from '../soak/checks.ts';
import { readOptions } from '../soak/options.ts';
import { kindOf } from '../soak/redis-size.ts';
import { createRoster } from '../soak/roster.ts';
import { afterWarmUp, FEWEST, growthOf, type Sample } from '../soak/slope.ts';
import { planTroubles, TROUBLES } from '../soak/troubles.ts';

/** One every ten seconds, for an hour. */
const hourOf = (value: (minute: number) => number): Sample[] =>
  Array.from({ length: 361 }, (_, place) => ({ at: place * 10 * SECOND, value: value(place / 6) }));
const noise = createRandom(1, 1);

describe('how something grows', () => {
  it('is told by the hour, and as a share of the mean', () => {
    const growth = growthOf(hourOf((minute) => 100 + minute));
    expect(growth?.perHour).toBeCloseTo(60);
    expect(growth?.mean).toBeCloseTo(130);
    expect(growth?.share).toBeCloseTo(60 / 130);
    expect(growth).toMatchObject({ stretch: HOUR, samples: 361 });
  });

  it('is not told by a few samples that are far off', () => {
    const spiked = hourOf((minute) => (minute > 50 && minute < 55 ? 900 : 100));
    expect(growthOf(spiked)?.perHour).toBeCloseTo(0);
  });

  it('is found below noise that is larger', () => {
    const growth = growthOf(hourOf((minute) => 100 + minute / 6 + 20 * (noise.next() - 0.5)));
    expect(growth?.perHour).toBeGreaterThan(5);
    expect(growth?.perHour).toBeLessThan(15);
  });

  it('is not known from a few samples, nor from many at one moment', () => {
    expect(growthOf([])).toBeUndefined();
    expect(growthOf(hourOf(() => 1).slice(0, FEWEST - 1))).toBeUndefined();
    expect(growthOf(hourOf(() => 1).map((sample) => ({ ...sample, at: 7 })))).toBeUndefined();
  });

  it('does not count the warm-up, which begins with the first sample', () => {
    const late = hourOf((minute) => Math.min(minute, 35)).map(({ at, value }) => ({ at: at + HOUR, value }));
    expect(growthOf(late)?.share).toBeGreaterThan(0.1);
    expect(growthOf(afterWarmUp(late, 35 * MINUTE))?.share).toBeCloseTo(0);
  });
});

describe('a check', () => {
  const options = { warmUp: 5 * MINUTE, share: 0.05, unit: 'MB' };

  it('that something is flat holds where it stays or shrinks, and not where it grows', () => {
    expect(
      flat(
        'it',
        hourOf(() => 40),
        options,
      ).held,
    ).toBe(true);
    expect(
      flat(
        'it',
        hourOf((minute) => 60 - minute / 2),
        options,
      ).held,
    ).toBe(true);
    expect(
      flat(
        'it',
        hourOf((minute) => 40 + minute / 10),
        options,
      ),
    ).toMatchObject({
      held: false,
      found: expect.stringMatching(/^1\d\.\d% in 55 min, \+6\.0 MB an hour at 4\d\.\d MB, 331 samples$/),
    });
  });

  it('that something is flat does not hold where nobody looked', () => {
    expect(flat('it', [], options)).toMatchObject({ held: false, found: expect.stringContaining('too few') });
    expect(flat('it', hourOf(() => 40).slice(0, 31), options).held).toBe(false);
  });

  test.each([
    ['as much as before', noMore('timers', 5, 5, 0), true],
    ['one more than may be', noMore('timers', 5, 8, 2), false],
    ['nobody knows what was before', noMore('timers', undefined, 0, 2), false],
    ['nobody knows what is now', noMore('timers', 5, undefined, 2), false],
    ['nothing of a kind', none('errors', []), true],
    ['something of it', none('errors', ['this one']), false],
    ['all of some', all('leads', 7, []), true],
    ['all but one', all('leads', 7, ['this one']), false],
    ['all of none', all('leads', 0, []), false],
    ['no more than a limit', atMost('it', 5, 5, 's'), true],
    ['more', atMost('it', 6, 5, 's'), false],
    ['no number', atMost('it', Number.NaN, 5, 's'), false],
  ])('%s', (_, check, held) => {
    expect(check.held).toBe(held);
    expect(checksTable([check])).toContain(held ? '1 of 1 held' : 'NOT HELD');
  });
});

describe('what is there at rest', () => {
  const atRest = (worker?: Record<string, number>): AtRest => new Map(worker && [['worker', worker]]);
  const notHeld = (before: AtRest, after: AtRest) =>
    leftovers(before, after).flatMap(({ what, held }) => (held ? [] : what));

  it('may be a little more, and any amount less', () => {
    expect(notHeld(atRest({ Timeout: 9, listeners: 300 }), atRest({ Timeout: 11, listeners: 310 }))).toEqual([]);
    expect(notHeld(atRest({ Timeout: 9, listeners: 300 }), atRest({}))).toEqual([]);
  });

  it('is not much more, of what was there before or was not', () => {
    const before = atRest({ Timeout: 9, listeners: 300 });
    expect(notHeld(before, atRest({ Timeout: 129, listeners: 420, TCPSocketWrap: 120 }))).toEqual([
      'Timeout of worker at rest',
      'listeners of worker at rest',
      'TCPSocketWrap of worker at rest',
    ]);
  });

  it('is not known of a process that does not answer any more, or did not before', () => {
    expect(notHeld(atRest({ Timeout: 9 }), atRest())).toEqual(['Timeout of worker at rest']);
    expect(notHeld(atRest(), atRest({ Timeout: 9 }))).toEqual(['Timeout of worker at rest']);
  });
});

describe('the arguments', () => {
  it('may be left out', () => {
    const usual = { minutes: 10, leads: 2_000, seed: 500_000, json: false, lose: undefined };
    expect(readOptions([], () => 0.5)).toEqual(usual);
    expect(readOptions(['--minutes', '0.75', '--seed', '7', '--leads', '300', '--json'], () => 0.5)).toEqual({
      minutes: 0.75,
      leads: 300,
      seed: 7,
      json: true,
      lose: undefined,
    });
  });

  test.each([
    [['--minutes', 'ten']],
    [['--minutes', '0.4']],
    [['--minutes', '']],
    [['--leads', '1.5']],
    [['--seed', '-1']],
    [['--lose', 'heart']],
    [['--hours', '3']],
    [['3']],
  ])('%j make no sense', (args) => {
    expect(readOptions(args, () => 0.5)).toBeUndefined();
  });
});

describe('what happens to the processes', () => {
  const MS = 10 * MINUTE;
  const planned = (seed: number, ms = MS, hasServer = true) => planTroubles(createRandom(seed, 5), ms, hasServer);

  it('is the same with the same seed, and each of it once at least', () => {
    expect(planned(1)).toEqual(planned(1));
    expect(planned(1)).not.toEqual(planned(2));
    for (const seed of [1, 2, 3])
      expect(new Set(planned(seed, MINUTE).map(({ what }) => what))).toEqual(new Set(TROUBLES));
  });

  it('comes one after the other, and ends early enough to be seen mended', () => {
    const times = planned(3).map(({ at }) => at);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(Math.max(...times)).toBeLessThan(0.7 * MS);
  });

  it('is nothing to a Redis that keeps nothing', () => {
    expect(planned(1, MS, false).filter(({ what }) => what.endsWith('redis'))).toEqual([]);
  });
});

describe('who is there', () => {
  it('is picked from those that came and did not go', () => {
    const roster = createRoster(['a', 'b', 'c'], createRandom(1, 1));
    roster.add('d');
    roster.add('d');
    roster.remove('a');
    roster.remove('never there');
    expect(roster.size).toBe(3);
    expect(new Set(Array.from({ length: 100 }, () => roster.anybody()))).toEqual(new Set(['b', 'c', 'd']));
  });

  it('does not go while something is awaited for them', () => {
    const roster = createRoster(['a'], createRandom(1, 1));
    const [first, second] = [roster.hold('a'), roster.hold('a')];
    first();
    expect(roster.somebodyFree()).toBeUndefined();
    second();
    expect(roster.somebodyFree()).toBe('a');
  });
});

test.each([
  ['leadgauge:{hubspot}:dirty', 'dirty'],
  ['leadgauge:{salesforce}:lead:00Q000000000001', 'lead'],
  ['leadgauge:{person-0a1b2c}:ledger', '{person-}:ledger'],
  ['leadgauge:{queues}:score:17', 'queue score job'],
  ['leadgauge:{queues}:score:events', 'queue score events'],
])('of %s the kind is %s', (key, kind) => {
  expect(kindOf(key, 'leadgauge')).toBe(kind);
});
