import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import type { ReportedLimits } from '../../../src/crm/api-budget.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { type BudgetLimits, createBudget } from '../../../src/queue/budget.ts';
import { budgetLeft } from '../../../src/queue/budget-left.ts';
import { createTestClock, MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');

const LIMITS: BudgetLimits = {
  burst: 10,
  interval: 10 * SECOND,
  search: 4,
  searchInterval: SECOND,
  burstReserve: 0,
  dailyReserve: 100,
};

function createBench(limits: Partial<BudgetLimits> = {}) {
  const clock = createTestClock();
  const own = { ...LIMITS, ...limits };
  const budget = createBudget(space, own, clock);
  return {
    clock,
    budget,
    left: () => budgetLeft(space, own, clock.now()),
    async call(reported?: ReportedLimits) {
      (await budget.take({}))(reported);
    },
  };
}

test('before the first call all of the burst is left, and nothing is known of the day', async () => {
  const { left } = createBench();
  expect(await left()).toEqual({ burst: 10, burstOf: 10, interval: 10 * SECOND });
});

test('a call takes of the burst for an interval, looking at it takes nothing', async () => {
  const { left, call, clock } = createBench();
  await call();
  await call();
  for (let look = 0; look < 20; look += 1) await left();
  expect(await left()).toMatchObject({ burst: 8, burstOf: 10 });
  await clock.advance(10 * SECOND);
  expect(await left()).toMatchObject({ burst: 10 });
});

test('what an answer told of the burst and the day holds, unless config says otherwise', async () => {
  const reported = { burst: 190, daily: 250_000, dailyRemaining: 249_000 };
  const { left, call, clock } = createBench();
  await call(reported);
  await clock.advance(MINUTE);
  const day = { left: 249_000, of: 250_000, toldAt: MONDAY };
  expect(await left()).toEqual({ burst: 190, burstOf: 190, interval: 10 * SECOND, day });
  await clock.advance(DAY);
  expect(await left()).not.toHaveProperty('day');
  const fixed = createBench({ fixedBurst: true });
  await fixed.call(reported);
  expect(await fixed.left()).toMatchObject({ burstOf: 10 });
});

test('fewer calls a day, by config, are counted for this day alone', async () => {
  const { left, call, clock } = createBench({ daily: 1_000 });
  expect(await left()).toMatchObject({ ownDay: { left: 1_000, of: 1_000 } });
  await call();
  expect(await left()).toMatchObject({ ownDay: { left: 999, of: 1_000 } });
  await clock.advance(DAY);
  expect(await left()).toMatchObject({ ownDay: { left: 1_000 } });
});

test('a day that is spent is told until ordinary work goes on', async () => {
  const { left, call, clock } = createBench();
  await call({ daily: 1_000, dailyRemaining: 100 });
  await expect(call()).rejects.toThrow("the day's API calls are spent");
  expect(await left()).toMatchObject({ spent: 'account', day: { left: 100 } });
  await clock.advance(HOUR);
  await call({ daily: 1_000, dailyRemaining: 1_000 });
  await call();
  expect(await left()).not.toHaveProperty('spent');
});

test('a pause that the CRM asked for is told while it lasts', async () => {
  const { left, budget, clock } = createBench();
  await budget.pause('all', 30 * SECOND);
  expect(await left()).toMatchObject({ pausedUntil: MONDAY + 30 * SECOND });
  await clock.advance(30 * SECOND);
  expect(await left()).not.toHaveProperty('pausedUntil');
});
