import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TOLD_MODEL } from '../support/explain-model.ts';
import { copyConfig, keepRedis, openCliPortal, runCli } from '../support/run-cli.ts';

const ADA = { email: 'ada@example.com', jobtitle: 'VP Engineering', company: 'Engines', numemployees: '1000+' };

test('explain tells the whole story of a score that the CRM holds', async () => {
  const { sandbox, env, run } = await openPortal();
  await keepRedis(env);
  const { id } = sandbox.people.createContact(ADA);
  for (let page = 0; page < 4; page++) sandbox.people.visit(id, `/docs/${page}`);
  sandbox.people.visit(id, '/pricing');
  await run('setup', '--yes');
  await run('backfill');

  const { code, out, err } = await run('explain', 'Ada@Example.com');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /^Score 68, grade A4: fit 50, engagement 18\ncontact \d+, .* UTC, model platform \(version \w+\)\npersona: buyer\n/,
  );
  expect(out).toContain('Fit 50, of at most 100\n  Person: +30\n     +30  Buyer\n  Company: +20');
  expect(out).toMatch(/Web: \+18\n {5}\+12 {2}Pricing page, \d+ \w+ \d{4}, \d\d:\d\d UTC/);
  expect(out).toContain('engagement is 18 and must be 40: 22 more\n      Meeting (+30) would do it\n');
  expect(out).toMatch(/Next change by itself\n {2}\d+ \w+ \d{4}, \d\d:\d\d UTC: the score goes from 68 to 67/);
  expect(out).toMatch(/The CRM\n {2}holds score 68, grade A4, by model version \w+, changed on/);
  expect(out).toContain('that is this score: nothing to write');
  expect(out).not.toContain('ada@');
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('explain says which gates and fields stand before MQL, and that the CRM holds nothing yet', async () => {
  const { sandbox, run } = await openPortal();
  await run('setup', '--yes');
  const { id } = sandbox.people.createContact({ email: 'bob@gmail.com' });
  const { code, out, err } = await run('explain', id);
  expect(code).toBe(0);
  expect(out).toMatch(/ {4}fit is 0 and must be 40: 40 more\n {6}learning that/);
  expect(out).toContain('    the field company is empty\n');
  expect(out).toContain('-10  Personal address');
  expect(out).toContain('+10  Fit is never below 0');
  expect(out).toMatch(/Flags\n {2}personal/);
  expect(out).toMatch(/The CRM\n {2}holds no score yet\n/);
  expect(err).toBe('');
});

test('where no backfill has filled the ledger, explain says so first, and nothing that hangs on what people did', async () => {
  const { sandbox, run } = await openPortal();
  await run('setup', '--yes');
  const { id } = sandbox.people.createContact(ADA);
  const { out } = await run('explain', id);
  expect(out.replace(/\s+/g, ' ')).toMatch(
    /^What people did is not known here: this Redis has seen no backfill \(in memory it ends with each command: install redis-server or set REDIS_URL\)/,
  );
  expect(out).toContain('    engagement is 0 and must be 40: 40 more\n\nFast tracks');
  for (const untold of ['Inactivity', 'would do it', 'next sync', 'Next change']) expect(out).not.toContain(untold);
  const json = await run('explain', id, '--json');
  expect(JSON.parse(json.out)).toMatchObject({ inactivity: [], note: expect.stringContaining('no backfill') });
  expect(json.err).toMatch(/^note: this Redis has seen no backfill/);
});

test('explain advises nothing that HubSpot does not report', async () => {
  const asked = TOLD_MODEL.replace('{ activity: meeting }', '{ activity: download }');
  const { sandbox, env, run } = await openPortal(configWith(asked));
  await keepRedis(env);
  const { id } = sandbox.people.createContact(ADA);
  await run('setup', '--yes');
  await run('backfill');
  const { code, out } = await run('explain', id);
  expect(code).toBe(0);
  expect(out).toMatch(/ {4}engagement is 0 and must be 40: 40 more\n {6}/);
  expect(out).not.toContain('Meeting');
});

test('explain --at tells how a lead will stand when nothing happens', async () => {
  const { sandbox, env, run } = await openPortal();
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
    engagement: 12,
    crm: { score: 62, differs: [] },
    obstacles: [{ kind: 'gate', dimension: 'engagement', gate: 40, remedy: { kind: 'found' } }],
  });
  expect(now.next.score).toBe(61);
  expect(later).toMatchObject({
    engagement: 0,
    fit: 50,
    at: `${inTwoYears}T00:00:00.000Z`,
    disqualifications: [{ criterion: 'gone' }],
  });
  expect(later).not.toHaveProperty('next');
  expect(later.crm).not.toHaveProperty('differs');
});

test('a change that no sync has seen yet is told as due', async () => {
  const { sandbox, env, run } = await openPortal();
  await keepRedis(env);
  const { id } = sandbox.people.createContact(ADA);
  await run('setup', '--yes');
  await run('backfill');
  sandbox.people.update(id, { jobtitle: 'Engineer' });
  const { out } = await run('explain', id);
  expect(out.replace(/\s+/g, ' ')).toContain(
    'not this score yet (score, fit, grade, reasons, persona): the next sync of this contact writes it',
  );
});

test('who came to meet the gates is told of in the same words by backfill, plan, apply and explain, until --promote', {
  timeout: 120_000,
}, async () => {
  const config = configWith(TOLD_MODEL.replace('mql: { fit: 40, engagement: 40 }', 'mql: { fit: 40, engagement: 10 }'));
  const { sandbox, env, run } = await openPortal(config);
  await keepRedis(env);
  const { id } = sandbox.people.createContact(ADA);
  await run('setup', '--yes');
  await run('backfill');
  sandbox.people.visit(id, '/pricing');

  const waiting = '1 more came to meet them: "leadgauge start" or --promote passes it on.';
  const told = async (...args: string[]) => (await run(...args)).out.replace(/\s+/g, ' ');
  const backfill = await told('backfill');
  expect(backfill).toContain('0 meet the MQL gates; nobody was promoted.');
  expect(backfill).toContain(waiting);
  const none = '0 leads meet the MQL gates';
  expect(await told('plan')).toContain(`No score, grade, reason or flag changes. ${none}, the same as now. ${waiting}`);
  expect(await told('apply')).toContain(`${none}, 0 before: 0 came in, 0 went out. ${waiting}`);
  const explained = await told('explain', id);
  expect(explained).toContain(
    'that is this score, but for MQL it came to meet the gates: "leadgauge start" or --promote passes it on',
  );
  expect(explained).not.toContain('next sync');

  expect(await told('backfill', '--promote')).toContain('1 meet the MQL gates; 1 of them were moved forward to MQL.');
  expect(await told('plan')).toMatch(/1 lead meets the MQL gates, the same as now\. (?!1 more)/);
});

test('a demo request, or a rule that held, from before the first backfill is told to alert nobody', async () => {
  const { sandbox, env, run } = await openPortal();
  await keepRedis(env);
  const { id } = sandbox.people.createContact({ ...ADA, timeframe: 'now' });
  sandbox.people.submitForm('demo', { email: ADA.email });
  await run('setup', '--yes');
  await run('backfill');
  const { out } = await run('explain', 'ada@example.com');
  expect(out).toMatch(/Fast tracks\n {2}demo-request on .* UTC: from before the first backfill/);
  expect(out.replace(/\s+/g, ' ')).toContain('buys-now, by its fields alone: it holds, but nobody saw it begin to');
  expect(JSON.parse((await run('explain', id, '--json')).out)).toMatchObject({
    fastTracks: [{ rule: 'demo-request', state: 'old' }],
    heldRules: [{ rule: 'buys-now', state: 'old' }],
  });
});

test('a rule on fields that has begun to hold is told to wait for the next sync', async () => {
  const { sandbox, env, run } = await openPortal();
  await keepRedis(env);
  const { id } = sandbox.people.createContact(ADA);
  await run('setup', '--yes');
  await run('backfill');
  sandbox.people.update(id, { timeframe: 'now' });
  const { out } = await run('explain', id);
  expect(out).toContain('  buys-now, by its fields alone: the next sync will tell sales\n');
});

test('explain leaves no trace, also by a model of which no sync has seen the fast tracks yet', async () => {
  const config = configWith(TOLD_MODEL);
  const { sandbox, env, run } = await openPortal(config);
  const space = await keepRedis(env);
  const { id } = sandbox.people.createContact(ADA);
  await run('setup', '--yes');
  await run('backfill');
  const news = '{ id: news, when: { activity: form-submission, form: newsletter }, follow_up_within: 5m }';
  writeFileSync(
    join(config, 'models', 'platform.yaml'),
    TOLD_MODEL.replace('fast_track:\n', `fast_track:\n  - ${news}\n`),
  );
  const before = await space.redis.hgetall(space.key('fast-track-starts'));
  expect(before).not.toEqual({});
  expect(await run('explain', id)).toMatchObject({ code: 0, err: '' });
  expect(await space.redis.hgetall(space.key('fast-track-starts'))).toEqual(before);
});

test('of several models each that is about the contact is told, the main one first, and the others are named', async () => {
  const config = copyConfig();
  const models = join(config, 'models');
  writeFileSync(join(models, 'platform.yaml'), TOLD_MODEL);
  const other = (id: string, country: string) =>
    TOLD_MODEL.replace('model: platform', `model: ${id}\napplies_to: { field: country, is: ${country} }`);
  writeFileSync(join(models, 'academy.yaml'), other('academy', 'Italy'));
  writeFileSync(join(models, 'services.yaml'), other('services', 'France'));
  appendFileSync(join(config, 'hubspot.yaml'), '\nmodel_outputs: { academy: {}, services: {} }\n');
  const { sandbox, env, run } = await openPortal(config);
  await keepRedis(env);
  const { id } = sandbox.people.createContact({ ...ADA, country: 'Italy' });
  await run('setup', '--yes');
  await run('backfill');

  const { out } = await run('explain', id);
  expect(out.match(/model \w+ \(version/g)).toEqual(['model platform (version', 'model academy (version']);
  expect(out.match(/^ {2}stage: /gm)).toHaveLength(1);
  expect(out).toMatch(/\nnot about this contact: the model services$/);
  const all = JSON.parse((await run('explain', id, '--json')).out);
  expect(all).toMatchObject([
    { model: 'platform', crm: { differs: [], stage: 'before-mql' } },
    { model: 'academy', crm: { differs: [] } },
    { model: 'services', applies: false, isHeld: false },
  ]);
  expect(JSON.parse((await run('explain', id, '--json', '--model', 'academy')).out)).toMatchObject({
    model: 'academy',
  });

  sandbox.people.update(id, { country: 'France' });
  const moved = await run('explain', id);
  expect(moved.out).toMatch(
    /\nnot about this contact: the model academy\nthe next sync empties what the CRM still holds of academy$/,
  );
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

/** A portal of which the model is one that nobody edits. */
async function openPortal(config = configWith(TOLD_MODEL)) {
  const { sandbox, env } = await openCliPortal();
  const own = { ...env, LEADGAUGE_CONFIG: config };
  return { sandbox, env: own, run: (...args: string[]) => runCli(args, own) };
}

function configWith(model: string): string {
  const config = copyConfig();
  writeFileSync(join(config, 'models', 'platform.yaml'), model);
  return config;
}
