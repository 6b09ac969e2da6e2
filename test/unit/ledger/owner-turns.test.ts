import { expect, test } from 'vitest';
import { type Candidate, forgetOwnerTurns, takeOwnerTurn } from '../../../src/ledger/owner-turns.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { keysLike } from '../../support/redis-keys.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');

/** Small letters are away. */
const people = (names: string): Candidate[] =>
  [...names].map((name) => ({ id: name.toUpperCase(), isThere: name === name.toUpperCase() }));

let leads = 0;

/** Who gets so many new leads, one after the other. */
async function deal(count: number, names: string, pool = 'dach'): Promise<string> {
  const given: (string | undefined)[] = [];
  for (let dealt = 0; dealt < count; dealt++) {
    leads += 1;
    given.push(await takeOwnerTurn(space, pool, `lead-${leads}`, people(names)));
  }
  return given.map((id) => id ?? '-').join('');
}

test('people take leads in turn', async () => {
  expect(await deal(7, 'ABC')).toBe('ABCABCA');
});

test('the same lead gets the same one, however often it is tried', async () => {
  for (const _ of [1, 2, 3]) expect(await takeOwnerTurn(space, 'dach', 'ada', people('ABC'))).toBe('A');
  expect(await takeOwnerTurn(space, 'dach', 'bo', people('ABC'))).toBe('B');
  expect(await takeOwnerTurn(space, 'dach', 'ada', people('ABC'))).toBe('A');
});

test('but for one who has gone away since', async () => {
  expect(await takeOwnerTurn(space, 'dach', 'ada', people('ABC'))).toBe('A');
  expect(await takeOwnerTurn(space, 'dach', 'ada', people('aBC'))).toBe('B');
  expect(await takeOwnerTurn(space, 'dach', 'ada', people('ABC'))).toBe('B');
});

test('who is away is passed over, and the others have as many leads as each other', async () => {
  expect(await deal(6, 'AbC')).toBe('ACACAC');
  expect(await deal(6, 'ABC')).toBe('ABCABC');
});

test('where all are away, nobody gets it and nobody loses a turn', async () => {
  expect(await deal(1, 'ABC')).toBe('A');
  expect(await deal(3, 'abc')).toBe('---');
  expect(await deal(2, 'ABC')).toBe('BC');
});

test('turns go on where they were when people come and go', async () => {
  expect(await deal(2, 'ABC')).toBe('AB');
  expect(await deal(3, 'ABDC')).toBe('DCA');
  expect(await deal(2, 'BDC')).toBe('BD');
});

test('each pool has turns of its own', async () => {
  expect(await deal(2, 'ABC', 'dach')).toBe('AB');
  expect(await deal(2, 'ABC', 'emea')).toBe('AB');
  expect(await deal(1, 'ABC', 'dach')).toBe('C');
});

test('of many leads at once, each of the people has as many', async () => {
  const all = await Promise.all(
    Array.from({ length: 30 }, (_, index) => takeOwnerTurn(space, 'dach', `at-once-${index}`, people('ABC'))),
  );
  expect([...Map.groupBy(all, (id) => id).values()].map(({ length }) => length)).toEqual([10, 10, 10]);
});

test('a lead that is erased leaves nothing', async () => {
  await takeOwnerTurn(space, 'dach', 'ada', people('ABC'));
  await forgetOwnerTurns(space, ['ada']);
  expect(await keysLike(space.redis, '*ada*')).toEqual([]);
});
