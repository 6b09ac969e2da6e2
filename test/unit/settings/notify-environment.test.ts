import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/base/errors.ts';
import { readEnvironment } from '../../../src/settings/environment.ts';
import { notifyTargets, usableTargets } from '../../../src/settings/notify-environment.ts';
import type { Notify } from '../../../src/settings/sales.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const ALL: Notify = { slack: true, https: true, email: { from: 'leads@example.com' }, team: [] };
const NONE: Notify = { slack: false, https: false, email: undefined, team: [] };
const RIGHT = {
  SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T00/B00/xyz',
  SMTP_URL: 'smtps://leads%40example.com:s%2Fecret@smtp.example.com:465',
  NOTIFY_URL: 'https://hooks.example.com/leads?team=dach',
  NOTIFY_SECRET: SECRET,
};

const dir = mkdtempSync(join(tmpdir(), 'leadgauge-notify-'));
afterAll(() => rmSync(dir, { recursive: true }));
const targets = (notify: Notify, variables: Record<string, string>) =>
  notifyTargets({ notify }, readEnvironment(variables, dir).notify);

function problemsOf(notify: Notify, variables: Record<string, string>): string[] {
  try {
    targets(notify, variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ message }) => message);
    throw error;
  }
}

test('every way that is on gets its address from the environment', () => {
  expect(targets(ALL, RIGHT)).toEqual({
    slack: { url: RIGHT.SLACK_WEBHOOK_URL },
    email: { url: RIGHT.SMTP_URL, from: 'leads@example.com' },
    https: { url: RIGHT.NOTIFY_URL, secret: SECRET },
  });
});

test('a secret may stand in a file', () => {
  const file = join(dir, 'slack');
  writeFileSync(file, `${RIGHT.SLACK_WEBHOOK_URL}\n`);
  expect(targets({ ...NONE, slack: true }, { SLACK_WEBHOOK_URL_FILE: file })).toEqual({
    slack: { url: RIGHT.SLACK_WEBHOOK_URL },
  });
});

test('what is missing for a way that is on is named, all of it at once', () => {
  expect(problemsOf(ALL, {}).map((message) => message.split(' ')[0])).toEqual(Object.keys(RIGHT));
  expect(problemsOf(ALL, {})[0]).toBe(
    'SLACK_WEBHOOK_URL is not set: put it in .env, or the path of a file that holds it in SLACK_WEBHOOK_URL_FILE, or write "slack: off" under "notify" in sales.yaml',
  );
});

test('what sends nothing does with the ways that can be used, and tells what the others lack', () => {
  const { SMTP_URL, NOTIFY_URL } = RIGHT;
  const variables = { SMTP_URL, NOTIFY_URL, SLACK_WEBHOOK_URL_FILE: join(dir, 'gone') };
  const { targets: usable, problems } = usableTargets({ notify: ALL }, readEnvironment(variables, dir).notify);
  expect(usable).toEqual({ email: { url: SMTP_URL, from: 'leads@example.com' } });
  expect(problems).toEqual([
    expect.stringMatching(/^SLACK_WEBHOOK_URL_FILE names .*gone, which cannot be read/),
    expect.stringMatching(/^NOTIFY_SECRET is not set/),
  ]);
  expect(problemsOf(ALL, variables)).toEqual(problems);
});

test('a variable of somebody else does no harm while the way is off', () => {
  expect(targets(NONE, { SMTP_URL: 'mail.example.com', SLACK_WEBHOOK_URL: 'https://chat.example.com/x' })).toEqual({});
});

describe('what cannot be used is refused, and its value is not shown', () => {
  test.each([
    ['SLACK_WEBHOOK_URL', 'https://hooks.slack.com.example.com/services/T00/B00/xyz'],
    ['SLACK_WEBHOOK_URL', 'http://hooks.slack.com/services/T00/B00/xyz'],
    ['SLACK_WEBHOOK_URL', 'https://hooks.slack.com/?team=acme'],
    ['SLACK_WEBHOOK_URL', 'xoxb-1234'],
    ['SMTP_URL', 'mail.example.com:587'],
    ['SMTP_URL', 'https://smtp.example.com'],
    ['SMTP_URL', 'smtp://user:100%@smtp.example.com'],
    ['NOTIFY_URL', 'http://hooks.example.com/leads'],
    ['NOTIFY_URL', 'https://user:password@hooks.example.com/leads'],
    ['NOTIFY_SECRET', 'whsec_short'],
    ['NOTIFY_SECRET', SECRET.slice('whsec_'.length)],
  ])('%s=%s', (variable, value) => {
    const [problem, ...more] = problemsOf(ALL, { ...RIGHT, [variable]: value });
    expect(more).toEqual([]);
    expect(problem).toMatch(new RegExp(`^${variable} must be `));
    expect(problem).not.toContain(value);
  });

  test.each([
    ['SLACK_WEBHOOK_URL', 'http://127.0.0.1:4010/hook'],
    ['NOTIFY_URL', 'http://localhost:4010/hook'],
    ['SMTP_URL', 'smtp://127.0.0.1:2525'],
  ])('but %s may be on this machine', (variable, value) => {
    expect(problemsOf(ALL, { ...RIGHT, [variable]: value })).toEqual([]);
  });
});
