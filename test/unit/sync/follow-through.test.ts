import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import { addWorkingTime, isWorking, workingTimeBetween } from '../../../src/base/working-hours.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { BERLIN, look, type Play, play, RULES, touch } from '../../support/follow-up-play.ts';

/** Ten in the morning of a Monday in Berlin. */
const ROUTED = Date.UTC(2026, 10, 16, 9);
const DUE = ROUTED + HOUR;
const WEEKS = ROUTED + 60 * DAY;

const actsOf = (played: ReturnType<typeof play>) => played.told.map(({ act, at }) => [act, at]);

describe('a lead that nobody tries to reach', () => {
  test('is left alone until it is due', () => {
    const { outputs, ...rest } = look({
      current: { routedAt: ROUTED, followUpBy: DUE, followUp: 'open' },
      now: ROUTED,
    });
    expect(outputs).toEqual({ followUp: 'open', attempts: 0, overdue: false });
    expect(rest).toEqual({ dueBy: DUE, nextAt: DUE });
  });

  test('is reminded of once it is due, and somebody else is told half an hour later, each once', () => {
    const played = play({ routedAt: ROUTED, until: WEEKS, looks: [DUE + MINUTE, DUE + HOUR, DUE + DAY] });
    expect(actsOf(played)).toEqual([
      ['remind', DUE],
      ['escalate', DUE + 30 * MINUTE],
    ]);
    expect(played.held).toMatchObject({ followUp: 'escalated', overdue: true, attempts: 0 });
  });

  test('stays overdue, however long it lasts', () => {
    expect(play({ routedAt: ROUTED, until: WEEKS }).last).toMatchObject({
      outputs: { followUp: 'escalated', overdue: true },
      dueBy: DUE,
    });
  });

  test('ends with the reminder where config escalates nothing', () => {
    const played = play({ routedAt: ROUTED, until: WEEKS, rules: { ...RULES, escalateAfter: undefined } });
    expect(actsOf(played)).toEqual([['remind', DUE]]);
    expect(played.last.nextAt).toBeUndefined();
  });

  test('is never overdue, and nobody is told, where follow_up is off', () => {
    const played = play({ routedAt: ROUTED, until: WEEKS, rules: undefined });
    expect(played.told).toEqual([]);
    expect(played.held).toMatchObject({ followUp: 'open', overdue: false });
  });
});

describe('working hours', () => {
  test('a demo request ten minutes to midnight on a Friday before a holiday is due on Tuesday morning', () => {
    const friday = Date.UTC(2026, 10, 20, 22, 50);
    const played = play({ routedAt: friday, within: 5 * MINUTE, until: WEEKS });
    const tuesday = Date.UTC(2026, 10, 24, 8);
    expect(actsOf(played)).toEqual([
      ['remind', tuesday + 5 * MINUTE],
      ['escalate', tuesday + 35 * MINUTE],
    ]);
  });

  test('what is due at the very end of a day is reminded of the next morning', () => {
    const played = play({ routedAt: ROUTED, within: 7 * HOUR, until: WEEKS });
    const tomorrow = Date.UTC(2026, 10, 17, 8);
    expect(actsOf(played)).toEqual([
      ['remind', tomorrow],
      ['escalate', tomorrow + 30 * MINUTE],
    ]);
  });

  test('where nothing ran for a night, the owner is told in the morning and has the time until it escalates', () => {
    const night = Date.UTC(2026, 10, 17, 2);
    const morning = Date.UTC(2026, 10, 17, 8);
    const current = { routedAt: ROUTED, followUpBy: DUE, followUp: 'open' } as const;
    const asleep = look({ current, now: night });
    expect(asleep).toMatchObject({ outputs: { followUp: 'open', overdue: true }, nextAt: morning });
    expect(asleep.act).toBeUndefined();
    expect(look({ current, now: morning })).toMatchObject({ act: 'remind', nextAt: morning + 30 * MINUTE });
  });

  test('who was reminded late has the time until it escalates, also where nobody noted when that was', () => {
    const late = DUE + 3 * HOUR;
    const current = { routedAt: ROUTED, followUpBy: DUE, followUp: 'reminded', scoredAt: late } as const;
    const then = late + 30 * MINUTE;
    const early = look({ current, now: late + MINUTE });
    expect([early.act, early.nextAt]).toEqual([undefined, then]);
    expect(look({ current, now: then })).toMatchObject({ act: 'escalate' });
    // Where it was noted, a score that has changed since puts nothing off.
    const scored = { ...current, scoredAt: then - MINUTE };
    expect(look({ current: scored, now: then, notBefore: 0 })).toMatchObject({ act: 'escalate' });
  });

  test('around the clock, nights and weekends count', () => {
    const saturday = Date.UTC(2026, 10, 21, 3);
    const played = play({ routedAt: saturday, until: WEEKS, hours: undefined });
    expect(actsOf(played)).toEqual([
      ['remind', saturday + HOUR],
      ['escalate', saturday + HOUR + 30 * MINUTE],
    ]);
  });
});

describe('a lead that sales tried to reach', () => {
  const FIRST = ROUTED + 20 * MINUTE;
  /** A quarter of ten working days of eight hours. */
  const tryDue = (made: number) => addWorkingTime(FIRST, made * 20 * HOUR, BERLIN);

  test.each(['call-attempt', 'sales-email'] as const)(
    'by %s is tried, not reached, and no reminder of the first try is sent',
    (type) => {
      const played = play({ routedAt: ROUTED, until: DUE + HOUR, touches: [touch(type, FIRST)] });
      expect(played.told).toEqual([]);
      expect(played.held).toMatchObject({ followUp: 'tried', firstTouchedAt: FIRST, attempts: 1, overdue: false });
      expect(played.last).toMatchObject({ dueBy: tryDue(1), nextAt: tryDue(1) });
    },
  );

  test('is reminded of once for each further try that is late, never escalated, and closed when its time is over', () => {
    const second = tryDue(1) + HOUR;
    const touches = [touch('call-attempt', FIRST), touch('call-attempt', second)];
    const played = play({ routedAt: ROUTED, until: WEEKS, touches });
    expect(actsOf(played)).toEqual([
      ['remind', tryDue(1)],
      ['remind', addWorkingTime(second, 20 * HOUR, BERLIN)],
    ]);
    expect(played.held).toMatchObject({ followUp: 'closed', attempts: 2, overdue: false });
  });

  test('as late as the next try was due has all of that time once more for it, and for the one after that', () => {
    const second = tryDue(2) - HOUR;
    const third = addWorkingTime(second, 20 * HOUR, BERLIN);
    const fourth = addWorkingTime(tryDue(4) - HOUR, 20 * HOUR, BERLIN);
    const end = addWorkingTime(fourth, 20 * HOUR, BERLIN);
    const touches = [FIRST, second, tryDue(4) - HOUR].map((at) => touch('call-attempt', at));
    const playedUntil = (until: number) => play({ routedAt: ROUTED, until, touches });
    expect(actsOf(playedUntil(WEEKS))).toEqual([
      ['remind', tryDue(1)],
      ['remind', third],
      ['remind', fourth],
    ]);
    expect([end - MINUTE, end].map((at) => playedUntil(at).held.followUp)).toEqual(['tried', 'closed']);
  });

  test('while nothing ran is reminded of once, however many tries were missed, and closed no sooner than its time after that', () => {
    const current = {
      routedAt: ROUTED,
      followUpBy: DUE,
      followUp: 'tried',
      attempts: 1,
      firstTouchedAt: FIRST,
    } as const;
    const touches = [touch('call-attempt', FIRST)];
    const now = addWorkingTime(FIRST, 75 * HOUR, BERLIN);
    const end = addWorkingTime(now, 20 * HOUR, BERLIN);
    const woken = look({ current, touches, now });
    expect(woken).toMatchObject({ act: 'remind', nextAt: end });
    const told = { ...current, ...woken.outputs };
    const after = look({ current: told, touches, now: tryDue(4) + HOUR, notBefore: end });
    expect(after).toMatchObject({ outputs: { followUp: 'tried', overdue: true }, nextAt: end });
    expect(after.act).toBeUndefined();
    expect(look({ current: told, touches, now: end, notBefore: 0 }).outputs.followUp).toBe('closed');
  });

  test('is closed without a reminder once sales made all tries', () => {
    const touches = [0, 1, 2, 3].map((day) => touch('call-attempt', FIRST + day * DAY));
    const played = play({ routedAt: ROUTED, until: WEEKS, touches });
    expect(played.told).toEqual([]);
    expect(played.held).toMatchObject({ followUp: 'closed', attempts: 4 });
  });

  test('after it was escalated is tried all the same, and late no more', () => {
    const played = play({ routedAt: ROUTED, until: DUE + DAY, touches: [touch('call-attempt', DUE + 2 * HOUR)] });
    expect(played.held).toMatchObject({ followUp: 'tried', overdue: false, attempts: 1 });
  });

  test('that answers after all tries is reached', () => {
    const tries = [0, 1, 2, 3].map((day) => touch('call-attempt', FIRST + day * DAY));
    const played = play({
      routedAt: ROUTED,
      until: WEEKS,
      touches: [...tries, touch('email-reply', FIRST + 20 * DAY, { isInbound: true })],
    });
    expect(played.held.followUp).toBe('reached');
  });
});

describe('a lead is reached', () => {
  const reached = (touches: readonly Activity[]) => play({ routedAt: ROUTED, until: WEEKS, touches }).held;
  const AT = ROUTED + 10 * MINUTE;

  test.each(['call', 'meeting'] as const)('by a %s, which sets the time of the first touch', (type) => {
    expect(reached([touch(type, AT)])).toMatchObject({ followUp: 'reached', firstTouchedAt: AT, overdue: false });
  });

  test('by its own call, which is no try of sales', () => {
    expect(reached([touch('call', AT, { isInbound: true })])).toMatchObject({
      followUp: 'reached',
      attempts: 0,
      firstTouchedAt: AT,
    });
  });

  test.each([touch('email-reply', AT, { isInbound: true }), touch('sales-email', AT, { isInbound: true })])(
    'by its own e-mail, which is no touch of sales',
    (email) => {
      const held = reached([email]);
      expect(held).toMatchObject({ followUp: 'reached', attempts: 0 });
      expect(held.firstTouchedAt).toBeUndefined();
    },
  );

  test('by a meeting that is still to come, touched as soon as it is known', () => {
    const current = { routedAt: ROUTED, followUpBy: DUE, followUp: 'open' } as const;
    const { outputs } = look({ current, now: AT, touches: [touch('meeting', AT + 3 * DAY)] });
    expect(outputs).toMatchObject({ followUp: 'reached', firstTouchedAt: AT });
  });

  test('not by what was done before it was routed, nor by an answer to a marketing e-mail that the CRM counts', () => {
    const before = [touch('call', ROUTED - MINUTE), touch('sales-email', ROUTED - DAY)];
    expect(reached([...before, touch('email-reply', AT)])).toMatchObject({
      followUp: 'escalated',
      attempts: 0,
    });
  });

  test.each([{ salesSay: 'working', saidSince: true }, { beyondSince: true }] as const)(
    'where sales say so: %o',
    (said) => {
      const { outputs } = look({
        current: { routedAt: ROUTED, followUpBy: DUE, followUp: 'reminded' },
        now: DUE + MINUTE,
        ...said,
      });
      expect(outputs).toEqual({ followUp: 'reached', firstTouchedAt: DUE + MINUTE, attempts: 0, overdue: false });
    },
  );

  test('not by a status that it had before it was routed', () => {
    const current = { routedAt: ROUTED, followUpBy: DUE, followUp: 'open' } as const;
    const { act, outputs } = look({ current, now: DUE, salesSay: 'working' });
    expect([act, outputs.firstTouchedAt]).toEqual(['remind', undefined]);
  });
});

describe('a follow-up is closed', () => {
  const current = { routedAt: ROUTED, followUpBy: DUE, followUp: 'open' } as const;

  test.each(['not-now', 'rejected'] as const)('when sales come to say %s', (salesSay) => {
    const { outputs, ...rest } = look({ current, now: DUE, salesSay, saidSince: true });
    expect(outputs).toMatchObject({ followUp: 'closed', firstTouchedAt: DUE, overdue: false });
    expect(rest).toEqual({});
  });

  test('not by a status from before: who asks for a demo again is followed up', () => {
    expect(look({ current, now: DUE, salesSay: 'not-now' })).toMatchObject({ act: 'remind' });
  });

  test('when the lead went back to marketing', () => {
    expect(look({ current: { ...current, recycledAt: ROUTED + MINUTE }, now: DUE })).toEqual({
      outputs: { followUp: 'closed', attempts: 0, overdue: false },
    });
    expect(look({ current: { ...current, recycledAt: ROUTED - DAY }, now: DUE })).toMatchObject({ act: 'remind' });
  });

  test.each(['closed', 'reached'] as const)('and %s stays so when nothing of it is known any more', (followUp) => {
    const held = { ...current, followUp, firstTouchedAt: ROUTED + MINUTE, attempts: 2 };
    expect(look({ current: held, now: WEEKS })).toEqual({
      outputs: { followUp, firstTouchedAt: ROUTED + MINUTE, attempts: 2, overdue: false },
    });
  });
});

describe('a lead', () => {
  test('that was never routed has no follow-up', () => {
    expect(look({ current: { score: 50 }, now: ROUTED, touches: [touch('call', ROUTED)] })).toEqual({ outputs: {} });
  });

  test('that a quiet backfill comes upon is left as it is, to be looked at as soon as it is over', () => {
    const current = { routedAt: ROUTED, followUpBy: DUE, followUp: 'open' } as const;
    const quiet = look({ current, now: DUE + HOUR, mayTell: false });
    expect(quiet.act).toBeUndefined();
    expect(quiet).toMatchObject({ outputs: { followUp: 'open', overdue: true }, nextAt: DUE + HOUR });
    expect(look({ current: { ...current, ...quiet.outputs }, now: DUE + HOUR })).toMatchObject({ act: 'remind' });
  });
});

describe('whatever sales do, and whenever somebody looks', () => {
  const touches = fc
    .array(
      fc.record({
        type: fc.constantFrom('call-attempt', 'sales-email', 'call', 'email-reply'),
        after: fc.integer({ min: 1, max: 30 * DAY }),
        rare: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 6 },
    )
    // Mostly tries, or few would live long enough to be late again.
    .map((all) =>
      all.map(({ type, after, rare }) => {
        const isInbound = type === 'email-reply';
        return touch(rare < 7 ? 'call-attempt' : type, ROUTED + after, rare < 7 || !isInbound ? {} : { isInbound });
      }),
    );
  const story = fc.record({
    routedAt: fc.integer({ min: -5 * DAY, max: 0 }).map((before) => ROUTED + before),
    within: fc.integer({ min: MINUTE, max: 20 * HOUR }),
    touches,
    hours: fc.constantFrom(BERLIN, undefined),
    until: fc.constant(WEEKS),
  });
  const looks = fc.array(
    fc.integer({ min: 1, max: 60 * DAY }).map((after) => ROUTED + after),
    { maxLength: 40 },
  );

  test('it is told within working hours, and at most once for each try that is due', () => {
    fc.assert(
      fc.property(story, looks, (told, more) => {
        const { told: acts } = play({ ...told, looks: more });
        expect(acts.filter(({ at }) => !isWorking(at, told.hours))).toEqual([]);
        const known = acts.map(({ act, attempts }) => `${act} ${attempts}`);
        expect(known).toEqual([...new Set(known)]);
        expect(acts.filter(({ act, attempts }) => act === 'escalate' && attempts > 0)).toEqual([]);
      }),
    );
  });

  test('looking more often tells nothing else and nothing sooner', () => {
    fc.assert(
      fc.property(story, looks, (told, more) => {
        expect(play({ ...told, looks: more }).told).toEqual(play(told).told);
        expect(play({ ...told, looks: more }).held).toEqual(play(told).held);
      }),
    );
  });

  test('an emptied Redis tells nobody twice', () => {
    const gap = fc.record({ from: fc.integer({ min: 0, max: 40 * DAY }), days: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(story, looks, gap, (told, more, { from, days }) => {
        const forgotten: Play['forgotten'] = (at) => at >= ROUTED + from && at < ROUTED + from + days * DAY;
        const { told: acts } = play({ ...told, looks: more, forgotten });
        const known = acts.map(({ act, attempts }) => `${act} ${attempts}`);
        expect(known).toEqual([...new Set(known)]);
      }),
    );
  });

  test('a reminder comes as soon as the lead is due, and escalates after its time', () => {
    fc.assert(
      fc.property(story, ({ touches: _, ...told }) => {
        const { told: acts } = play(told);
        const due = addWorkingTime(told.routedAt, told.within, told.hours);
        const [first, second] = acts;
        expect(workingTimeBetween(due, first?.at ?? 0, told.hours)).toBe(0);
        expect(workingTimeBetween(first?.at ?? 0, second?.at ?? 0, told.hours)).toBe(30 * MINUTE);
        expect(acts).toHaveLength(2);
      }),
    );
  });
});
