import { expect, test } from 'vitest';
import { addDeadLetter } from '../../src/ledger/dead-letters.ts';
import { keepRedis, openCliPortal, runCli } from '../support/run-cli.ts';

test('before anything has run the status says what to do, and exits with 1', async () => {
  const { run } = await openCliPortal();
  const { code, out, err } = await run('status');
  expect({ code, err }).toEqual({ code: 1, err: '1 thing needs a person' });
  expect(out).toMatch(/^hubspot: no worker has run yet\n {2}scored +nobody yet\n {2}waiting +no lead\n/);
  expect(out).toMatch(/\nx {2}no worker has run yet: run "leadgauge start"$/);
});

test('with a worker all is well, also when the CRM is away; the JSON says the same as the exit code', async () => {
  const { env, run, sandbox } = await openCliPortal({ leads: 20 });
  const space = await keepRedis(env);
  await run('setup', '--yes');
  const stop = new AbortController();
  const running = runCli(['start', 'worker'], env, { signal: stop.signal });
  const scored = async () => JSON.parse((await run('status', '--json')).out).connections.hubspot.scored.state;
  await expect.poll(scored, { timeout: 25_000, interval: 200 }).toBe('done');
  stop.abort(new Error('interrupted'));
  expect(await running).toMatchObject({ code: 0 });
  await sandbox.close();

  const { code, out, err } = await run('status');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const lines = out.split('\n');
  expect(lines.at(-1)).toBe('All is well.');
  expect(lines.length).toBeLessThanOrEqual(24);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  expect(out).toMatch(/ {2}scored +every lead, \d+ s ago\n/);
  expect(out).toMatch(/\n {2}read up to\n {4}leads +\d+ s ago +every 60 s\n/);
  const json = JSON.parse((await run('status', '--json')).out);
  expect(json).toMatchObject({ ok: true, needs: [], connections: { hubspot: { role: 'both', errors: [] } } });

  await addDeadLetter(space, { id: '7', reason: 'a value is too long', at: Date.now() });
  const letter = await run('status', '--json');
  expect(letter.code).toBe(1);
  expect(JSON.parse(letter.out)).toMatchObject({
    ok: false,
    needs: ['1 dead letter: see "leadgauge dead-letters list"'],
    connections: { hubspot: { deadLetters: 1 } },
  });
});
