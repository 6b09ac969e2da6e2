import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test } from 'vitest';
import { jobs } from '../../jobs/index.ts';
import { MINUTE, SECOND, systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createHubspot } from '../../src/crm/hubspot/hubspot.ts';
import { markDirty } from '../../src/ledger/dirty.ts';
import { initProgress } from '../../src/ledger/progress.ts';
import { createQueues } from '../../src/queue/queues.ts';
import { runWorkers } from '../../src/queue/run-workers.ts';
import { createPortal, DEMO_TOKEN, startSandbox } from '../../src/sandbox/sandbox.ts';
import { hubspotOf, loadConfig } from '../../src/settings/config.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { createReceiverBench, event, SECRET } from '../support/receiver-bench.ts';
import { MONDAY } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { createUnlimitedBudget } from '../support/unlimited-budget.ts';

const redis = await startTestRedis();
const FORM_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

test('while the CRM stalls for a minute, every webhook is acknowledged within a second', async () => {
  const bench = await createReceiverBench(redis, { form: { secrets: [FORM_SECRET], forms: ['demo-request'] } });
  await startStalledWorker(bench.space);
  const took: number[] = [];
  const statuses = new Set<number>();
  for (let id = 1; id <= 34; id += 1) {
    for (const send of [
      () => bench.send([event(id)]),
      () => bench.post('/webhooks/hubspot/workflow', ...workflowOf(bench.receiver.url, id)),
      () => bench.post('/webhooks/form', ...formOf(id)),
    ]) {
      const began = performance.now();
      statuses.add((await send()).status);
      took.push(performance.now() - began);
    }
  }
  expect([...statuses]).toEqual([204]);
  expect(took.toSorted((one, other) => one - other).at(-2)).toBeLessThan(SECOND);
});

/** A worker in the midst of a call that is not answered. */
async function startStalledWorker(space: Connection['space']): Promise<void> {
  const sandbox = await startSandbox({ portal: createPortal({ leads: 5 }) });
  onTestFinished(() => sandbox.close());
  const config = loadConfig('config');
  const { models, mainModel, sales } = config;
  const crm = createHubspot({
    config: hubspotOf(config).value,
    token: DEMO_TOKEN,
    baseUrl: sandbox.url,
    budget: createUnlimitedBudget(systemClock),
    clock: systemClock,
    random: () => 0.5,
    models: models.models,
  });
  await crm.applySetup(await crm.planSetup());
  await crm.connect();
  sandbox.requests.clear();
  sandbox.faults.add({ path: '/', delayMs: MINUTE });
  const queues = createQueues(redis.client(), 'test', ['score', 'hot-poll'], silentLog);
  const wake: Connection['wake'] = (job, later) => queues.wake(job, 'hubspot', later);
  const connection = { crm, models, mainModel, sales, channels: [], space, clock: systemClock, log: silentLog, wake };
  await initProgress(space, 'baseline', String(systemClock.now()));
  await markDirty(space, ['1'], 0);
  const workers = runWorkers({
    redis: redis.client(),
    namespace: 'test',
    jobs,
    context: { connection: () => connection },
    clock: systemClock,
    log: silentLog,
  });
  onTestFinished(async () => {
    await workers.close();
    await queues.close();
  });
  await Promise.all([wake('score'), wake('hot-poll')]);
  // Each look takes a turn of Redis, in which the worker begins.
  while (sandbox.requests.all().length < 2) await space.redis.ping();
}

function workflowOf(url: string, vid: number) {
  const body = JSON.stringify({ vid });
  const signed = `${SECRET}POST${url}/webhooks/hubspot/workflow${body}`;
  const signature = createHash('sha256').update(signed).digest('hex');
  return [body, { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v2' }] as const;
}

function formOf(number: number) {
  const email = `${number}@example.com`;
  const body = JSON.stringify({ type: 'form.submitted', data: { form: 'demo-request', email } });
  const [id, at] = [`msg_${number}`, new Date(MONDAY)];
  const signature = new Webhook(FORM_SECRET).sign(id, at, body);
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(MONDAY / SECOND), 'webhook-signature': signature };
  return [body, headers] as const;
}
