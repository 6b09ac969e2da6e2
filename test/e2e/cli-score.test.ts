import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyConfig, openCliPortal, runCli, tempFolder } from '../support/run-cli.ts';

const MODEL = `
model: small
name: Small
personas:
  buyer: { field: job_title, seniority: [c-level, vp] }
fit:
  max: 100
  groups:
    - name: Person
      criteria:
        - { id: buyer, name: Buyer, when: { persona: buyer }, points: 40 }
        - { id: size, name: Size, field: employees, bands: { "1-99": 5, "100+": 15 } }
        - { id: tiny, when: { field: employees, at_most: 2 }, disqualify: company too small }
engagement:
  max: 100
  window: 90d
  groups:
    - name: Web
      criteria:
        - { id: pricing, name: Pricing page, when: { activity: page-view, url: "/pricing*" }, points: 10 }
        - { id: jobs, name: Looked at jobs, when: { activity: page-view, url: "/careers*" }, points: -5, flag: jobs }
        - { id: long-visit, name: Long visit, when: { activity: visit, at_least: 10 }, points: 5 }
        - { id: click, name: Clicked, when: { activity: email-click }, points: 3 }
        - { id: open, name: Opened, when: { activity: email-open }, points: 1 }
        - { id: webinar, name: Webinar, when: { activity: form-submission, form: webinar }, points: 15 }
        - { id: quiet, name: Quiet, when: { inactive_for: 30d }, points: -5 }
grades:
  fit: { A: 50, B: 40, C: 20, D: 0 }
  engagement: { 1: 60, 2: 40, 3: 20, 4: 0 }
lifecycle:
  mql: { fit: 40, engagement: 20 }
  requires: [company]
fast_track:
  - id: demo
    when: { activity: form-submission, form: demo-request }
    follow_up_within: 5m
account: { of: total, roll_up: max }
`;

const LEAD = {
  fields: { email: 'Ada@Example.com', job_title: 'VP Engineering', employees: 1200, country: null },
  activities: [
    { type: 'page-view', at: '2026-03-30T09:12:00Z', url: '/pricing' },
    { type: 'form-submission', at: '2026-03-31', form: 'webinar' },
  ],
};

describe('a lead from a file', () => {
  test('is scored without a CRM, a token or a Redis', async () => {
    const { code, out, err } = await score([LEAD]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toEqual([
      'lead 1',
      'score 80, grade A3 (fit 55, engagement 25)',
      'MQL: not yet, the field company is empty',
      'persona: buyer',
      '  +40 Buyer',
      '  +15 Size: 100+',
      '  +15 Webinar (31 Mar 2026)',
      '  +10 Pricing page (30 Mar 2026)',
    ]);
  });

  test('is scored by the models of config where no other is named', async () => {
    const { code, out } = await runCli(['score', '--lead', json(LEAD), '--at', '2026-04-01', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ id: '1', model: 'platform', applies: true });
  });

  test('is scored as of a time: what was done later does not count', async () => {
    const { out } = await score(LEAD, '--at', '2026-03-30', '--json');
    expect(JSON.parse(out)).toMatchObject({ score: 55, engagement: 0, at: '2026-03-30T00:00:00.000Z' });
  });

  test('that passes the gates is an MQL, with its fast tracks and flags', async () => {
    const { out } = await score({
      fields: { ...LEAD.fields, company: 'Engines' },
      activities: [
        ...LEAD.activities,
        { type: 'form-submission', at: '2026-03-31', form: 'demo-request' },
        { type: 'page-view', at: '2026-03-31', url: '/careers/engineer' },
      ],
    });
    expect(out).toMatch(/^MQL: yes$/m);
    expect(out).toMatch(/^fast track: demo$/m);
    expect(out).toMatch(/^flags: jobs$/m);
  });

  test('that the model rules out is told so before all that is missing', async () => {
    const { out } = await score({ fields: { employees: 2, company: 'Ada Ltd' } });
    expect(out).toMatch(/^MQL: no, ruled out: company too small, fit is 5 and must be 40: 35 more/m);
  });

  test('that a person decided about is told so, either way', async () => {
    const qualified = await score({ fields: { employees: 2 }, override: 'qualified' });
    expect(qualified.out).toMatch(/^MQL: yes, set by hand$/m);
    const refused = await score({ ...LEAD, override: 'disqualified' });
    expect(refused.out).toMatch(/^MQL: no, set by hand: not for sales$/m);
  });

  test('carries minutes, marks of bots and what opened its letters', async () => {
    const delivered_at = '2026-03-30T08:00:00Z';
    const { out } = await score({
      fields: {},
      activities: [
        { type: 'visit', at: '2026-03-30', minutes: 12.5 },
        { type: 'email-click', at: '2026-03-30T08:00:02Z', delivered_at, name: 'News' },
        { type: 'email-click', at: '2026-03-30T09:00:00Z', delivered_at },
        { type: 'email-click', at: '2026-03-30T10:00:00Z', bot: true },
        { type: 'email-open', at: '2026-03-30T11:00:00Z', user_agent: 'Mozilla/5.0' },
      ],
    });
    expect(out).toContain('+5 Long visit');
    expect(out).toContain('+3 Clicked (30 Mar 2026)');
    expect(out).not.toContain('Opened');
    expect(out).toMatch(/^left out: 30 Mar 2026, 08:00 UTC, a click \(News\) 2 s after delivery: a\n {2}scanner's$/m);
    expect(out).toMatch(/^left out: .*a click, marked as a bot's$/m);
    expect(out).toMatch(/^left out: .*an open by a privacy proxy/m);
  });

  test('is inactive since its first activity, or since it was created where the file says when', async () => {
    const fresh = await score({ fields: {} });
    expect(fresh.out).not.toContain('Quiet');
    const old = await score({ fields: {}, created_at: '2026-01-01' }, '--json');
    expect(JSON.parse(old.out).reasons).toContainEqual(expect.objectContaining({ id: 'quiet', points: -5 }));
  });

  test('is told by every model, and of those that are not about it', async () => {
    const config = copyConfig();
    appendFileSync(join(config, 'hubspot.yaml'), '\nmodel_outputs: { services: {} }\n');
    const file = join(config, 'models', 'platform.yaml');
    writeFileSync(file, MODEL.replace('model: small', 'model: platform'));
    const services = MODEL.replace('model: small', 'model: services\napplies_to: { field: country, is: France }');
    writeFileSync(join(config, 'models', 'services.yaml'), services);
    const lead = json({ fields: { job_title: 'CTO', country: 'Italy' } });
    const run = (...more: string[]) =>
      runCli(['score', '--lead', lead, '--at', '2026-04-01', ...more], { LEADGAUGE_CONFIG: config });
    const { code, out, err } = await run();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^model platform\nscore 40.*\n[\s\S]*\nthe model services is not about this lead$/);
    expect(JSON.parse((await run('--json')).out)).toMatchObject([
      { model: 'platform', applies: true, score: 40 },
      { id: '1', model: 'services', applies: false },
    ]);
    const one = JSON.parse((await run('--json', '--model', 'services')).out);
    expect(one).toEqual({
      id: '1',
      at: expect.any(String),
      model: 'services',
      modelVersion: expect.any(String),
      applies: false,
    });
    expect(await run('--model', 'servces')).toMatchObject({
      code: 2,
      err: 'there is no model "servces": did you mean "services"?',
    });
  });
});

describe('a list of leads', () => {
  test('gives a list of scores, by their ids or their places, and those of their accounts', async () => {
    const { out } = await score(
      [
        { ...LEAD, id: 'ada', account: 7 },
        { fields: {}, account: '7' },
      ],
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject([
      { id: 'ada' },
      { id: '2', score: 0, reasons: [] },
      { account: '7', model: 'small', score: 80, leads: 2 },
    ]);
    const plain = await score([{ ...LEAD, id: 'ada', account: 7 }, { fields: {} }]);
    expect(plain.out).toMatch(/^lead ada$/m);
    expect(plain.out).toMatch(/^lead 2\nscore 0, grade D4 \(fit 0, engagement 0\)\n[\s\S]*\nnothing scores$/m);
    expect(plain.out).toMatch(/^account 7: 80 \(1 lead, the best by total\)$/m);
  });

  test('names the one that cannot be read, with its place, and scores all others', async () => {
    const { code, out, err } = await score([LEAD, { fields: { jobtitle: 'VP' } }, { fields: {} }], '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([{ id: '1' }, { id: '3' }]);
    expect(err).toMatch(/lead\.json:\d+:\d+ unknown key "jobtitle": did you mean "job_title"\?\n2 leads could be read/);
  });

  test('names the second of two leads with one id, and scores the first', async () => {
    const { code, out, err } = await score(
      [
        { ...LEAD, id: '1' },
        { id: 1, fields: {} },
        { id: 'tim', fields: {} },
      ],
      '--json',
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([{ id: '1', score: 80 }, { id: 'tim' }]);
    expect(err).toMatch(/lead\.json:24:11 a lead above has this id already\n2 leads could be read/);
  });
});

describe('a table of leads', () => {
  const LEADS =
    'Job Title,id,email,employees,override\nCTO,ada,ada@example.com,"1,000-5,000",\nEngineer,tim,tim@example.com,50,\n';

  test('is read with its columns in any order and as people write them', async () => {
    const { code, out, err } = await scoreCsv(LEADS);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^lead ada\nscore 55, /m);
    expect(out).toMatch(/^lead tim\nscore 5, /m);
  });

  test.each([';', '\t'])('is read with %j between its cells too', async (mark) => {
    const { code, out } = await scoreCsv(`\uFEFFid${mark}job_title${mark}employees\r\nada${mark}CTO${mark}1,000\r\n`);
    expect(code).toBe(0);
    expect(out).toMatch(/^lead ada\nscore 55, /m);
  });

  test('is joined by a table of what they did, by id or by address', async () => {
    const activities = [
      'lead,email,type,at,url,form,minutes,bot',
      'ada,,page-view,2026-03-30T09:00:00Z,/pricing,,,',
      ',TIM@example.com,form-submission,2026-03-30,,webinar,,',
      'tim,,visit,2026-03-30,,,10.5,',
      'tim,,email-click,2026-03-30,,,,yes',
    ];
    const { code, out, err } = await scoreCsv(LEADS, `${activities.join('\n')}\n`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^lead ada\nscore 65, /m);
    expect(out).toMatch(/^lead tim\nscore 25, grade D3 \(fit 5, engagement 20\)/m);
    expect(out).toMatch(/^left out: .*marked as a bot's$/m);
  });

  test('names each row that cannot be used, and scores the others', async () => {
    const leads = 'id,job_title,override\nada,CTO,\ntim,CTO\njoan,CTO,maybe\nada,CTO,\ngrace,CTO,qualified\n';
    const activities =
      'lead,type,at,form,minutes\nnobody,page-view,2026-03-30,,\nada,page-veiw,soon,,\nada,visit,2026-03-30,,long\n';
    const { code, out, err } = await scoreCsv(leads, activities);
    expect(code).toBe(1);
    expect(out.match(/^lead .*$/gm)).toEqual(['lead ada', 'lead grace']);
    const named = err.split('\n').map((line) => line.replace(/^.*\/(\w+\.csv)/, '$1'));
    expect(named).toEqual([
      'leads.csv:3 the row has 2 cells, and the header has 3',
      expect.stringMatching(/^leads\.csv:4 override: "maybe" is not allowed/),
      'leads.csv:5 a row above has this id already',
      'activities.csv:2 no lead has the id of this row',
      expect.stringMatching(/^activities\.csv:3 type: "page-veiw" is not allowed .*did you mean "page-view"\?/),
      expect.stringMatching(/^activities\.csv:3 at: "soon" is no time/),
      expect.stringMatching(/^activities\.csv:4 minutes: .* number/),
      '2 leads could be read; what is named above could not',
    ]);
  });

  test('with quotes that do not match is read up to there', async () => {
    const { code, out, err } = await scoreCsv('id,job_title\nada,CTO\n"tim,CTO\njoan,CTO\n');
    expect(code).toBe(1);
    expect(out.match(/^lead .*$/gm)).toEqual(['lead ada']);
    expect(err).toMatch(/leads\.csv:3 its quotes do not match, so the rows from here on cannot be read/);
  });

  test('with a column that is none is refused, with the word that was meant', async () => {
    const { code, out, err } = await scoreCsv('id,jobtitle,shoe size,id\nada,CTO,42,1\n');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const named = err.split('\n').map((line) => line.replace(/^.*\/(\w+\.csv)/, '$1'));
    expect(named[0]).toBe('leads.csv:1 unknown column "jobtitle": did you mean "job_title"?');
    expect(named[1]).toMatch(/^leads\.csv:1 unknown column "shoe size": use one of /);
    expect(named[2]).toBe('leads.csv:1 there are two columns "id"');
  });

  test('without its header is told so, and nobody in it is named', async () => {
    const { code, out, err } = await scoreCsv('ada@example.com,Ada Lovelace,VP\nbob@example.com,Bob,CEO\n');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.replace(/^.*\/(\w+\.csv)/, '$1')).toMatch(
      /^leads\.csv:1 row 1 is no header, as none of its cells is the name of a column: begin with a row of email, company, job_title, .*, account, override$/,
    );
    const activities = await scoreCsv('id\nada\n', 'ada@example.com,Ada Lovelace\n');
    expect(activities.err).toMatch(/activities\.csv:1 row 1 is no header, .* lead, email, type, at, form, name, url, /);
    expect(activities.err).not.toMatch(/ada|lovelace/i);
  });

  test('that is empty, and one without a row, are named for what they are', async () => {
    expect(await scoreCsv('')).toMatchObject({ code: 2, err: expect.stringContaining('the file is empty') });
    expect(await scoreCsv('id,email\n')).toMatchObject({ code: 0, out: '', err: 'the file holds no lead' });
  });
});

describe('what cannot be used', () => {
  test('every slip in a file is named with its place and the word that was meant', async () => {
    const { code, out, err } = await score({
      fields: { jobtitle: 'VP', employees: [1200] },
      override: 'yes',
      activities: [
        { type: 'page-veiw', at: '2026-02-30' },
        { type: 'form-submission', at: '2026-03-31', form: 'webinars' },
        { type: 'page-view', at: '2026-03-31', form: 'webinar' },
      ],
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const lines = err.split('\n').map((line) => line.replace(/^.*lead\.json:\d+:\d+ /, ''));
    expect(lines).toEqual([
      'unknown key "jobtitle": did you mean "job_title"?',
      expect.stringMatching(/^"employees" must be .*, not a list$/),
      '"yes" is not allowed for "override": use one of qualified, disqualified',
      '"page-veiw" is not allowed for "type": did you mean "page-view"?',
      '"2026-02-30" is no time: write a day such as 2026-03-31, or a time such as 2026-03-31T09:30:00Z',
      'config has no form "webinars": did you mean "webinar"?',
      '"form" goes with form-submission, not with page-view',
    ]);
  });

  test('no message repeats an e-mail address, wherever it strayed', async () => {
    const long = 'ada.lovelace.countess.of.king.william@example.com';
    const one = await score({
      [long]: 'x',
      fields: { 'ada@example.com': 'x' },
      created_at: 'ada@example.com called',
      override: long,
      activities: [{ type: long, at: '2026-03-31', form: 'ada@example.com' }],
    });
    const list = await score([{ 'ada@example.com': 'x' }, { id: 'ada@example.com' }, { id: 'ada@example.com' }]);
    const csv = await scoreCsv(
      'id,override,created_at\n1,ada@example.com,\n2,,ada@example.com called\nada@example.com,,\nada@example.com,,\n',
      `lead,type,at,form\n1,${long},2026-03-31,ada@example.com\n`,
    );
    const header = await scoreCsv('id,ada@example.com\n1,2\n');
    const file = await runCli(['score', '--lead', 'ada@example.com']);
    const at = await runCli(['score', '1234', '--at', 'ada@example.com']);
    for (const { code, err } of [one, list, csv, header, file, at]) {
      expect(code).toBeGreaterThan(0);
      expect(err).toContain('[e-mail]');
      expect(err).not.toMatch(/@|lovelace/);
    }
  });

  test('a file that is no JSON, and one that is not there, are named for what they are', async () => {
    const broken = join(tempFolder(), 'lead.json');
    writeFileSync(broken, '{ "fields": {');
    const { code, err } = await runCli(['score', '--lead', broken]);
    expect(code).toBe(2);
    expect(err).toMatch(/lead\.json:1:\d+ /);
    const absent = await runCli(['score', '--lead', 'no-such.json']);
    expect(absent).toMatchObject({ code: 2, out: '', err: 'no-such.json: there is no such file' });
  });

  test.each([
    [['score'], 'name a contact by its e-mail address or id, or a file with --lead'],
    [['score', 'lead.json'], 'a file of leads is named with --lead: --lead lead.json'],
    [['score', '1234', '--lead', 'lead.json'], 'name a contact, or a file with --lead, and not both'],
    [['score', '1234', '--activities', 'a.csv'], '--activities goes with --lead'],
    [['explain'], 'name a contact by its e-mail address or id, or a file with --lead'],
  ])('leadgauge %j is answered with what to write', async (args, message) => {
    expect(await runCli(args)).toEqual({ code: 2, out: '', err: message });
  });

  test.each(['yesterday', '2026-02-30', '2026-03-31 09:00'])('--at %s is refused with an example', async (at) => {
    const { code, err } = await runCli(['score', '--lead', json(LEAD), '--at', at]);
    expect(code).toBe(2);
    expect(err).toContain('such as 2026-03-31');
  });

  test('a model of its own is held against config, and told with its places', async () => {
    const typo = write('model.yaml', MODEL.replace('job_title', 'jobtitle').replace('inactive_for', 'inactive'));
    const { code, err } = await runCli(['score', '--lead', json(LEAD), '--model', typo]);
    expect(code).toBe(2);
    expect(err).toMatch(/model\.yaml:\d+:\d+ /);
    const absent = await runCli(['score', '--lead', json(LEAD), '--model', './none.yaml']);
    expect(absent).toMatchObject({ code: 2, err: expect.stringContaining('none.yaml: there is no such file') });
  });
});

test('a contact is scored by its id or its address, and nothing is written', async () => {
  const { sandbox, run } = await openCliPortal();
  const { id } = sandbox.people.createContact({
    email: 'ada@example.com',
    jobtitle: 'CTO',
    company: 'Engines',
  });
  await run('setup', '--yes');
  sandbox.requests.clear();
  const { code, out, err } = await run('score', id, '--model', write('model.yaml', MODEL));
  expect(code).toBe(0);
  expect(out).toMatch(
    /^score 40, grade B4 \(fit 40, engagement 0\)\nMQL: not yet, engagement is 0 and must be 20: 20 more/,
  );
  expect(err).toMatch(/^note: this Redis has seen no backfill/);
  const named = await run('score', 'Ada@example.com', '--json');
  expect(JSON.parse(named.out)).toMatchObject({ id, model: 'platform', applies: true });
  expect(sandbox.requests.count({ path: '/crm/objects/{version}/contacts/batch/update' })).toBe(0);
});

function score(leads: unknown, ...more: string[]) {
  const at = more.includes('--at') ? [] : ['--at', '2026-04-01'];
  return runCli(['score', '--lead', json(leads), '--model', write('model.yaml', MODEL), ...at, ...more]);
}

function scoreCsv(leads: string, activities?: string) {
  const also = activities === undefined ? [] : ['--activities', write('activities.csv', activities)];
  const model = write('model.yaml', MODEL);
  return runCli(['score', '--lead', write('leads.csv', leads), ...also, '--model', model, '--at', '2026-04-01']);
}

function json(lead: unknown): string {
  return write('lead.json', JSON.stringify(lead, undefined, 2));
}

function write(name: string, text: string): string {
  const file = join(tempFolder(), name);
  writeFileSync(file, text);
  return file;
}
