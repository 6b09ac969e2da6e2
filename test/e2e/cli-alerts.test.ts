import { expect, test } from 'vitest';
import { HOUR } from '../../src/base/clock.ts';
import { askCeiling } from '../../src/ledger/ceilings.ts';
import { takeDirty } from '../../src/ledger/dirty.ts';
import type { Space } from '../../src/ledger/space.ts';
import { type CliPortal, keepRedis, openCliPortal } from '../support/run-cli.ts';

const AT = Date.UTC(2026, 2, 31, 9, 30);

test('where all is well no rule is stopped', async () => {
  const { run } = await openCliPortal();
  expect(await run('alerts', 'list')).toMatchObject({ code: 0, out: 'no rule is stopped', err: '' });
  expect(JSON.parse((await run('alerts', 'list', '--json')).out)).toEqual([]);
});

test('the list tells of every rule that is stopped, and how to let it go on', async () => {
  const { run } = await withStopped();
  const { out, err } = await run('alerts', 'list');
  expect(out.split('\n')).toEqual([
    'RULE           SINCE                   HELD  CEILING',
    'platform/demo  31 Mar 2026, 09:30 UTC  2     1 lead in 1 hour',
  ]);
  expect(err).toBe(
    'to let one go on, run: leadgauge alerts resume RULE, or to tell nobody: leadgauge alerts drop RULE',
  );
  expect(JSON.parse((await run('alerts', 'list', '--json')).out)).toEqual([
    { rule: 'platform/demo', since: '2026-03-31T09:30:00.000Z', held: 2, ceiling: { leads: 1, per: HOUR } },
  ]);
});

test('resume has the leads that were held scored again, and lets them through', async () => {
  const { run, space } = await withStopped();
  const { code, out } = await run('alerts', 'resume', 'platform/demo');
  expect({ code, out }).toEqual({ code: 0, out: 'platform/demo goes on: sales will be told of 2 leads by the worker' });
  expect((await dirty(space)).sort()).toEqual(['2', '3']);
  // The score job has been woken for whoever works.
  expect(await space.redis.exists('leadgauge:{queues}:score:wait')).toBe(1);
  expect(await ask(space, ['2', '3'])).toMatchObject({ held: new Set(), dropped: new Set() });
  expect((await run('alerts', 'list')).out).toBe('no rule is stopped');
});

test('drop has them scored again too, and they are told to nobody', async () => {
  const { run, space } = await withStopped();
  const { code, out } = await run('alerts', 'drop', 'platform/demo', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ rule: 'platform/demo', dropped: 2 });
  expect((await dirty(space)).sort()).toEqual(['2', '3']);
  expect(await ask(space, ['2', '3'])).toMatchObject({ held: new Set(), dropped: new Set(['event 2', 'event 3']) });
});

test('a rule that is not stopped is refused, with the nearest one that is', async () => {
  const { run, space } = await withStopped();
  const near = await run('alerts', 'resume', 'platform/dmeo');
  expect(near).toMatchObject({ code: 2, err: 'no rule "platform/dmeo" is stopped: did you mean "platform/demo"?' });
  const far = await run('alerts', 'drop', 'mql');
  expect(far).toMatchObject({ code: 2, err: 'no rule "mql" is stopped: see them with "leadgauge alerts list"' });
  expect(await dirty(space)).toEqual([]);
});

const ask = (space: Space, ids: readonly string[]) =>
  askCeiling(
    space,
    'platform/demo',
    ids.map((leadId) => ({ leadId, event: `event ${leadId}` })),
    { leads: 1, per: HOUR, now: AT },
  );

const dirty = async (space: Space) => (await takeDirty(space, 10, Date.now())).map(({ id }) => id);

async function withStopped(): Promise<CliPortal & { space: Space }> {
  const portal = await openCliPortal();
  const space = await keepRedis(portal.env);
  await ask(space, ['1', '2', '3']);
  return { ...portal, space };
}
