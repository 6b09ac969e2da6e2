import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyConfig, keepRedis, openCliPortal, runCli } from '../support/run-cli.ts';

const ADA = { email: 'ada@example.com', jobtitle: 'VP Engineering', company: 'Engines', numemployees: '1000+' };

test('explain tells the whole story of a score that the CRM holds', async () => {
  const { sandbox, env, run } = await openCliPortal();
  await keepRedis(env);
  const { id } = sandbox.people.createContact(ADA);
  for (let page = 0; page < 12; page++) sandbox.people.visit(id, `/blog/${page}`);
  sandbox.people.visit(id, '/pricing');
  await run('setup', '--yes');
  await run('backfill');

  const { code, out, err } = await run('explain', 'Ada@Example.com');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /^Score 76, grade B3: fit 55, engagement 21\ncontact \d+, .* UTC, model platform \(version \w+\)/,
  );
  expect(out).toContain('Fit 55, of at most 100\n  Title: +25\n     +25  Executive title\n  Company: +20');
  expect(out).toMatch(/Web: \+21\n {5}\+10 {2}Pricing page, \d+ \w+ \d{4}, \d\d:\d\d UTC/);
  expect(out).toMatch(/\+13 {2}Pages viewed, 13 times, last on/);
  expect(out).toMatch(/-3 {2}Pages viewed: no more than 10/);
  expect(out).toMatch(/Ready for sales \(MQL\)\n {2}yes/);
  expect(out).toMatch(/Next change by itself\n {2}\d+ \w+ \d{4}, \d\d:\d\d UTC:/);
  expect(out).toMatch(/The CRM\n {2}holds score 76, grade B3, by model version \w+, changed on/);
  expect(out).toContain('that is this score: nothing to write');
  expect(out).not.toContain('ada@');
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('explain says which gates and fields stand before MQL, and that the CRM holds nothing yet', async () => {
  const { sandbox, run } = await openCliPortal();
  await run('setup', '--yes');
  const { id } = sandbox.people.createContact({ email: 'bob@mailinator.com' });
  const { code, out, err } = await run('explain', id);
  expect(code).toBe(0);
  expect(out).toMatch(
    /not yet:\n {4}fit is 0 and must be 40: 40 more\n {4}engagement is 0 and must be 20: 20 more\n {4}the field company is empty/,
  );
  expect(out).toContain('-25  Disposable e-mail address');
  expect(out).toContain('+25  Fit is never below 0');
  expect(out).toMatch(/Flags\n {2}disposable-email/);
  expect(out).toMatch(/The CRM\n {2}holds no score yet\n/);
  expect(out).toMatch(/not this score yet \(score,/);
  expect(err).toBe('note: this Redis has seen no backfill, so what people did is not known: run "leadgauge backfill"');
});

test('explain --at tells how a lead will stand when nothing happens', async () => {
  const { sandbox, env, run } = await openCliPortal();
  await keepRedis(env);
  const { id } = sandbox.people.createContact(ADA);
  sandbox.people.visit(id, '/pricing');
  await run('setup', '--yes');
  await run('backfill');
  const inTwoYears = new Date(sandbox.portal.now() + 730 * 86_400_000).toISOString().slice(0, 10);
  const now = JSON.parse((await run('explain', id, '--json')).out);
  const later = JSON.parse((await run('explain', id, '--json', '--at', inTwoYears)).out);
  expect(now).toMatchObject({
    id,
    engagement: 11,
    crm: { score: 66, differs: [] },
    gaps: [{ dimension: 'engagement', gate: 20 }],
  });
  expect(now.next.score).toBeLessThanOrEqual(66);
  expect(later).toMatchObject({ engagement: 0, fit: 55, at: `${inTwoYears}T00:00:00.000Z` });
  expect(later).not.toHaveProperty('next');
  expect(later.crm).not.toHaveProperty('differs');
});

test('a change that no sync has seen yet is told as due', async () => {
  const { sandbox, env, run } = await openCliPortal();
  await keepRedis(env);
  const { id } = sandbox.people.createContact(ADA);
  await run('setup', '--yes');
  await run('backfill');
  sandbox.people.update(id, { jobtitle: 'Engineer' });
  const { out } = await run('explain', id);
  expect(out).toMatch(/not this score yet \(score, fit, grade, reasons\): the next sync of this contact\s+writes it/);
});

test('a demo request from before the first backfill is told to alert nobody', async () => {
  const { sandbox, env, run } = await openCliPortal();
  await keepRedis(env);
  sandbox.people.submitForm('demo', { email: 'ada@example.com' });
  await run('setup', '--yes');
  await run('backfill');
  const { out } = await run('explain', 'ada@example.com');
  expect(out).toMatch(/Fast tracks\n {2}demo-request on .* UTC: from before the first backfill/);
});

test('a contact that is not there is said to be so, without its address', async () => {
  const { run } = await openCliPortal();
  await run('setup', '--yes');
  expect(await run('explain', 'nobody@example.com')).toEqual({
    code: 2,
    out: '',
    err: 'the portal has no contact with this e-mail address',
  });
  expect(await run('explain', '99')).toMatchObject({ code: 2, err: 'the portal has no contact with this id' });
  expect(await run('explain', 'ada')).toMatchObject({ code: 2, err: expect.stringContaining('all digits') });
});

test('where config leaves the lifecycle alone, no stage is told', async () => {
  const { sandbox, env, run } = await openCliPortal();
  const config = copyConfig();
  const file = join(config, 'hubspot.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^lifecycle:\n(?: .*\n)+/m, 'lifecycle: off\n'));
  await run('setup', '--yes');
  const { id } = sandbox.people.createContact(ADA);
  const { code, out } = await runCli(['explain', id], { ...env, LEADGAUGE_CONFIG: config });
  expect(code).toBe(0);
  expect(out).not.toContain('stage:');
  expect(out).toContain('  not passed to sales by leadgauge');
});
