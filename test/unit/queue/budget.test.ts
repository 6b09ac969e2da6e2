import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Clock, DAY, HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import { RateLimitedError } from '../../../src/base/errors.ts';
import { silentLog } from '../../../src/base/log.ts';
import type { ApiBudget, BudgetedCall } from '../../../src/crm/api-budget.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { type BudgetLimits, createBudget } from '../../../src/queue/budget.ts';
import { createTestClock, MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');
const otherProcess = createSpace(redis.client(), 'test', 'hubspot');

const LIMITS: BudgetLimits = {
  burst: 10,
  interval: 10 * SECOND,
  search: 4,
  searchInterval: SECOND,
  burstReserve: 3,
  dailyReserve: 100,
};

/** A budget on a clock that moves by itself when somebody waits, so that `slept` tells who had to. */
function createBench(limits: Partial<BudgetLimits> = {}, where = space) {
  const clock = createTestClock();
  const budget = createBudget(where, { ...LIMITS, ...limits }, clock);
  return { clock, budget };
}

/** Makes calls whose answers come at once. */
async function call(budget: ApiBudget, times: number, what: BudgetedCall = {}): Promise<void> {
  for (let made = 0; made < times; made += 1) (await budget.take(what))();
}

describe('the limit of calls for each interval', () => {
  test('no interval of the CRM ever holds more calls than the limit, and under pressure nearly all are used', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 6, max: 12 }),
      fc.infiniteStream(latency),
      async (burst, rest) => {
        await redis.flush();
        const arrivals = await callUnderPressure({ ...LIMITS, burst, burstReserve: 0 }, 4 * burst, rest);
        for (const [index, arrival] of arrivals.slice(burst).entries()) {
          expect(arrival - (arrivals[index] ?? 0)).toBeGreaterThanOrEqual(LIMITS.interval);
        }
        const elapsed = (arrivals.at(-1) ?? 0) - (arrivals[burst - 1] ?? 0);
        expect((3 * LIMITS.interval) / elapsed).toBeGreaterThan(0.95);
      },
    );
    await fc.assert(property, { numRuns: 4 });
  });

  test('an answer that takes half a minute keeps its slot all that time, and one interval more', async () => {
    const { budget, clock } = createBench({ burst: 1, burstReserve: 0 });
    const settle = await budget.take({});
    await clock.advance(30 * SECOND);
    settle();
    await budget.take({});
    expect(clock.now() - MONDAY).toBeGreaterThanOrEqual(40 * SECOND);
  });

  test('an answer that never comes gives its slot back in the end', async () => {
    const { budget, clock } = createBench({ burst: 1, burstReserve: 0 });
    await budget.take({});
    await budget.take({});
    expect(clock.now() - MONDAY).toBeGreaterThanOrEqual(MINUTE);
    expect(clock.now() - MONDAY).toBeLessThan(2 * MINUTE);
  });

  test('only urgent calls may use the reserve', async () => {
    const { budget, clock } = createBench();
    await call(budget, 7);
    await call(budget, 3, { urgent: true });
    expect(clock.slept).toEqual([]);
    await call(budget, 1, { urgent: true });
    expect(clock.slept.length).toBeGreaterThan(0);
  });

  test('ordinary calls wait once only the reserve is left', async () => {
    const { budget, clock } = createBench();
    await call(budget, 8);
    expect(clock.now() - MONDAY).toBe(10 * SECOND);
  });

  test('the headers of an answer raise the limit, for every process', async () => {
    const { budget, clock } = createBench();
    (await budget.take({}))({ burst: 20, interval: 10 * SECOND, dailyRemaining: 5_000 });
    await call(budget, 7);
    const other = createBench({}, otherProcess);
    await call(other.budget, 1);
    expect([...clock.slept, ...other.clock.slept]).toEqual([]);
  });

  test('a limit that config gives holds whatever the headers say, and whatever they said before', async () => {
    (await createBench().budget.take({}))({ burst: 200 });
    const { budget, clock } = createBench({ fixedBurst: true, burst: 5, burstReserve: 0 });
    for (let made = 0; made < 4; made += 1) (await budget.take({}))({ burst: 200 });
    expect(clock.slept).toEqual([]);
    await call(budget, 1);
    expect(clock.slept.length).toBeGreaterThan(0);
  });

  test('ordinary calls under pressure are spaced, so that slots for urgent ones come free all the time', async () => {
    const limits = { ...LIMITS, burst: 40, burstReserve: 2 };
    const arrivals = await callUnderPressure(limits, 5 * limits.burst, constantLatency(50), 3);
    const settled = arrivals.filter((arrival) => arrival >= MONDAY + 2 * limits.interval);
    const gaps = settled.slice(1).map((arrival, index) => arrival - (settled[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(limits.interval / 5);
    const elapsed = (settled.at(-1) ?? 0) - (settled[0] ?? 0);
    const allowed = ((limits.burst - limits.burstReserve) * elapsed) / limits.interval;
    expect(gaps.length / allowed).toBeGreaterThan(0.95);
  });

  test('urgent calls take their turns from ordinary ones, and none of them waits for long', async () => {
    const limits = { ...LIMITS, burst: 40, burstReserve: 2 };
    const crowd = 4;
    const clock = createCrowdClock(crowd);
    const waits: number[] = [];
    const end = MONDAY + 5 * limits.interval;
    const caller = async (urgent: boolean) => {
      const budget = createBudget(urgent ? otherProcess : space, limits, clock);
      while (clock.now() < end) {
        const asked = clock.now();
        const settle = await budget.take({ urgent });
        if (urgent && asked >= MONDAY + limits.interval) waits.push(clock.now() - asked);
        await clock.sleep(50);
        settle();
        if (urgent) await clock.sleep(700);
      }
      clock.leave();
    };
    await Promise.all([caller(true), ...Array.from({ length: crowd - 1 }, () => caller(false))]);
    expect(waits.length).toBeGreaterThan(40);
    expect(Math.max(...waits)).toBeLessThan(limits.interval / 10);
  });

  test('patient calls take what the others leave: live work waits for none of them, and nothing is left unused', async () => {
    const limits = { ...LIMITS, burst: 40, burstReserve: 4 };
    const crowd = 4;
    const clock = createCrowdClock(crowd);
    const waits: number[] = [];
    const made = { patient: 0, brisk: 0 };
    const end = MONDAY + 8 * limits.interval;
    const isSteady = (at: number) => at >= MONDAY + 3 * limits.interval;
    const caller = async (isPatient: boolean) => {
      const budget = createBudget(isPatient ? space : otherProcess, limits, clock);
      while (clock.now() < end) {
        const asked = clock.now();
        const settle = await budget.take({ patient: isPatient });
        if (isSteady(asked)) made[isPatient ? 'patient' : 'brisk'] += 1;
        if (!isPatient && isSteady(asked)) waits.push(clock.now() - asked);
        await clock.sleep(10);
        settle();
        // One every second, of the nearly four that there are.
        if (!isPatient) await clock.sleep(990);
      }
      clock.leave();
    };
    await Promise.all([caller(false), ...Array.from({ length: crowd - 1 }, () => caller(true))]);
    expect(waits.length).toBeGreaterThan(40);
    expect(Math.max(...waits)).toBeLessThan(limits.interval / 20);
    const allowed = 5 * (limits.burst - limits.burstReserve - 1);
    expect((made.patient + made.brisk) / allowed).toBeGreaterThan(0.95);
    expect(made.patient).toBeGreaterThan(2 * made.brisk);
  });

  test.each([
    ['a backfill leaves them as many calls as two of them make at once', { patient: true }, 14],
    ['other live work leaves them as many as one makes', {}, 8],
  ])('while fast tracks come, %s', async (_, what, calls) => {
    const limits = { ...LIMITS, burst: 100, burstReserve: 3 };
    const crowd = 4;
    const clock = createCrowdClock(crowd);
    const waits: number[] = [];
    const end = MONDAY + 5 * limits.interval;
    const others = async () => {
      const budget = createBudget(space, limits, clock);
      while (clock.now() < end) {
        const settle = await budget.take(what);
        await clock.sleep(10);
        settle();
      }
      clock.leave();
    };
    const fastTracks = async () => {
      const budget = createBudget(otherProcess, limits, clock);
      while (clock.now() < end) {
        const asked = clock.now();
        const settles = [];
        for (let call = 0; call < calls; call += 1) settles.push(await budget.take({ urgent: true }));
        if (asked > MONDAY + 2 * limits.interval) waits.push(clock.now() - asked);
        for (const settle of settles) settle();
        await clock.sleep(4_000);
      }
      clock.leave();
    };
    await Promise.all([fastTracks(), ...Array.from({ length: crowd - 1 }, others)]);
    expect(waits.length).toBeGreaterThan(6);
    expect(Math.max(...waits)).toBe(0);
  });

  test('of a small limit fast tracks take no more than a share from the others', async () => {
    const { budget, clock } = createBench();
    await call(budget, 1, { urgent: true });
    await call(budget, 5);
    expect(clock.slept).toEqual([]);
  });

  test.each([
    ['a backfill', { patient: true }],
    ['other live work', {}],
  ])('a hot poll that finds nothing costs %s its own calls and no others', async (_, what) => {
    const limits = { ...LIMITS, burst: 100, burstReserve: 3 };
    const crowd = 4;
    const clock = createCrowdClock(crowd);
    const end = MONDAY + 6 * limits.interval;
    let made = 0;
    const others = async () => {
      const budget = createBudget(space, limits, clock);
      while (clock.now() < end) {
        const settle = await budget.take(what);
        if (clock.now() >= MONDAY + 2 * limits.interval) made += 1;
        await clock.sleep(10);
        settle();
      }
      clock.leave();
    };
    const hotPolls = async () => {
      const budget = createBudget(otherProcess, limits, clock);
      while (clock.now() < end) {
        for (let looked = 0; looked < 3; looked += 1) (await budget.take({ urgent: true, looks: true }))();
        await clock.sleep(limits.interval);
      }
      clock.leave();
    };
    await Promise.all([hotPolls(), ...Array.from({ length: crowd - 1 }, others)]);
    const most = limits.burst - limits.burstReserve - 1 - 3;
    expect(made / (4 * most)).toBeGreaterThan(0.95);
  });

  test('hot polls, however many, leave some of the reserve to whom they find', async () => {
    const { budget, clock } = createBench();
    await call(budget, 8, { urgent: true, looks: true });
    await call(budget, 2, { urgent: true });
    expect(clock.slept).toEqual([]);
    await redis.flush();
    const other = createBench();
    await call(other.budget, 8, { urgent: true, looks: true });
    expect(other.clock.slept).toEqual([]);
    await call(other.budget, 1, { urgent: true, looks: true });
    expect(other.clock.slept.length).toBeGreaterThan(0);
  });

  test('a few ordinary calls go out at once', async () => {
    const { budget, clock } = createBench({ burst: 40 });
    await call(budget, 10);
    expect(clock.slept).toEqual([]);
  });

  test('the interval that an answer tells of counts for calls whose answers tell nothing', async () => {
    const { budget, clock } = createBench({ burst: 4, burstReserve: 0 });
    (await budget.take({}))({ burst: 4, interval: 20 * SECOND });
    await call(budget, 3);
    await call(budget, 1);
    expect(clock.now() - MONDAY).toBe(20 * SECOND);
  });

  test('two processes share one budget', async () => {
    const one = createBench();
    const other = createBench({}, otherProcess);
    await call(one.budget, 4);
    await call(other.budget, 3);
    expect(other.clock.slept).toEqual([]);
    await call(other.budget, 1);
    expect(other.clock.now() - MONDAY).toBe(10 * SECOND);
  });

  test('searches have a limit of their own, which holds up no other call', async () => {
    const { budget, clock } = createBench();
    await call(budget, 4, { search: true });
    await call(budget, 2);
    expect(clock.slept).toEqual([]);
    await call(budget, 1, { search: true });
    expect(clock.now() - MONDAY).toBe(SECOND);
  });

  test('who waits is let go when the work is to stop', async () => {
    const stopping = new AbortController();
    const clock = createTestClock({ sleeps: 'on-demand' });
    const budget = createBudget(space, { ...LIMITS, burst: 1, burstReserve: 0 }, clock);
    await budget.take({});
    const waiting = budget.take({ signal: stopping.signal });
    stopping.abort(new Error('the process is stopping'));
    await expect(waiting).rejects.toThrow('the process is stopping');
  });
});

describe('a pause that the CRM asked for', () => {
  test('holds up every process until it is over', async () => {
    await createBench({}, otherProcess).budget.pause('all', 20 * SECOND);
    const { budget, clock } = createBench();
    await call(budget, 1, { urgent: true });
    expect(clock.now() - MONDAY).toBe(20 * SECOND);
  });

  test('of searches holds up searches alone', async () => {
    const { budget, clock } = createBench();
    await budget.pause('search', 5 * SECOND);
    await call(budget, 1);
    expect(clock.slept).toEqual([]);
    await call(budget, 1, { search: true });
    expect(clock.now() - MONDAY).toBe(5 * SECOND);
  });

  test('of hours is not waited for: the caller is told when to come again', async () => {
    const { budget } = createBench();
    await budget.pause('all', 2 * HOUR);
    await expect(budget.take({})).rejects.toSatisfy(saysWait(2 * HOUR));
  });

  test('is not made shorter by a later, shorter one', async () => {
    const { budget, clock } = createBench();
    await budget.pause('all', 30 * SECOND);
    await budget.pause('all', SECOND);
    await call(budget, 1);
    expect(clock.now() - MONDAY).toBe(30 * SECOND);
  });
});

describe('the calls of a day', () => {
  test('ordinary calls end at the reserve, urgent ones at the last', async () => {
    const { budget } = createBench();
    (await budget.take({}))({ dailyRemaining: 100 });
    await expect(budget.take({})).rejects.toSatisfy(saysWait(15 * MINUTE));
    (await budget.take({ urgent: true }))({ dailyRemaining: 0 });
    await expect(budget.take({ urgent: true })).rejects.toThrow(RateLimitedError);
  });

  test('after a quarter of an hour one call finds out whether a new day has begun', async () => {
    const { budget, clock } = createBench();
    (await budget.take({}))({ dailyRemaining: 0 });
    await clock.advance(15 * MINUTE);
    const settle = await budget.take({});
    await expect(budget.take({})).rejects.toThrow(RateLimitedError);
    settle({ dailyRemaining: 250_000 });
    await call(budget, 3);
  });

  test('while that call is under way the others wait for its answer, instead of resting for another quarter', async () => {
    const { budget, clock } = createBench();
    (await budget.take({}))({ dailyRemaining: 0 });
    await clock.advance(15 * MINUTE);
    const settle = await budget.take({});
    const others = [budget.take({}), budget.take({})];
    settle({ dailyRemaining: 250_000 });
    await Promise.all(others);
    expect(clock.now() - MONDAY).toBeLessThan(16 * MINUTE);
  });

  test('a search, whose answer tells nothing of the day, is not the call that finds out', async () => {
    const { budget, clock } = createBench();
    (await budget.take({}))({ dailyRemaining: 0 });
    await expect(budget.take({ search: true })).rejects.toThrow(RateLimitedError);
    await clock.advance(15 * MINUTE);
    await call(budget, 2, { search: true });
    (await budget.take({}))({ dailyRemaining: 0 });
    await expect(budget.take({ search: true })).rejects.toThrow(RateLimitedError);
  });

  test('a twentieth of what the account has is kept for urgent calls, where that is more', async () => {
    const { budget } = createBench();
    (await budget.take({}))({ daily: 250_000, dailyRemaining: 12_501 });
    (await budget.take({}))({ daily: 250_000, dailyRemaining: 12_500 });
    await expect(budget.take({})).rejects.toThrow(RateLimitedError);
    await call(budget, 1, { urgent: true });
  });

  test('that they are spent is said once for all processes, and once that it is over', async () => {
    const said: string[] = [];
    const say = (message: string) => void said.push(message);
    const log = { ...silentLog, info: say, warn: say };
    const clock = createTestClock();
    const [one, other] = [space, otherProcess].map((where) => createBudget(where, LIMITS, clock, log));
    (await one!.take({}))({ dailyRemaining: 100 });
    for (const budget of [one!, other!, one!]) await expect(budget.take({})).rejects.toThrow('spent');
    await call(other!, 1, { urgent: true });
    expect(said).toEqual([expect.stringContaining('until midnight in the time zone of the CRM account')]);
    await clock.advance(15 * MINUTE);
    (await one!.take({}))({ dailyRemaining: 90 });
    await expect(other!.take({})).rejects.toThrow('spent');
    expect(said).toHaveLength(1);
    (await one!.take({ urgent: true }))({ dailyRemaining: 5_000 });
    await call(other!, 2);
    await call(one!, 1);
    expect(said.slice(1)).toEqual([expect.stringContaining('it goes on')]);
  });

  test('a cap in config ends the day for ordinary calls a tenth early, and begins again at midnight UTC', async () => {
    const { budget, clock } = createBench({ daily: 20, burst: 100 });
    await call(budget, 18);
    const midnight = DAY - (MONDAY % DAY);
    await expect(budget.take({})).rejects.toSatisfy(saysWait(midnight));
    await call(budget, 2, { urgent: true });
    await expect(budget.take({ urgent: true })).rejects.toThrow(RateLimitedError);
    await clock.advance(midnight);
    await call(budget, 18);
    await expect(budget.take({})).rejects.toThrow(RateLimitedError);
  });
});

test('what a process whose clock stood in 2099 wrote down holds nobody up for long', async () => {
  const clock = createTestClock({ start: Date.UTC(2099, 0) });
  const wrong = createBudget(space, LIMITS, clock);
  (await wrong.take({ search: true }))({ dailyRemaining: 0 });
  await wrong.pause('all', MINUTE);
  const { budget, clock: right } = createBench({ burst: 1, burstReserve: 0, search: 1 });
  (await budget.take({ search: true }))({ dailyRemaining: 5_000 });
  expect(right.slept).toEqual([]);
  await budget.pause('all', 5 * SECOND);
  await call(budget, 1);
  expect(right.now() - MONDAY).toBe(10 * SECOND);
});

function saysWait(ms: number) {
  return (error: unknown) => error instanceof RateLimitedError && error.retryAfter === ms;
}

/** How long an answer takes in milliseconds, and after which part of that the CRM counted the call. */
const latency = fc.record({
  ms: fc.integer({ min: 20, max: 400 }),
  countedAfter: fc.double({ min: 0, max: 1, noNaN: true }),
});

function* constantLatency(ms: number): IterableIterator<{ readonly ms: number; readonly countedAfter: number }> {
  for (;;) yield { ms, countedAfter: 1 };
}

/** Many callers in two processes make so many calls as fast as they may. @returns when the CRM counted each. */
async function callUnderPressure(
  limits: BudgetLimits,
  calls: number,
  latencies: IterableIterator<{ readonly ms: number; readonly countedAfter: number }>,
  callers = limits.burst,
): Promise<number[]> {
  const clock = createCrowdClock(callers);
  const arrivals: number[] = [];
  let left = calls;
  const caller = async (_: unknown, index: number) => {
    const budget = createBudget(index % 2 === 0 ? space : otherProcess, limits, clock);
    while (left > 0) {
      left -= 1;
      const settle = await budget.take({});
      const { ms, countedAfter } = latencies.next().value;
      arrivals.push(clock.now() + ms * countedAfter);
      await clock.sleep(ms);
      settle();
    }
    clock.leave();
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return arrivals.sort((one, other) => one - other);
}

/** Time moves on to the next sleeper as soon as everybody sleeps, however long Redis takes for an answer. */
function createCrowdClock(size: number): Clock & { leave(): void } {
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  let awake = size;
  let now = MONDAY;

  function fallAsleep(): void {
    awake -= 1;
    if (awake > 0 || sleepers.length === 0) return;
    sleepers.sort((one, other) => one.at - other.at);
    const next = sleepers.shift();
    now = next?.at ?? now;
    awake += 1;
    next?.wake();
  }

  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((resolve) => {
        sleepers.push({ at: now + ms, wake: resolve });
        fallAsleep();
      }),
    leave: fallAsleep,
  };
}
