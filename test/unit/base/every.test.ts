import { expect, test } from 'vitest';
import type { Clock } from '../../../src/base/clock.ts';
import { every } from '../../../src/base/every.ts';
import { createTestClock } from '../../support/test-clock.ts';

/** A clock without a way of its own to do things again and again. */
function plainClock() {
  const { now, sleep, advance, slept } = createTestClock({ sleeps: 'on-demand' });
  const clock: Clock = { now, sleep };
  return { clock, advance, slept };
}

test('does the work each time so many milliseconds have passed, until it is ended', async () => {
  const { clock, advance } = plainClock();
  const times: number[] = [];
  const began = clock.now();
  const end = every(clock, 20, async () => void times.push(clock.now() - began));
  await advance(10);
  expect(times).toEqual([]);
  await advance(55);
  expect(times).toEqual([20, 40, 60]);
  await end();
  await advance(100);
  expect(times).toEqual([20, 40, 60]);
});

test('is never at it twice at once, and ends once what is under way is over', async () => {
  const { clock, advance } = plainClock();
  const slow = Promise.withResolvers<void>();
  let begun = 0;
  const end = every(clock, 20, async () => {
    begun += 1;
    await slow.promise;
  });
  await advance(100);
  expect(begun).toBe(1);
  let isOver = false;
  const ended = end().then(() => {
    isOver = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isOver).toBe(false);
  slow.resolve();
  await ended;
  await advance(100);
  expect(begun).toBe(1);
});

test('leaves no sleep behind', async () => {
  const { clock, advance, slept } = plainClock();
  const end = every(clock, 20, async () => {});
  await advance(20);
  await end();
  expect(slept).toHaveLength(2);
  await advance(100);
  expect(slept).toHaveLength(2);
});
