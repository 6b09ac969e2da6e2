import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runProcess, until } from '../support/run-process.ts';

/** Has a process tell on standard error of every file that it reads as code. */
const TELLING = `import{registerHooks}from"node:module";registerHooks({load(url,context,next){process.stderr.write("reads "+url+"\\n");return next(url,context)}})`;
const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(TELLING)}`;

test('a receiver by itself reads no client of a CRM, no worker and no other command, and so holds none in memory', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'leadgauge-light-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const env = { PATH: '', LEADGAUGE_DATA: dataDir, PORT: '0', HUBSPOT_WEBHOOK_SECRETS: 'secret', NODE_OPTIONS };
  const receiver = runProcess(env, ['start', 'receiver']);
  await until(async () => receiver.output().includes('receiver listens'));
  receiver.child.kill('SIGTERM');
  expect(await receiver.code, receiver.output()).toBe(0);
  const read = receiver.output().match(/(?<=reads ).*/g) ?? [];
  expect(read.some((url) => url.endsWith('/src/webhooks/receiver.ts'))).toBe(true);
  const unwanted =
    /\/src\/(?:sandbox|analysis|notices)\/|\/src\/cli\/(?:open-app|run-worker|demo|plan)\b|\/crm\/(?:hubspot\/hubspot|salesforce\/salesforce)\.ts|\/node_modules\/(?:@hubspot|jsforce|nodemailer|vega)/;
  expect(read.filter((url) => unwanted.test(url))).toEqual([]);
}, 60_000);
