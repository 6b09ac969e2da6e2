import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { salesforceConfig } from '../support/cli-org.ts';
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

test('its buyers follow a rule where one asks for that, so that there is something to learn', async () => {
  const { lines, done, stop } = start('sandbox', '--leads', '600', '--buyers', 'by-rule');
  const env = Object.fromEntries(
    [...(await lines).join('\n').matchAll(/^ {2}export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]),
  );
  const { out } = await runCli(['suggest', '--json'], env);
  expect(JSON.parse(out).auc).toBeGreaterThan(0.75);
  expect(out).toContain('\\"Timeframe\\" was changed for');
  stop();
  await done;
});

test('an org of Salesforce runs as well, and check works against it as it says', async () => {
  const { lines, done, stop } = start('sandbox', '--crm', 'salesforce', '--leads', '3');
  const out = (await lines).join('\n');
  expect(out).toMatch(/^A Salesforce org with 3 people is at http:\/\/127\.0\.0\.1:\d+$/m);
  const exported = [...out.matchAll(/^ {2}export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]);
  const env = { ...Object.fromEntries(exported), LEADGAUGE_CONFIG: salesforceConfig() };
  expect(await runCli(['setup', '--yes'], env)).toMatchObject({ code: 0 });
  expect(await runCli(['check'], env)).toMatchObject({ code: 0 });
  stop();
  expect(await done).toMatchObject({ code: 0, err: 'the sandbox has ended' });
});

test('an org prints with --json what it is signed in to by', async () => {
  const { lines, done, stop } = start('sandbox', '--crm', 'salesforce', '--leads', '2', '--seed', '7', '--json');
  const { url, clientId, clientSecret, organizationId, leads } = JSON.parse((await lines)[0] ?? '');
  expect([organizationId, leads]).toEqual([expect.stringMatching(/^00D\w{15}$/), 2]);
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  expect((await fetch(`${url}/services/oauth2/token`, { method: 'POST', body })).status).toBe(200);
  stop();
  await done;
});

test('an org sends outbound messages where it is told to, but none about what leadgauge itself wrote', async () => {
  const bodies: string[] = [];
  const heard = Promise.withResolvers<string>();
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += String(chunk);
    });
    request.on('end', () => {
      bodies.push(body);
      heard.resolve(body);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void receiver.close());
  await once(receiver, 'listening');
  const address = receiver.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const { lines, done, stop } = start(
    ...['sandbox', '--crm', 'salesforce', '--leads', '2', '--json'],
    ...['--webhooks', `http://127.0.0.1:${port}/webhooks/salesforce/secret`],
  );
  const { url, clientId, clientSecret } = JSON.parse((await lines)[0] ?? '');
  const act = async (body: object) =>
    (await fetch(`${url}/_sandbox/act`, { method: 'POST', body: JSON.stringify(body) })).json();
  const credentials = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const session = await fetch(`${url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(credentials),
  });
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await session.json());
  const written = await fetch(`${url}/services/data/v68.0/sobjects/Lead`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ LastName: 'Ours', Company: 'Ours' }),
  });
  expect(written.status).toBe(201);
  const { id } = z
    .object({ id: z.string() })
    .parse(
      await act({ act: 'createLead', values: { LastName: 'Byron', Company: 'Engines', Email: 'ada@example.com' } }),
    );
  expect(await heard.promise).toContain(id);
  expect(bodies.join('').match(/<Notification>/g)).toHaveLength(1);
  stop();
  await done;
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
  [['--crm', 'salesforce', '--tier', 'free'], '--tier is about HubSpot: leave it out with --crm salesforce'],
  [['--crm', 'salesforce', '--webhook-secret', 'x'], 'is the last part of the address after --webhooks'],
  [['--crm', 'salesfroce'], 'Allowed choices are hubspot, salesforce'],
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
