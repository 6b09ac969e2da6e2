import { expect, test } from 'vitest';
import { HOUR } from '../../src/base/clock.ts';
import { dropRule, resumeRule } from '../../src/ledger/ceiling-decisions.ts';
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
    'RULE                   SINCE                   HELD  CEILING',
    'platform/demo-request  31 Mar 2026, 09:30 UTC  2     1 lead in 1 hour',
  ]);
  expect(err).toBe(
    'to let one go on, run: leadgauge alerts resume RULE, or to tell nobody: leadgauge alerts drop RULE',
  );
  expect(JSON.parse((await run('alerts', 'list', '--json')).out)).toEqual([
    { rule: RULE, since: '2026-03-31T09:30:00.000Z', held: 2, ceiling: { leads: 1, per: HOUR } },
  ]);
});

test('resume has the leads that were held scored again, and lets them through', async () => {
  const { run, space } = await withStopped();
  const { code, out } = await run('alerts', 'resume', RULE);
  expect({ code, out }).toEqual({
    code: 0,
    out: `${RULE} goes on: sales will be told of 2 leads by the worker, as far as the rule still fits them`,
  });
  expect((await dirty(space)).sort()).toEqual(['2', '3']);
  // The score job has been woken for whoever works.
  expect(await space.redis.exists('leadgauge:{queues}:score:wait')).toBe(1);
  expect(await ask(space, ['2', '3'])).toMatchObject({ held: new Set(), dropped: new Set() });
  expect((await run('alerts', 'list')).out).toBe('no rule is stopped');
});

test('drop has them scored again too, and they are told to nobody', async () => {
  const { run, space } = await withStopped();
  const { code, out } = await run('alerts', 'drop', RULE, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ rule: RULE, dropped: 2 });
  expect((await dirty(space)).sort()).toEqual(['2', '3']);
  expect(await ask(space, ['2', '3'])).toMatchObject({ held: new Set(), dropped: new Set(['event 2', 'event 3']) });
});

test('a rule that is not stopped is refused, with the nearest one that is', async () => {
  const { run, space } = await withStopped();
  const near = await run('alerts', 'resume', 'platform/demo-reqeust');
  expect(near).toMatchObject({
    code: 2,
    err: `no rule "platform/demo-reqeust" is stopped: did you mean "${RULE}"?`,
  });
  const far = await run('alerts', 'drop', 'mql');
  expect(far).toMatchObject({ code: 2, err: 'no rule "mql" is stopped: see them with "leadgauge alerts list"' });
  expect(await dirty(space)).toEqual([]);
});

test('a drop that broke off is listed, and stays a drop: whatever is run again finishes it, and says so', async () => {
  const { run, space } = await withStopped();
  const broken: Space = { ...space, of: (name) => (name === 'sales' ? space.of(name) : fail()) };
  await expect(dropRule(broken, RULE, AT)).rejects.toThrow('the process ended');
  expect((await run('alerts', 'list')).out).toContain(
    `${RULE}  31 Mar 2026, 09:30 UTC  2     1 lead in 1 hour  dropped,`,
  );
  expect(JSON.parse((await run('alerts', 'list', '--json')).out)).toMatchObject([
    { rule: RULE, unfinished: 'dropped' },
  ]);
  expect(await dirty(space)).toEqual([]);

  expect(await run('alerts', 'resume', RULE)).toMatchObject({
    code: 1,
    out: `${RULE} goes on: nobody is told of the 2 leads that it held`,
    err: `${RULE} was dropped before, which holds: it was not resumed`,
  });
  expect((await dirty(space)).sort()).toEqual(['2', '3']);
  expect(await ask(space, ['2', '3'])).toMatchObject({ held: new Set(), dropped: new Set(['event 2', 'event 3']) });
  expect((await run('alerts', 'list')).out).toBe('no rule is stopped');
  expect(await run('alerts', 'resume', RULE)).toMatchObject({ code: 2 });
});

test('a script that drops a rule which was resumed before does not take it for dropped', async () => {
  const { run, space } = await withStopped();
  const broken: Space = { ...space, of: (name) => (name === 'sales' ? space.of(name) : fail()) };
  await expect(resumeRule(broken, RULE, AT)).rejects.toThrow('the process ended');
  const { code, out, err } = await run('alerts', 'drop', RULE, '--json');
  expect({ code, err }).toEqual({ code: 1, err: `${RULE} was resumed before, which holds: it was not dropped` });
  expect(JSON.parse(out)).toEqual({ rule: RULE, resumed: 2 });
  expect((await dirty(space)).sort()).toEqual(['2', '3']);
});

test('what a rule holds that no model has any more can be dropped, and not resumed', async () => {
  const { run, space } = await withStopped('platform/asks-for-demo');
  expect((await run('alerts', 'list')).out).toContain('1 lead in 1 hour  no model has it any more: drop it');
  const refused = await run('alerts', 'resume', 'platform/asks-for-demo');
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('no model has the rule "platform/asks-for-demo" any more');
  expect(await dirty(space)).toEqual([]);
  expect(await run('alerts', 'drop', 'platform/asks-for-demo')).toMatchObject({ code: 0 });
  expect((await dirty(space)).sort()).toEqual(['2', '3']);
});

const RULE = 'platform/demo-request';

const fail = () => {
  throw new Error('the process ended');
};

const ask = (space: Space, ids: readonly string[], rule = RULE) =>
  askCeiling(
    space,
    rule,
    ids.map((leadId) => ({ leadId, event: `event ${leadId}` })),
    { leads: 1, per: HOUR, now: AT },
  );

const dirty = async (space: Space) => (await takeDirty(space, 10, Date.now())).map(({ id }) => id);

async function withStopped(rule = RULE): Promise<CliPortal & { space: Space }> {
  const portal = await openCliPortal();
  const space = await keepRedis(portal.env);
  await ask(space, ['1', '2', '3'], rule);
  return { ...portal, space };
}
