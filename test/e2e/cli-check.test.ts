import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { saveProgress } from '../../src/ledger/progress.ts';
import { copyConfig, keepRedis, openCliPortal, runCli, tempFolder } from '../support/run-cli.ts';

test('before the set-up, check names what is missing and the command that mends it, and writes nothing', async () => {
  const { sandbox, run } = await openCliPortal();
  const { code, out, err } = await run('check');
  expect(code).toBe(2);
  expect(out).toMatch(/^ok the files in config\/ are sound: model platform \(version \w+\), \d+ criteria, 12 fields/m);
  expect(out).toContain('ok the token works and contacts can be read');
  expect(out).toMatch(
    /^x {2}config\/hubspot\.yaml:\d+:\d+ the portal has none of the 27 output properties yet: run "leadgauge setup"/m,
  );
  expect(err).toBe('1 problem: mend what is marked x, then check again');
  expect(sandbox.portal.properties.get('leadgauge_score')).toBeUndefined();
});

test('after the set-up, check finds no problem', async () => {
  const { run } = await openCliPortal();
  await run('setup', '--yes');
  const { code, out, err } = await run('check');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).not.toMatch(/^x/m);
  expect(out).toMatch(/^! {2}Redis is kept in memory only/m);
});

test('check --json tells programs the same', async () => {
  const { run } = await openCliPortal();
  const { code, out } = await run('check', '--json');
  const { ok, findings } = JSON.parse(out);
  expect({ code, ok }).toEqual({ code: 2, ok: false });
  expect(findings).toContainEqual({ level: 'ok', message: 'contacts can be written' });
});

test('with a wrong token, check says so once and what it could not look at, without the token', async () => {
  const { env } = await openCliPortal();
  const { code, out, err } = await runCli(['check'], { ...env, HUBSPOT_TOKEN: 'pat-na1-canary-canary' });
  expect(code).toBe(2);
  expect(out.match(/^x/gm)).toHaveLength(1);
  expect(out).toMatch(/^! {2}not checked for want of the above/m);
  expect(err).toBe('1 problem: mend what is marked x, then check again');
  expect(out + err).not.toContain('canary');
});

test.each([['setup'], ['backfill'], ['explain', '1']])(
  'with a wrong token, %s ends with one message and exit code 2',
  async (...args) => {
    const { env, sandbox } = await openCliPortal();
    const { code, err } = await runCli(args, { ...env, HUBSPOT_TOKEN: 'pat-na1-canary-canary' });
    expect(code).toBe(2);
    expect(err).toMatch(/token/);
    expect(err).not.toContain('canary');
    expect(sandbox.portal.properties.get('leadgauge_score')).toBeUndefined();
  },
);

test('without a token, every command that needs the portal says where to get one', async () => {
  for (const args of [['check'], ['setup'], ['explain', '1'], ['score', '1'], ['dead-letters', 'list']]) {
    const { code, err } = await runCli(args);
    expect(code).toBe(2);
    expect(err).toContain('HUBSPOT_TOKEN is not set');
  }
});

test('a slip in a config file is named with its place and the word that was meant, before the portal is asked', async () => {
  const { env, sandbox } = await openCliPortal();
  const config = copyConfig();
  const file = join(config, 'hubspot.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('outputs:', 'outptus:'));
  const { code, err } = await runCli(['check'], { ...env, LEADGAUGE_CONFIG: config });
  expect(code).toBe(2);
  expect(err).toMatch(/hubspot\.yaml:\d+:1 unknown key "outptus": did you mean "outputs"\?/);
  expect(sandbox.requests.count({})).toBe(0);
});

describe('what is likely a mistake in a model', () => {
  /** A half-life that is longer than anything looks back. */
  function doubtfulConfig(): string {
    const config = copyConfig();
    const file = join(config, 'models/platform.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/half_life: \d+d/, 'half_life: 900d'));
    return config;
  }

  test('is a warning of check with its place, said once, and no reason to fail', async () => {
    const { env, run } = await openCliPortal();
    await run('setup', '--yes');
    const { code, out, err } = await runCli(['check'], { ...env, LEADGAUGE_CONFIG: doubtfulConfig() });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^! {2}\S+models\/platform\.yaml:\d+:\d+ the half-life of 900 days/m);
  });

  test('is said by every other command on standard error, and leaves the output alone', async () => {
    const { env } = await openCliPortal();
    const doubtful = { ...env, LEADGAUGE_CONFIG: doubtfulConfig() };
    const { code, out, err } = await runCli(['setup', '--yes', '--json'], doubtful);
    expect({ code, applied: JSON.parse(out).applied }).toEqual({ code: 0, applied: true });
    expect(err).toMatch(/^warning: \S+models\/platform\.yaml:\d+:\d+ /);
  });

  test('is a line of the log of start', async () => {
    const env = { PATH: process.env.PATH, LEADGAUGE_CONFIG: doubtfulConfig(), LEADGAUGE_DATA: tempFolder() };
    const started = promisify(execFile)(process.execPath, ['src/cli/main.ts', 'start'], { env });
    // It ends for want of a token.
    await expect(started).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^\S+ warn: \S+models\/platform\.yaml:\d+:\d+ /),
    });
  });
});

test('a form that the portal does not have is a problem, with its place and the nearest name', async () => {
  const { env } = await openCliPortal();
  const config = copyConfig();
  const file = join(config, 'hubspot.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('Request a demo', 'Request a dmeo'));
  const { code, out } = await runCli(['check'], { ...env, LEADGAUGE_CONFIG: config });
  expect(code).toBe(2);
  expect(out).toMatch(/^x {2}.*hubspot\.yaml:\d+:\d+ .*"Request a dmeo": did you mean "Request a demo"\?/m);
});

describe('the folder of scheduled reviews', () => {
  async function checkedWith(to: string) {
    const { env, run } = await openCliPortal();
    await run('setup', '--yes');
    const config = copyConfig();
    const file = join(config, 'schedules.yaml');
    const review = `review: { to: ${JSON.stringify(to)} }`;
    writeFileSync(file, readFileSync(file, 'utf8').replace('review: off', review));
    return runCli(['check'], { ...env, LEADGAUGE_CONFIG: config });
  }

  test('is a problem where nothing can be written to it, with what to do', async () => {
    const noFolder = join(tempFolder(), 'a-file');
    writeFileSync(noFolder, '');
    const to = join(noFolder, 'reviews', 'ours');
    const { code, out } = await checkedWith(to);
    expect(code).toBe(2);
    expect(out).toContain(
      `x  no review can be written to ${to}: ${noFolder} is no folder: name another folder under "review" in config/schedules.yaml, in a container one that is mounted, such as /data/reviews`,
    );
  });

  test('is none where it is still to be made, and is not made', async () => {
    const to = join(tempFolder(), 'made', 'when-missing');
    const { code, out } = await checkedWith(to);
    expect(code).toBe(0);
    expect(out).toContain(`ok reviews can be written to ${to}`);
    expect(existsSync(to)).toBe(false);
  });
});

test('what nobody can check from here is said to be unchecked, and a worker that rests is told of', async () => {
  const { env } = await openCliPortal();
  await saveProgress(await keepRedis(env), 'paused', 'the token was revoked');
  const webhooks = { HUBSPOT_WEBHOOK_SECRETS: 'secret', PUBLIC_URL: 'https://leads.example.com' };
  const { out } = await runCli(['check'], { ...env, ...webhooks });
  expect(out).toMatch(/^! {2}not checked: whether HubSpot reaches https:\/\/leads\.example\.com\/webhooks\/hubspot/m);
  expect(out).toMatch(/^! {2}the worker rests until "leadgauge start" runs anew: the token was revoked/m);
  const { out: behindProxy } = await runCli(['check'], { ...env, ...webhooks, PUBLIC_URL: undefined });
  expect(behindProxy).toMatch(/^! {2}PUBLIC_URL is not set/m);
});
