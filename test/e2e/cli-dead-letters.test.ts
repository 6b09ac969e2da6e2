import { expect, test } from 'vitest';
import { addDeadLetter, listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { takeDirty } from '../../src/ledger/dirty.ts';
import type { Space } from '../../src/ledger/space.ts';
import { type CliPortal, keepRedis, openCliPortal } from '../support/run-cli.ts';

const AT = Date.UTC(2026, 2, 31, 9, 30);

test('where all is well there are no dead letters', async () => {
  const { run } = await openCliPortal();
  const { code, out, err } = await run('dead-letters', 'list');
  expect({ code, out }).toEqual({ code: 0, out: 'no dead letters' });
  expect(err).toMatch(/^note: this Redis has seen no backfill/);
  expect(await run('dead-letters', 'retry')).toMatchObject({ code: 0, out: 'no dead letters' });
  expect(JSON.parse((await run('dead-letters', 'list', '--json')).out)).toEqual([]);
});

test('the list tells of every dead letter, oldest first', async () => {
  const { run } = await withLetters();
  expect((await run('dead-letters', 'list')).out.split('\n')).toEqual([
    'ID              SINCE                   REASON',
    '1234            31 Mar 2026, 09:30 UTC  a value is too long',
    '5678            31 Mar 2026, 09:31 UTC  a value is not allowed',
    'webhook-1000-0  31 Mar 2026, 09:32 UTC  a webhook event was left out',
  ]);
  expect(JSON.parse((await run('dead-letters', 'list', '--json')).out)[0]).toEqual({
    id: '1234',
    at: '2026-03-31T09:30:00.000Z',
    reason: 'a value is too long',
  });
});

test('the list ends with what retry does to what is on it', async () => {
  const { run } = await withLetters();
  const err = async () => (await run('dead-letters', 'list')).err;
  expect(await err()).toBe(
    'to try them again, and take those that begin with "webhook-" off the list, run: leadgauge dead-letters retry',
  );
  await run('dead-letters', 'retry', '1234', '5678');
  expect(await err()).toBe(
    'none names a lead to try again; to take them off the list, run: leadgauge dead-letters retry',
  );
});

test('retry marks leads to be scored again, and only takes off the list what names no lead', async () => {
  const { run, space } = await withLetters();
  const { code, out } = await run('dead-letters', 'retry');
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual([
    '2 leads will be scored again by the worker',
    '1 webhook event taken off the list: unreadable, so there is no lead to try again',
  ]);
  expect(await listDeadLetters(space)).toEqual([]);
  expect((await takeDirty(space, 10, Date.now())).map(({ id }) => id).sort()).toEqual(['1234', '5678']);
  // The score job has been woken for whoever works.
  expect(await space.redis.exists('leadgauge:{queues}:score:wait')).toBe(1);
});

test('retry of some leaves the others', async () => {
  const { run, space } = await withLetters();
  const { out } = await run('dead-letters', 'retry', '5678', '5678', '--json');
  expect(JSON.parse(out)).toEqual({ retried: ['5678'], removed: [] });
  expect((await listDeadLetters(space)).map(({ id }) => id)).toEqual(['1234', 'webhook-1000-0']);
});

test('an id that is no dead letter is refused before anything is done', async () => {
  const { run, space } = await withLetters();
  const { code, err } = await run('dead-letters', 'retry', '1234', '99');
  expect(code).toBe(2);
  expect(err).toBe('no dead letter has the id 99: see them with "leadgauge dead-letters list"');
  expect(await listDeadLetters(space)).toHaveLength(3);
});

async function withLetters(): Promise<CliPortal & { space: Space }> {
  const portal = await openCliPortal();
  const space = await keepRedis(portal.env);
  await addDeadLetter(space, { id: '5678', reason: 'a value is not allowed', at: AT + 60_000 });
  await addDeadLetter(space, { id: '1234', reason: 'a value is too long', at: AT });
  await addDeadLetter(space, { id: 'webhook-1000-0', reason: 'a webhook event was left out', at: AT + 120_000 });
  return { ...portal, space };
}
