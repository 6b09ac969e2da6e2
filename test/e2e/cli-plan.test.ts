import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, NEW, OLD, ROUTED, SERVICES } from '../support/plan-models.ts';
import { type CliPortal, type Env, keepRedis, openCliPortal, runCli, tempFolder } from '../support/run-cli.ts';

test('plan tells what a changed model does, and apply writes just that', async () => {
  const { portal, changed } = await openChanged(120);
  const { code, out, err } = await runCli(['plan'], changed);
  expect({ code, err: err.replace(/^warning: .*\n/gm, '') }).toEqual({
    code: 0,
    err: 'Looking at the leads …\nLooked at 120 leads.',
  });
  expect(out).toMatch(/^Platform, version \w{10}, on 120 leads\n\d+ leads change: \d+ rises?, \d+ falls?/);
  expect(out).toMatch(/meet the MQL gates/);
  expect(out).toContain('"leadgauge apply" promotes nobody');
  expect(out).toMatch(/Grades that move\n {2}[A-D]\d to [A-D]\d +\d/);
  expect(out).toMatch(/What causes it\n +leads +up +down +points\n {2}\S/);
  expect(out).toContain('Newsletter sign-up (removed)');
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);

  const plan = JSON.parse((await runCli(['plan', '--json'], changed)).out);
  expect(plan).toMatchObject({ model: 'platform', leads: 120, unscored: 0, never: expect.any(Array) });
  expect(plan.criteria[0]).toEqual({
    id: 'executive',
    label: 'Executive title',
    fires: expect.any(Number),
    share: expect.any(Number),
    changed: expect.any(Number),
    points: expect.any(Number),
    up: expect.any(Number),
    down: 0,
  });
  expect(plan).not.toHaveProperty('models');
  const applied = JSON.parse((await runCli(['apply', '--json'], changed)).out);
  const { leads, written, up, down, intoMql, outOfMql, grades, mql, disqualified } = plan;
  expect(applied).toMatchObject({ leads, written, changed: plan.changed, up, down, intoMql, outOfMql, grades, mql });
  expect(applied).toMatchObject({ disqualified, promoted: 0, failed: 0, unchanged: leads - written });
  expect(stages(portal)).toEqual(portal.stages);

  const again = await runCli(['apply', '--promote'], changed);
  expect(again.out).toMatch(/^\d+ written, \d+ unchanged, 0 failed\.\n0 leads changed: 0 rose, 0 fell\./);
  expect(again.out).toMatch(/\d+ leads? (was|were) moved forward to MQL\.$/);
});

test('plan tells where the rules of the model would take leads, and that it takes nobody', async () => {
  const { changed } = await openChanged(100);
  const { out } = await runCli(['plan'], { ...changed, LEADGAUGE_CONFIG: folderOf(ROUTED) });
  const text = out.replaceAll('\n', ' ');
  expect(text).toMatch(
    /Had its rules been there all along, the model would put \d+ before sales by a fast track \(demo-request: \d+\) and route \d+ to nurture \(content: \d+\)\./,
  );
  expect(text).toContain('None of these is moved');
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('the JSON has the keys that its page shows', async () => {
  const { changed } = await openChanged(100);
  const { out } = await runCli(['plan', '--json'], { ...changed, LEADGAUGE_CONFIG: folderOf(ROUTED) });
  const [, shown = ''] = /^```json plan\n([\s\S]*?)^```$/m.exec(readFileSync('docs/plan.md', 'utf8')) ?? [];
  expect(keysOf(JSON.parse(out))).toEqual(keysOf(JSON.parse(shown)));
});

test('a list of the leads that change is for a spreadsheet, and names nobody', async () => {
  const { changed } = await openChanged(100);
  const file = join(tempFolder(), 'changes.csv');
  const { out } = await runCli(['plan', '--json', '--csv', file], changed);
  const [head, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(head).toBe(
    'id,score_now,score_then,fit_now,fit_then,engagement_now,engagement_then,grade_now,grade_then,mql_now,mql_then,disqualified_now,disqualified_then',
  );
  const plan = JSON.parse(out);
  expect(rows).toHaveLength(plan.changed);
  const cells = rows.map((row) => row.split(','));
  expect(cells.filter(([, now, then]) => Number(then) > Number(now))).toHaveLength(plan.up);
  expect(rows.join()).not.toContain('@');
  expect(existsSync(`${file}.part`)).toBe(false);
});

test('the page needs nothing but itself', async () => {
  const { changed } = await openChanged(80);
  const file = join(tempFolder(), 'plan.html');
  const { code, out } = await runCli(['plan', '--html', file], changed);
  expect(code).toBe(0);
  expect(out).toContain('Platform, version');
  const page = readFileSync(file, 'utf8');
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).not.toMatch(/\b(?:src|href)=|@import|<script|url\(/);
  expect(page).toContain('<h1>Platform</h1>');
  expect(page.match(/<svg/g)?.length).toBeGreaterThanOrEqual(3);
  expect(page).toContain('Newsletter sign-up <span class="quiet">removed</span>');
});

describe('before anything is set up', () => {
  test('plan shows what the first backfill would write', async () => {
    const { env } = await openCliPortal({ leads: 50 });
    const config = folderOf(OLD);
    const { code, out } = await runCli(['plan'], { ...env, LEADGAUGE_CONFIG: config });
    expect(code).toBe(0);
    expect(out).toContain('No lead has a score of this model yet: they get their first.');
  });

  test('apply asks for the set-up', async () => {
    const { env } = await openCliPortal({ leads: 5 });
    const { code, err } = await runCli(['apply'], { ...env, LEADGAUGE_CONFIG: folderOf(OLD) });
    expect(code).toBe(2);
    expect(err).toContain('run "leadgauge setup"');
  });
});

describe('several models', () => {
  test('are told of one by one, the main one first; --model picks one', async () => {
    const portal = await openPortal(60, folderOf(OLD, SERVICES));
    const { out } = await runCli(['plan'], portal.env);
    expect(out).toMatch(/^Platform, version[\s\S]*\n\nServices, version/);
    expect(out).toMatch(/The model is about \d+ of them\./);
    const plan = JSON.parse((await runCli(['plan', '--json'], portal.env)).out);
    expect(plan).toMatchObject({ model: 'platform', models: { platform: { leads: 60 }, services: { leads: 60 } } });
    const services = JSON.parse((await runCli(['plan', '--json', '--model', 'services'], portal.env)).out);
    expect(services).toMatchObject({ model: 'services', leads: 60 });
    expect(services).not.toHaveProperty('models');
    const applied = JSON.parse((await runCli(['apply', '--json'], portal.env)).out);
    expect(applied).toMatchObject({ model: 'platform', models: { services: { model: 'services', leads: 60 } } });
  });

  test('a model that is not there is named, with the nearest one', async () => {
    const { env } = await openCliPortal();
    const { code, err } = await runCli(['plan', '--model', 'platfrom'], { ...env, LEADGAUGE_CONFIG: folderOf(OLD) });
    expect({ code, err: err.split('\n').at(-1) }).toEqual({
      code: 2,
      err: 'there is no model "platfrom": did you mean "platform"?',
    });
  });
});

describe('wrong input', () => {
  test.each(['0', '-1', 'many', '2.5', '100001'])('a sample of %s is refused', async (sample) => {
    const { code, err } = await runCli(['plan', `--sample=${sample}`]);
    expect(code).toBe(2);
    expect(err).toContain('Write a whole number from 1 to 100,000.');
  });

  test('a file that cannot be written is told of before anything is read', async () => {
    const { env, sandbox } = await openCliPortal({ leads: 5 });
    const own = { ...env, LEADGAUGE_CONFIG: folderOf(OLD) };
    const folder = tempFolder();
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'file'), '');
    const before = sandbox.requests.count({});
    for (const [args, message] of [
      [['--html', join(folder, 'none', 'plan.html')], 'there is no folder'],
      [['--csv', join(folder, 'none', 'plan.csv')], 'there is no folder'],
      [['--html', join(folder, 'taken')], 'is a folder: name a file in it'],
      [['--html', join(folder, 'file', 'plan.html')], 'is no folder'],
    ] as const) {
      const { code, err } = await runCli(['plan', ...args], own);
      expect(code).toBe(2);
      expect(err).toContain(message);
    }
    expect(sandbox.requests.count({})).toBe(before);
  });
});

test('a sample says of about how many leads it is', async () => {
  const portal = await openPortal(150, folderOf(OLD));
  const file = join(tempFolder(), 'plan.html');
  const { out, err } = await runCli(['plan', '--sample', '12', '--html', file], portal.env);
  expect(out).toMatch(/on a sample of 12 of about 150 leads/);
  expect(err).toContain('Looked at 12 leads.');
  expect(readFileSync(file, 'utf8')).toContain('on a sample of 12 of about 150 leads');
});

/** A portal with a Redis that lasts, set up for the models of this folder. */
async function openPortal(leads: number, config: string): Promise<CliPortal> {
  const portal = await openCliPortal({ leads });
  await keepRedis(portal.env);
  const env = { ...portal.env, LEADGAUGE_CONFIG: config };
  expect(await runCli(['setup', '--yes'], env)).toMatchObject({ code: 0 });
  return { ...portal, env };
}

/** A portal that the old model scored, with the environment of somebody who has changed it. */
async function openChanged(leads: number): Promise<{ portal: CliPortal & { stages: unknown }; changed: Env }> {
  const portal = await openPortal(leads, folderOf(OLD));
  expect(await runCli(['backfill'], portal.env)).toMatchObject({ code: 0 });
  return { portal: { ...portal, stages: stages(portal) }, changed: { ...portal.env, LEADGAUGE_CONFIG: folderOf(NEW) } };
}

/** All keys, but for those that grades are. */
function keysOf(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map((item) => keysOf(item));
  if (typeof value !== 'object' || value === null) return typeof value;
  if (key === 'grades') return 'leads by grades';
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, keysOf(inner, name)]));
}

function stages({ sandbox: { portal } }: CliPortal): Record<string, string | undefined> {
  return Object.fromEntries(
    portal.contacts.all.map((contact) => [contact.id, portal.textOf(contact, 'lifecyclestage')]),
  );
}
