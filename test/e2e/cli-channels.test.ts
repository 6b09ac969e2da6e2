import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { asksForDemo } from '../../src/cli/demo/journeys.ts';
import { scoreAll } from '../../src/cli/demo/score-all.ts';
import { quiet } from '../../src/cli/demo/settle.ts';
import { openWorld } from '../../src/cli/demo/world.ts';
import type { Io } from '../../src/cli/io.ts';
import { runWorker } from '../../src/cli/run-worker.ts';
import { withApp } from '../../src/cli/with-app.ts';
import { countWaiting } from '../../src/ledger/outbox.ts';
import { openHttpTarget } from '../support/http-target.ts';
import { copyConfig, openCliPortal, runCli, tempFolder } from '../support/run-cli.ts';

const NOT_SET = 'SLACK_WEBHOOK_URL is not set: put it in .env';

/** A config with a way to tell sales of which the address is missing. */
function slackConfig(): string {
  const config = copyConfig();
  writeFileSync(join(config, 'sales.yaml'), 'notify: { slack: on, team: [team@example.com] }\n');
  return config;
}

/** The same with a portal that is set up. */
async function withoutAddress() {
  const { env, run } = await openCliPortal();
  await run('setup', '--yes');
  return { ...env, LEADGAUGE_CONFIG: slackConfig() };
}

test('what tells sales nothing works without the address of a channel, and says so in a line', async () => {
  const env = await withoutAddress();
  for (const command of ['status', 'follow-up', 'alerts list', 'dead-letters list', 'setup --dry-run']) {
    const { code, out, err } = await runCli(command.split(' '), env);
    expect({ command, code }).toEqual({ command, code: command === 'status' ? 1 : 0 });
    expect(out).not.toBe('');
    const note = `note: a way to tell sales is not configured here, and "leadgauge start" needs it: ${NOT_SET}`;
    expect(err.split('\n').filter((line) => line.startsWith(note))).toHaveLength(1);
  }
});

test('a file of its secret that is gone stops none of these either', async () => {
  const env = { ...(await withoutAddress()), SLACK_WEBHOOK_URL_FILE: '/run/secrets/gone' };
  const { code, out, err } = await runCli(['alerts', 'list'], env);
  expect({ code, out }).toEqual({ code: 0, out: 'no rule is stopped' });
  expect(err).toContain('SLACK_WEBHOOK_URL_FILE names /run/secrets/gone, which cannot be read (ENOENT)');
});

test('an address that cannot be used is answered with an example that can be read', async () => {
  const { LEADGAUGE_CONFIG: config, ...env } = await withoutAddress();
  writeFileSync(join(config, 'sales.yaml'), 'notify: { email: { from: leads@example.com } }\n');
  const { code, err } = await runCli(['start'], { ...env, LEADGAUGE_CONFIG: config, SMTP_URL: 'ada@acme.example' });
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringMatching(/^SMTP_URL must be an address such as smtp:\/\/user:password@smtp\.example\.com:587, /),
  });
});

test('start ends for want of it before anything runs, and check names it with all else', async () => {
  const env = await withoutAddress();
  const started = await runCli(['start'], env);
  expect(started).toMatchObject({ code: 2, out: '', err: expect.stringContaining(NOT_SET) });
  expect(started.err).not.toContain('note:');
  const { code, out, err } = await runCli(['check'], env);
  expect({ code, err }).toEqual({ code: 2, err: '1 problem: mend what is marked x, then check again' });
  expect(out).toContain(`x  ${NOT_SET}`);
  expect(out).toContain('ok the token works and contacts can be read');
});

/** A way to tell sales that works: to a server on this machine. */
async function openSlack() {
  const slack = await openHttpTarget();
  const env = { LEADGAUGE_CONFIG: slackConfig(), LEADGAUGE_DATA: tempFolder(), SLACK_WEBHOOK_URL: slack.url };
  const { signal } = new AbortController();
  const io: Io = { out: () => {}, err: () => {}, env, terminal: false, colour: false, signal };
  return { slack, io };
}

test('what tells sales nothing has no way to do so, though all is there', async () => {
  const { io } = await openSlack();
  const { env } = await openCliPortal();
  const channels = await withApp({ ...io, env: { ...env, ...io.env } }, async ({ connections }) =>
    connections.map((each) => each.channels),
  );
  expect(channels).toEqual([[]]);
});

test('the demo of a checkout whose sales are told by Slack tells nobody', async () => {
  const { slack, io } = await openSlack();
  const leads = 60;
  const world = await openWorld(io, { leads, seed: 3, log: silentLog });
  onTestFinished(() => world.close());
  await scoreAll(world, io, { leads, isSilent: true, tell: () => {} });
  const worker = await runWorker(world.app);
  onTestFinished(() => worker.close());
  const asks = world.marketing.cast(1).prospect();
  const { line } = await asksForDemo({ at: world.marketing, seenIn: world.sales }, asks?.email ?? '', {}, io.signal);
  expect(line).toContain('task for sales in ');
  expect(await quiet(world, io.signal)).toBe(true);
  for (const { space } of world.app.connections) expect(await countWaiting(space)).toBe(0);
  expect(slack.requests).toEqual([]);
});
