import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { redactAdvice, redactText } from '../../../src/base/log.ts';

test('no address and no credential is left in a text', () => {
  expect(redactText('ada@acme.example and ann@example.com wrote; pat-na1-abcdefgh')).toBe(
    '[e-mail] and [e-mail] wrote; [token]',
  );
});

test.each([
  ['write one such as ann@example.com.', 'write one such as ann@example.com.'],
  ['smtp://user:password@smtp.example.com:587', 'smtp://user:password@smtp.example.com:587'],
  ['ada@acme.example is nobody', '[e-mail] is nobody'],
  ['ada@example.com.evil.com, ada@notexample.com', '[e-mail], [e-mail]'],
  ['ada%40acme.com@smtp.example.com', '[e-mail]'],
  ['Bearer abcdefgh@example.com', '[token]@example.com'],
  ['ada@acme.com@example.com', '[e-mail]'],
])('of a message about config only our own examples are: %s', (text, left) => {
  expect(redactAdvice(text)).toBe(left);
});

/** Each kind of credential that leadgauge is given, made up. */
const CREDENTIALS = [
  'pat-eu1-0a1b2c3d-0000-4444-8888-canarycanary',
  'Bearer 00D5g000008AbCd!AQEAQcanary.canary_canary',
  '00D5g000008AbCd!AQEAQcanary.canary_canary',
  '5Aep861canary.canary_canarycanary',
  'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJjYW5hcnkifQ.c2lnbmVkLWNhbmFyeQ',
  '-----BEGIN PRIVATE KEY-----\nMIIcanary+canary/canary=\n-----END PRIVATE KEY-----',
  'whsec_Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5',
  'https://hooks.slack.com/services/T000/B000/canarycanarycanary',
  '/webhooks/salesforce/canary4d1c0b7a6e5f3921d0c4b8a796857463',
  'redis://:canary@localhost:6379',
  'rediss://default:can@ry:canary@redis.example.com:6380/0',
  'smtp://canary:canary@smtp.example.com:587',
];

const SECRET_PART = /canary|can@ry|Y2FuYX|c2lnbmVk|eyJ/i;

test.each(CREDENTIALS)('no part of %s is left in a text', (credential) => {
  expect(redactText(`it was refused: ${credential}, and again: "${credential}"`)).not.toMatch(SECRET_PART);
});

test('an address keeps what tells where it is', () => {
  expect(redactText('no answer from redis://:hunter2@10.0.0.7:6379')).toBe('no answer from redis://10.0.0.7:6379');
});

/** Logs each pair of a message and a fact in a process of its own, and returns what that wrote to standard error. */
function written(json: boolean, pairs: readonly (readonly [string, string])[]): string[] {
  const program = `
    import { createLog } from './src/base/log.ts';
    const log = createLog({ level: 'debug', json: ${json} });
    for (const [message, fact] of ${JSON.stringify(pairs)}) log.warn(message, { fact });
  `;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  return stderr.trimEnd().split('\n');
}

test.each([false, true])('no credential gets into the log, in its words or its facts (as JSON: %s)', (json) => {
  const lines = written(
    json,
    CREDENTIALS.map((credential) => [`refused: ${credential}`, `and again ${credential}`]),
  );
  expect(lines.length).toBe(CREDENTIALS.length);
  expect(lines.filter((line) => !line.includes('refused') || SECRET_PART.test(line))).toEqual([]);
});

test.each([false, true])(
  'what came from outside makes no line of its own, and moves no cursor (as JSON: %s)',
  (json) => {
    const hostile = 'Acme\r\n12:00:00 error: all is lost\u2028\u001b[2J';
    const lines = written(json, [[hostile, hostile]]);
    expect(lines.length).toBe(1);
    expect(lines[0]).toMatch(
      json ? /^\{.*\}$/s : /^\d\d:\d\d:\d\d warn: Acme 12:00:00 error: all is lost \[2J fact=Acme /,
    );
    expect(lines[0]).not.toMatch(/\p{Cc}/u);
  },
);

test.each([
  ['a', 100_000],
  ['a%40', 20_000],
  ['a@', 20_000],
  ['a@b.', 20_000],
  ['pat-', 20_000],
  ['Bearer ', 20_000],
])('a text made of %j is read in a moment', (part, times) => {
  const text = part.repeat(times);
  expect(redactText(text).length).toBeLessThanOrEqual(text.length);
});
