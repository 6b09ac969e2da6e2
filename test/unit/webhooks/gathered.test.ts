import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gathered } from '../../../src/webhooks/gathered.ts';

/** Notes what was done at once; each step ends when the test says so. */
function notedWork() {
  const done: string[][] = [];
  const ends: ((error?: Error) => void)[] = [];
  const work = (items: readonly string[]) => {
    done.push([...items]);
    return new Promise<void>((resolve, reject) => {
      ends.push((error) => (error === undefined ? resolve() : reject(error)));
    });
  };
  return { done, ends, work };
}

test('what is asked for within one turn of the event loop is done at once, and nobody waits for who comes later', async () => {
  const { done, ends, work } = notedWork();
  const ask = gathered(10, work);
  const [first, second] = [ask(['a', 'b']), ask(['c'])];
  expect(done).toEqual([]);
  await nextTurn();
  expect(done).toEqual([['a', 'b', 'c']]);
  // The step before is still under way.
  const third = ask(['d']);
  await nextTurn();
  expect(done).toEqual([['a', 'b', 'c'], ['d']]);
  ends[1]?.();
  await third;
  ends[0]?.();
  await Promise.all([first, second]);
});

test('more than a step may carry is done in several, and what one alone asks for is never parted', async () => {
  const { done, ends, work } = notedWork();
  const ask = gathered(3, work);
  const all = [ask(['a', 'b']), ask(['c', 'd']), ask(['e']), ask(['f', 'g', 'h', 'i'])];
  await nextTurn();
  expect(done).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
    ['f', 'g', 'h', 'i'],
  ]);
  for (const end of ends) end();
  await Promise.all(all);
});

test('whoever shares a step that fails is told so, and the next ones are not', async () => {
  const { ends, work } = notedWork();
  const ask = gathered(10, work);
  const shared = Promise.allSettled([ask(['a']), ask(['b'])]);
  await nextTurn();
  const next = ask(['c']);
  await nextTurn();
  ends[0]?.(new Error('Redis is away'));
  ends[1]?.();
  expect((await shared).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(next).resolves.toBeUndefined();
});

test('a step without anything in it, such as a wake, is shared all the same', async () => {
  const { done, ends, work } = notedWork();
  const ask = gathered(0, work);
  const all = [ask([]), ask([]), ask([])];
  await nextTurn();
  expect(done).toEqual([[]]);
  for (const end of ends) end();
  await Promise.all(all);
});
