import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCliPortal, runCli, tempFolder } from '../support/run-cli.ts';

const LEAD = {
  fields: { email: 'Ada@Example.com', job_title: 'VP Engineering', employees: 1200, country: null },
  activities: [
    { type: 'page-view', at: '2026-03-30T09:12:00Z', url: '/pricing' },
    { type: 'form-submission', at: '2026-03-31', form: 'webinar' },
  ],
};

test('a lead from a file is scored without a CRM, a token or a Redis', async () => {
  const { code, out, err } = await runCli(['score', write(LEAD), '--at', '2026-04-01']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.split('\n')).toEqual([
    'score 71, grade B3 (fit 50, engagement 21)',
    'MQL: not yet, the field company is empty',
    '  +25 Executive title',
    '  +10 1000 people or more',
    '  +10 More than 10 people',
    '  +10 Pricing page (30 Mar 2026)',
    '  +10 Webinar sign-up (31 Mar 2026)',
    '  +5 Business email',
    '  +1 Pages viewed (30 Mar 2026)',
  ]);
});

test('what was done after --at does not count', async () => {
  const { out } = await runCli(['score', write(LEAD), '--at', '2026-03-30', '--json']);
  expect(JSON.parse(out)).toMatchObject({ score: 50, engagement: 0, at: '2026-03-30T00:00:00.000Z' });
});

test('a lead that passes the gates is an MQL, with its fast tracks and flags', async () => {
  const lead = {
    fields: { ...LEAD.fields, company: 'Analytical Engines' },
    activities: [
      { type: 'form-submission', at: '2026-03-31', form: 'demo-request' },
      { type: 'page-view', at: '2026-03-31', url: '/careers/engineer' },
    ],
  };
  const { out } = await runCli(['score', write(lead), '--at', '2026-04-01']);
  expect(out).toMatch(/^MQL: yes$/m);
  expect(out).toMatch(/^fast track: demo-request$/m);
  expect(out).toMatch(/^flags: careers-visitor$/m);
});

test('a list of leads gives a list of scores, by their ids or their places', async () => {
  const file = write([{ ...LEAD, id: 'ada' }, { fields: {} }]);
  const { out } = await runCli(['score', file, '--json']);
  expect(JSON.parse(out)).toMatchObject([{ id: 'ada' }, { id: '2', score: 0, reasons: [] }]);
  const plain = await runCli(['score', file]);
  expect(plain.out).toMatch(/^lead ada$/m);
  expect(plain.out).toMatch(/^lead 2\nscore 0, grade D4 \(fit 0, engagement 0\)\n.*\nnothing scores$/m);
});

test('every slip in a file is named with its place and the word that was meant', async () => {
  const file = write({
    fields: { jobtitle: 'VP', employees: [1200] },
    activities: [
      { type: 'page-veiw', at: '2026-02-30' },
      { type: 'form-submission', at: '2026-03-31', form: 'webinars' },
      { type: 'page-view', at: '2026-03-31', form: 'webinar' },
    ],
  });
  const { code, out, err } = await runCli(['score', file]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  const lines = err.split('\n').map((line) => line.replace(/^.*lead\.json:\d+:\d+ /, ''));
  expect(lines).toEqual([
    'unknown key "jobtitle": did you mean "job_title"?',
    '"employees" must be text or a number or true or false, not a list',
    '"page-veiw" is not allowed for "type": did you mean "page-view"?',
    '"2026-02-30" is no time: write a day such as 2026-03-31, or a time such as 2026-03-31T09:30:00Z',
    'config has no form "webinars": did you mean "webinar"?',
    '"form" goes with form-submission, not with page-view',
  ]);
});

test('a file that is no JSON, and one that is not there, are named for what they are', async () => {
  const broken = join(tempFolder(), 'lead.json');
  writeFileSync(broken, '{ "fields": {');
  const { code, err } = await runCli(['score', broken]);
  expect(code).toBe(2);
  expect(err).toMatch(/lead\.json:1:\d+ /);
  const absent = await runCli(['score', 'ada@example.com']);
  expect(absent.code).toBe(2);
  expect(absent.err).toMatch(/^there is no such file: name a JSON file of a lead, or the id of a contact/);
});

test.each(['yesterday', '2026-02-30', '2026-03-31 09:00'])('--at %s is refused with an example', async (at) => {
  const { code, err } = await runCli(['score', write(LEAD), '--at', at]);
  expect(code).toBe(2);
  expect(err).toContain('such as 2026-03-31');
});

test('a contact is scored by its id, and nothing is written', async () => {
  const { sandbox, run } = await openCliPortal();
  const { id } = sandbox.people.createContact({
    email: 'ada@example.com',
    jobtitle: 'Director of IT',
    company: 'Engines',
  });
  await run('setup', '--yes');
  sandbox.requests.clear();
  const { code, out, err } = await run('score', id);
  expect(code).toBe(0);
  expect(out).toMatch(/^score 30, grade C4 \(fit 30, engagement 0\)\nMQL: not yet, fit is 30 and must be 40: 10 more/);
  expect(err).toMatch(/^note: this Redis has seen no backfill/);
  expect(sandbox.requests.count({ path: '/crm/objects/{version}/contacts/batch/update' })).toBe(0);
});

function write(lead: unknown): string {
  const file = join(tempFolder(), 'lead.json');
  writeFileSync(file, JSON.stringify(lead, undefined, 2));
  return file;
}
