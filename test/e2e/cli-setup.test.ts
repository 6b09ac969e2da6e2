import { expect, test } from 'vitest';
import { openCliPortal } from '../support/run-cli.ts';

test('setup shows what it will create and, where nobody can be asked, creates nothing and says how', async () => {
  const { sandbox, run } = await openCliPortal();
  const { code, out, err } = await run('setup');
  expect(code).toBe(2);
  expect(out).toContain('  + property leadgauge_score (number): Lead score');
  expect(out).toContain('nothing was created');
  expect(err).toBe('to create this, run: leadgauge setup --yes');
  expect(sandbox.portal.properties.get('leadgauge_score')).toBeUndefined();
});

test('setup --dry-run only shows', async () => {
  const { sandbox, run } = await openCliPortal();
  const { code, out, err } = await run('setup', '--dry-run', '--yes');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('  + group leadgauge: Lead scoring');
  expect(sandbox.portal.properties.get('leadgauge_score')).toBeUndefined();
});

test('setup --yes creates all of it, and doing it again creates nothing', async () => {
  const { sandbox, run } = await openCliPortal();
  expect(await run('setup', '--yes')).toMatchObject({ code: 0, err: '' });
  expect(sandbox.portal.properties.get('leadgauge_flags')).toBeDefined();
  sandbox.requests.clear();
  expect(await run('setup', '--yes')).toEqual({
    code: 0,
    out: 'everything is there already: nothing to create',
    err: '',
  });
  expect(await run('setup')).toMatchObject({ code: 0 });
  expect(sandbox.requests.count({ method: 'POST' })).toBe(0);
});

test('setup --json prints the plan and whether it was carried out', async () => {
  const { run } = await openCliPortal();
  const planned = await run('setup', '--json');
  const { steps, applied } = JSON.parse(planned.out);
  expect(planned.code).toBe(2);
  expect(applied).toBe(false);
  expect(steps).toHaveLength(17);
  expect(JSON.parse((await run('setup', '--json', '--yes')).out)).toEqual({ steps, applied: true });
  expect(JSON.parse((await run('setup', '--json')).out)).toEqual({ applied: false, steps: [] });
});
