import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli, tempFolder } from '../support/run-cli.ts';

test('the sandbox runs until it is told to stop, and check works against it as it says', async () => {
  const { lines, done, stop } = start('sandbox', '--leads', '3');
  const out = (await lines).join('\n');
  expect(out).toMatch(/^A HubSpot portal with 3 contacts is at http:\/\/127\.0\.0\.1:\d+$/m);
  expect(out).toMatch(/^ {2}npm run --silent leadgauge -- setup --yes$/m);
  const env = Object.fromEntries(
    [...out.matchAll(/^ {2}export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(await runCli(['setup', '--yes'], env)).toMatchObject({ code: 0 });
  expect(await runCli(['check'], env)).toMatchObject({ code: 0 });
  stop();
  expect(await done).toMatchObject({ code: 0, err: 'the sandbox has ended' });
});

test('with --json it prints one line once it is ready', async () => {
  const { lines, done, stop } = start('sandbox', '--leads', '2', '--json');
  const [line = '', ...more] = await lines;
  expect(more).toEqual([]);
  const { url, token, leads } = JSON.parse(line);
  expect(leads).toBe(2);
  const answer = await fetch(`${url}/crm/objects/2026-03/contacts`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  stop();
  await done;
});

test('people come from a file where one is named', async () => {
  const file = join(tempFolder(), 'leads.csv');
  writeFileSync(file, 'email,jobtitle\nada@example.com,Director\n');
  const { lines, done, stop } = start('sandbox', '--leads-csv', file, '--json');
  expect(JSON.parse((await lines)[0] ?? '')).toMatchObject({ leads: 1 });
  stop();
  await done;
});

test('without a scope it refuses what needs it, as HubSpot does', async () => {
  const { lines, done, stop } = start(
    ...['sandbox', '--leads', '1', '--without-scope', 'forms', '--without-scope', 'crm.lists.read'],
  );
  const out = (await lines).join('\n');
  expect(out).toMatch(/^The token lacks forms, crm\.lists\.read$/m);
  const url = /HUBSPOT_BASE_URL=(\S+)/.exec(out)?.[1];
  const authorization = `Bearer ${/HUBSPOT_TOKEN=(\S+)/.exec(out)?.[1]}`;
  const status = async (path: string) => (await fetch(`${url}${path}`, { headers: { authorization } })).status;
  expect(await status('/marketing/forms/2026-09')).toBe(403);
  expect(await status('/crm/lists/2026-09/1')).toBe(403);
  expect(await status('/crm/objects/2026-09/contacts')).toBe(200);
  stop();
  await done;
});

test.each([
  [['--without-scope', 'form'], 'The sandbox knows no such scope: did you mean "forms"?'],
  [['--tier', 'gold'], 'Allowed choices are free, starter, professional, enterprise'],
  [['--leads', '-1'], 'Write a whole number from 0 to 1,000,000'],
  [['--port', '70000'], 'Write a whole number from 0 to 65,535'],
  [['--index-delay', '5'], 'such as 5s or 2m'],
  [['--webhooks', 'here', '--webhook-secret', 'try'], 'Write a whole address'],
  [['--webhooks', 'http://127.0.0.1:3000'], '--webhooks needs --webhook-secret'],
  [['--webhook-secret', 'try'], '--webhook-secret needs --webhooks'],
  [['--activities-csv', 'a.csv'], '--activities-csv needs --leads-csv'],
  [['--leads-csv', '/no/such.csv'], '/no/such.csv: there is no such file'],
  [['--laeds', '5'], 'Did you mean --leads?'],
])('sandbox %j is refused with what to do', async (args, message) => {
  const { code, err } = await runCli(['sandbox', ...args]);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('a port that is taken is said to be so', async () => {
  const { lines, done, stop } = start('sandbox', '--leads', '0', '--json');
  const port = new URL(JSON.parse((await lines)[0] ?? '').url).port;
  const { code, err } = await runCli(['sandbox', '--leads', '0', '--port', port]);
  expect(code).toBe(2);
  expect(err).toBe(`port ${port} is in use by another program: name another with --port, or leave it out`);
  stop();
  await done;
});

/** A command that runs until it is stopped; `lines` is what it prints when it is ready. */
function start(...args: string[]) {
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  const printed: string[] = [];
  const ready = Promise.withResolvers<string[]>();
  const out = (line: string) => {
    // The first output comes in one go.
    if (printed.push(line) === 1) setImmediate(() => ready.resolve(printed));
  };
  const done = runCli(args, {}, { out, signal: stopping.signal });
  done.then(({ code, err }) => ready.reject(new Error(`ended with ${code}: ${err}`)), ready.reject);
  return { lines: ready.promise, done, stop: () => stopping.abort() };
}
