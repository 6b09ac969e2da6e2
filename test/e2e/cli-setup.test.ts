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
  expect(steps).toHaveLength(28);
  expect(JSON.parse((await run('setup', '--json', '--yes')).out)).toEqual({ steps, applied: true });
  expect(JSON.parse((await run('setup', '--json')).out)).toEqual({ applied: false, steps: [] });
});

test('setup hubspot is the same, and another CRM is refused', async () => {
  const { run } = await openCliPortal();
  expect((await run('setup', 'hubspot', '--dry-run')).out).toBe((await run('setup', '--dry-run')).out);
  expect(await run('setup', 'pipedrive', '--dry-run')).toMatchObject({ code: 2 });
});

test('setup that fails midway keeps what it made, and the next one goes on there', async () => {
  const { sandbox, run } = await openCliPortal();
  sandbox.faults.add({ method: 'POST', path: '/crm/properties/2026-09/contacts/batch/create', status: 403 });
  const { code, err } = await run('setup', '--yes');
  expect(code).toBe(2);
  expect(err).toContain('not all of it was created: what was stays, and the next "leadgauge setup" goes on there');
  expect(sandbox.portal.contactTable.properties.groups.has('leadgauge')).toBe(true);
  sandbox.faults.clear();
  const again = await run('setup', '--yes');
  expect(again.code).toBe(0);
  expect(again.out).not.toContain('group leadgauge');
  expect(again.out).toContain('  + property leadgauge_score (number): Lead score');
});

test('setup refuses what cannot hold a result, and takes what can, whichever group it is in', async () => {
  const { sandbox, run } = await openCliPortal();
  const { properties } = sandbox.portal.contactTable;
  const there = { label: 'There already', groupName: 'contactinformation' };
  properties.add({ ...there, name: 'leadgauge_score', type: 'number', fieldType: 'calculation_equation' }, 0);
  properties.add({ ...there, name: 'leadgauge_grade', type: 'number', fieldType: 'number' }, 0);
  properties.add({ ...there, name: 'leadgauge_fit', type: 'number', fieldType: 'number' }, 0);
  const { code, out, err } = await run('setup', '--yes');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.split('\n')).toEqual([
    expect.stringMatching(
      /^config\/hubspot\.yaml:\d+:\d+ .*"leadgauge_score" cannot be written to, as it is calculated/,
    ),
    expect.stringMatching(/^config\/hubspot\.yaml:\d+:\d+ .*"leadgauge_grade" is of type number, not string: name/),
  ]);
});
