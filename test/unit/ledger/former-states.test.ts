import { expect, test } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { readLeadStates } from '../../../src/ledger/former-states.ts';
import { type LeadState, saveStates } from '../../../src/ledger/lead-state.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');

const state = (id: string, more: Partial<LeadState> = {}): LeadState => ({
  id,
  emailHashes: [],
  formerIds: [],
  askedRules: ['asked'],
  passedOverBy: [],
  heldRules: [],
  ...more,
});
const save = (...states: LeadState[]) => saveStates(space, states, { now: MONDAY, keep: DAY });
const read = async (id: string, formerIds: readonly string[]) =>
  (await readLeadStates(space, [{ id, formerIds, emails: [], fields: {}, createdAt: MONDAY }]))[0];

test('a merged record with no state of its own goes on where those before it stood', async () => {
  const echo = { changedAt: MONDAY, fingerprint: 'f00d' };
  await save(
    state('1', { echo, emailHashes: ['one'], heldRules: ['b'], passedOverBy: ['x', 'y'] }),
    state('2', { askedRules: ['asked', 'older'], heldRules: ['a', 'b'], passedOverBy: ['y'] }),
  );
  const taken = state('9', { askedRules: ['asked', 'older'], heldRules: ['a', 'b'], passedOverBy: ['y'] });
  expect(await read('9', ['1', '2', '3'])).toEqual(taken);
});

test('a record that another was merged into keeps its own state, and what held for the other held', async () => {
  const own = state('1', { dueAt: MONDAY + DAY, heldRules: ['a'], passedOverBy: ['x'] });
  await save(own, state('2', { heldRules: ['b'] }));
  expect(await read('1', ['2'])).toMatchObject({ ...own, heldRules: ['a', 'b'] });
});

test('what a record took over once is not taken over again', async () => {
  const own = state('1', { formerIds: ['2'], heldRules: [] });
  await save(own, state('2', { heldRules: ['b'] }));
  expect(await read('1', ['2'])).toMatchObject({ formerIds: ['2'], heldRules: [] });
});

test('of a lead that nobody scored nothing is remembered', async () => {
  expect(await read('1', [])).toBeUndefined();
  expect(await read('1', ['2'])).toBeUndefined();
});
