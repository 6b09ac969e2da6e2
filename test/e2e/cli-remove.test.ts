import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyConfig, keepRedis, openCliPortal, runCli } from '../support/run-cli.ts';

async function setUpPortal() {
  const portal = await openCliPortal();
  expect(await portal.run('setup', '--yes')).toMatchObject({ code: 0 });
  const { properties } = portal.sandbox.portal.contactTable;
  const ours = () => [...properties.all()].map(({ name }) => name).filter((name) => name.startsWith('leadgauge_'));
  return { ...portal, properties, ours };
}

test('remove shows what it will delete and, where nobody can be asked, deletes nothing and says how', async () => {
  const { run, ours } = await setUpPortal();
  const before = ours();
  const { code, out, err } = await run('remove', 'hubspot');
  expect({ code, err }).toEqual({ code: 2, err: 'to delete this, run: leadgauge remove hubspot --yes' });
  expect(out).toContain('to be deleted from the portal, with all values in it:');
  expect(out).toContain('  - property leadgauge_score: Lead score');
  expect(out).toContain('  - group leadgauge: Lead scoring');
  expect(out).toContain('HubSpot keeps deleted properties for 90 days');
  expect(out).toContain('nothing was deleted');
  expect(await run('remove', 'hubspot', '--dry-run', '--yes')).toMatchObject({ code: 0, err: '' });
  expect(ours()).toEqual(before);
});

test('remove --yes takes away all that setup made, and doing it twice says that nothing is left', async () => {
  const { run, ours, properties, sandbox } = await setUpPortal();
  expect(ours()).toHaveLength(27);
  const { code, out, err } = await run('remove', 'hubspot', '--yes');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('deleted: 27 properties, 1 group');
  expect(out).toContain('2. The credential: in HubSpot, delete the project');
  expect(ours()).toEqual([]);
  expect(properties.groups.has('leadgauge')).toBe(false);
  sandbox.requests.clear();
  const again = await run('remove', 'hubspot');
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(again.out.split('\n')[0]).toBe('nothing that setup created is in the portal: nothing to remove');
  expect(sandbox.requests.count({ method: 'DELETE' })).toBe(0);
});

test('a set-up after that makes them anew', async () => {
  const { run } = await setUpPortal();
  await run('remove', 'hubspot', '--yes');
  const { code, out } = await run('setup', '--yes');
  expect(code).toBe(0);
  expect(out).toContain('  + property leadgauge_score (number): Lead score');
});

test('properties of companies and of models that are gone go as well', async () => {
  const { run, env, sandbox } = await openCliPortal();
  const config = copyConfig();
  const model = readFileSync(join(config, 'models/platform.yaml'), 'utf8');
  const services = `${model.replace(/^model: .*$/m, 'model: services').trimEnd()}\naccount: { of: total, roll_up: max }\n`;
  writeFileSync(join(config, 'models/services.yaml'), services);
  const yaml = join(config, 'hubspot.yaml');
  writeFileSync(yaml, `${readFileSync(yaml, 'utf8')}\nmodel_outputs: { services: {} }\n`);
  expect(await runCli(['setup', '--yes'], { ...env, LEADGAUGE_CONFIG: config })).toMatchObject({ code: 0 });
  rmSync(config, { recursive: true });
  const { contactTable, companyTable } = sandbox.portal;
  expect(companyTable.properties.get('leadgauge_services_account_score')).toBeDefined();

  const { code, out } = await run('remove', 'hubspot', '--yes');
  expect(code).toBe(0);
  expect(out).toContain('  - property leadgauge_services_fast_track_at: Fast-tracked (');
  expect(out).toContain('  - company property leadgauge_services_account_score: Account score (');
  expect(out).toContain('deleted: 55 properties, 2 groups');
  const left = [contactTable, companyTable].flatMap((table) => [...table.properties.all()]);
  expect(left.filter(({ groupName }) => groupName === 'leadgauge')).toEqual([]);
});

test('what others made, changed or moved is named and left alone', async () => {
  const { env, properties } = await setUpPortal();
  const config = copyConfig();
  const yaml = join(config, 'hubspot.yaml');
  const named = readFileSync(yaml, 'utf8')
    .replace('override: leadgauge_override', 'override: verdict')
    .replace('grade: leadgauge_grade', 'grade: our_grade');
  writeFileSync(yaml, named);
  const own = { label: 'Own', type: 'string', fieldType: 'text', groupName: 'leadgauge' } as const;
  const choice = { ...own, type: 'enumeration', fieldType: 'select', groupName: 'contactinformation' } as const;
  properties.add({ ...choice, name: 'verdict' }, 0);
  properties.add({ ...own, name: 'our_grade', description: 'The grade that the board agreed on.' }, 0);
  properties.add({ ...own, name: 'leadgauge_notes' }, 0);
  properties.add({ ...own, name: 'leadgauge_old_score' }, 0);
  const persona = properties.get('leadgauge_persona');
  if (persona !== undefined) persona.groupName = 'contactinformation';

  const { code, out } = await runCli(['remove', 'hubspot', '--yes'], { ...env, LEADGAUGE_CONFIG: config });
  expect(code).toBe(0);
  const kept = out.slice(out.indexOf('left alone:'), out.indexOf('HubSpot keeps')).trim().split('\n');
  expect(kept.sort()).toEqual(
    [
      'left alone:',
      '  = property verdict: it is in the group contactinformation, not in leadgauge',
      '  = property our_grade: its description is not the one that setup gives',
      '  = property leadgauge_notes: setup makes none of this name',
      '  = property leadgauge_old_score: it is of type string (text), and setup makes it number (number)',
      '  = property leadgauge_persona: it is in the group contactinformation, not in leadgauge',
      '  = group leadgauge: these are in it as well: our_grade, leadgauge_notes, leadgauge_old_score',
    ].sort(),
  );
  for (const name of ['verdict', 'our_grade', 'leadgauge_notes', 'leadgauge_old_score', 'leadgauge_persona'])
    expect(properties.get(name)).toBeDefined();
  expect(properties.get('leadgauge_score')).toBeUndefined();
  expect(properties.groups.has('leadgauge')).toBe(true);
});

test('one that a workflow uses is named with what to do, the others are deleted, and the next run takes it, too', async () => {
  const { run, ours, sandbox } = await setUpPortal();
  sandbox.people.useInWorkflow('contact', 'leadgauge_mql', 'Hand over');
  const { code, out, err } = await run('remove', 'hubspot', '--yes');
  expect(code).toBe(1);
  expect(out).toContain('x not deleted: property leadgauge_mql: Ready for sales: HubSpot refuses (400');
  expect(out).toContain('such as a workflow, a list, a form or a report. Find it under Settings, Properties');
  expect(out).toContain('x not deleted: group leadgauge: Lead scoring: it is not empty yet');
  expect(out).toContain('deleted: 26 properties');
  expect(err).toBe('2 things could not be deleted: see above, mend it, and run this again');
  // The credential is needed for the next run.
  expect(out).not.toContain('by hand');
  expect(out).not.toContain('credential');
  expect(JSON.parse((await run('remove', 'hubspot', '--yes', '--json')).out)).toMatchObject({ next: [] });
  expect(ours()).toEqual(['leadgauge_mql']);
  sandbox.people.useInWorkflow('contact', 'leadgauge_mql');
  expect((await run('remove', 'hubspot', '--yes')).out).toContain('deleted: 1 property, 1 group');
});

test('what fails midway is taken up by the next run', async () => {
  const { run, ours, sandbox } = await setUpPortal();
  sandbox.faults.add({ method: 'DELETE', path: '/crm/properties', status: 403, skip: 4 });
  const { code, err } = await run('remove', 'hubspot', '--yes');
  expect(code).toBe(2);
  expect(err).toContain('the next "leadgauge remove hubspot" goes on with the rest');
  expect(ours()).toHaveLength(23);
  sandbox.faults.clear();
  expect((await run('remove', 'hubspot', '--yes')).out).toContain('deleted: 23 properties, 1 group');
});

test('--redis forgets what leadgauge keeps there, and nothing of anybody else', async () => {
  const { run, env } = await setUpPortal();
  const space = await keepRedis(env);
  await space.redis.set(space.key('cursor'), '1');
  await space.redis.set('somebody:else', '1');
  expect((await run('remove', 'hubspot', '--redis')).err).toBe(
    'to delete this, run: leadgauge remove hubspot --redis --yes',
  );
  expect(await space.redis.exists(space.key('cursor'))).toBe(1);
  expect((await run('remove', 'hubspot', '--redis', '--yes')).out).toContain("1 group, leadgauge's keys in Redis");
  expect(await space.redis.keys('*')).toEqual(['somebody:else']);
});

test('--json prints the plan, what is left alone and what became of it; the CRM must be named', async () => {
  const { run } = await setUpPortal();
  const planned = await run('remove', 'hubspot', '--json');
  expect(planned.code).toBe(2);
  const plan = JSON.parse(planned.out);
  expect(plan).toMatchObject({ applied: false, outcomes: [], erased: false, kept: [] });
  expect(plan.steps).toHaveLength(28);
  const done = JSON.parse((await run('remove', 'hubspot', '--json', '--yes')).out);
  expect(done.outcomes.map(({ step }: { step: unknown }) => step)).toEqual(plan.steps);
  expect(await run('remove')).toMatchObject({ code: 2 });
});
