import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { openCliPortal, runCli } from '../support/run-cli.ts';

test('a port that is taken ends start at once, with what to do', async () => {
  const { env, run } = await openCliPortal();
  await run('setup', '--yes');
  const { code, err } = await runCli(['start'], { ...env, PORT: await takenPort() });
  expect(code).toBe(2);
  expect(err).toMatch(/^port \d+ is taken: set PORT to another, or stop what listens there$/);
});

test('without a token, start ends before anything is started', async () => {
  const { code, err } = await runCli(['start']);
  expect(code).toBe(2);
  expect(err).toContain('HUBSPOT_TOKEN is not set');
});

test('what the portal lacks is told before anything listens', async () => {
  const { env } = await openCliPortal();
  const { code, err } = await runCli(['start'], { ...env, PORT: await takenPort() });
  expect(code).toBe(2);
  expect(err).toContain('run "leadgauge setup"');
});

test('start works until it is stopped, and then ends well', async () => {
  const { env, run, sandbox } = await openCliPortal({ leads: 20 });
  await run('setup', '--yes');
  const stop = new AbortController();
  const running = runCli(['start'], { ...env, PORT: '0' }, { signal: stop.signal });
  const first = sandbox.portal.contacts.all[0];
  await expect
    .poll(() => first && sandbox.portal.textOf(first, 'leadgauge_grade'), { timeout: 20_000 })
    .toMatch(/^[A-D][1-4]$/);
  stop.abort(new Error('interrupted'));
  expect(await running).toMatchObject({ code: 0, err: '' });
});

test.each(['--json', '--verify'])('a demo that does not end tells that %s needs --once', async (flag) => {
  const { code, err } = await runCli(['demo', flag]);
  expect(code).toBe(2);
  expect(err).toContain('add --once');
});

test('the version is that of the package', async () => {
  expect(await runCli(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
});

test('no line of any help is wider than a terminal', async () => {
  const commands = ['', 'demo', 'check', 'setup', 'backfill', 'start', 'score', 'explain', 'plan', 'apply', 'schema'];
  for (const command of [...commands, 'status', 'sandbox', 'dead-letters', 'dead-letters list', 'dead-letters retry']) {
    const { out } = await runCli([...command.split(' ').filter((word) => word !== ''), '--help']);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  }
});

async function takenPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return address === null || typeof address === 'string' ? '' : String(address.port);
}
