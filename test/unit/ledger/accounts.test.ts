import { expect, test } from 'vitest';
import {
  accountLetter,
  accountOfLetter,
  accountSpace,
  allMembers,
  joinAccounts,
  leaveAccounts,
  moveAccount,
  readPeople,
} from '../../../src/ledger/accounts.ts';
import { countDirty, settle, takeDirty } from '../../../src/ledger/dirty.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');
const accounts = accountSpace(space);

const scores = (total: number, model = 'platform') => [{ model, total, fit: total - 1, engagement: 1 }];
const member = (leadId: string, accountId: string | undefined, total = 10) => ({
  leadId,
  accountId,
  scores: scores(total),
});
const totals = async (id: string) => (await readPeople(space, [id]))[0]?.map(([one]) => one?.total).sort();

/** Takes and settles whatever is marked. */
async function marked(now = MONDAY): Promise<string[]> {
  const taken = await takeDirty(accounts, 100, now);
  await settle(accounts, taken, now);
  return taken.map(({ id }) => id).sort();
}

test('an account has the scores of its people, and is marked once however many join', async () => {
  await joinAccounts(space, [member('1', 'acme', 10), member('2', 'acme', 20), member('3', 'other', 5)], MONDAY);
  expect(await totals('acme')).toEqual([10, 20]);
  expect(await readPeople(space, ['nobody', 'other'])).toEqual([[], [scores(5)]]);
  expect(await marked()).toEqual(['acme', 'other']);
  expect(await countDirty(space)).toBe(0);
});

test('a lead that scores as before marks nothing, in whatever order its models come', async () => {
  const [a, b] = [scores(10, 'a'), scores(20, 'b')];
  await joinAccounts(space, [{ leadId: '1', accountId: 'acme', scores: [...a, ...b] }], MONDAY);
  expect(await marked()).toEqual(['acme']);
  await joinAccounts(space, [{ leadId: '1', accountId: 'acme', scores: [...b, ...a] }], MONDAY + 1);
  expect(await marked()).toEqual([]);
});

test('a lead that scores otherwise marks its account', async () => {
  await joinAccounts(space, [member('1', 'acme', 10)], MONDAY);
  await marked();
  await joinAccounts(space, [member('1', 'acme', 11)], MONDAY);
  expect(await marked()).toEqual(['acme']);
  expect(await totals('acme')).toEqual([11]);
});

test('who moves leaves the former account, and both are marked', async () => {
  await joinAccounts(space, [member('1', 'acme'), member('2', 'acme', 20)], MONDAY);
  await marked();
  await joinAccounts(space, [member('1', 'other')], MONDAY);
  expect(await marked()).toEqual(['acme', 'other']);
  expect([await totals('acme'), await totals('other')]).toEqual([[20], [10]]);
});

test('who has no account any more, or no score, or is no more, leaves', async () => {
  await joinAccounts(space, [member('1', 'acme'), member('2', 'acme'), member('3', 'acme')], MONDAY);
  await marked();
  await joinAccounts(space, [member('1', undefined), { leadId: '2', accountId: 'acme', scores: [] }], MONDAY);
  expect(await marked()).toEqual(['acme']);
  await leaveAccounts(space, ['3', 'unknown'], MONDAY);
  expect(await marked()).toEqual(['acme']);
  expect(await totals('acme')).toEqual([]);
  expect(await Array.fromAsync(allMembers(space))).toEqual([[]]);
});

test('a mark while an account is scored survives', async () => {
  await joinAccounts(space, [member('1', 'acme')], MONDAY);
  const taken = await takeDirty(accounts, 10, MONDAY);
  await joinAccounts(space, [member('2', 'acme')], MONDAY + 1);
  await settle(accounts, taken, MONDAY + 2);
  expect(await marked(MONDAY + 2)).toEqual(['acme']);
});

test('an account that was merged into another takes its people there, but for those who had moved', async () => {
  await joinAccounts(space, [member('1', 'acme', 10), member('2', 'acme', 20)], MONDAY);
  await joinAccounts(space, [member('2', 'elsewhere', 20)], MONDAY);
  await marked();
  await moveAccount(space, 'acme', 'acme-group', MONDAY);
  expect(await marked()).toEqual(['acme-group']);
  expect([await totals('acme'), await totals('acme-group'), await totals('elsewhere')]).toEqual([[], [10], [20]]);
  await leaveAccounts(space, ['1'], MONDAY);
  expect(await marked()).toEqual(['acme-group']);
});

test('an account that is no more is forgotten with who counted for it', async () => {
  await joinAccounts(space, [member('1', 'acme')], MONDAY);
  await marked();
  await moveAccount(space, 'acme', undefined, MONDAY);
  expect(await totals('acme')).toEqual([]);
  expect(await Array.fromAsync(allMembers(space))).toEqual([[]]);
  expect(await marked()).toEqual([]);
});

test('of every lead it is told for which account it counts and since when it was last looked at', async () => {
  const many = Array.from({ length: 1_200 }, (_, index) => member(String(index), `account-${index % 7}`));
  await joinAccounts(space, many, MONDAY);
  await joinAccounts(space, [member('5', 'account-5')], MONDAY + 1);
  const all = new Map((await Array.fromAsync(allMembers(space))).flat().map((one) => [one.leadId, one]));
  expect(all.size).toBe(1_200);
  expect(all.get('5')).toEqual({ leadId: '5', accountId: 'account-5', at: MONDAY + 1 });
  expect(all.get('6')).toEqual({ leadId: '6', accountId: 'account-6', at: MONDAY });
});

test('an account is known among the dead letters', () => {
  expect(accountOfLetter(accountLetter('17'))).toBe('17');
  expect([accountOfLetter('17'), accountOfLetter('webhook-17')]).toEqual([undefined, undefined]);
});
