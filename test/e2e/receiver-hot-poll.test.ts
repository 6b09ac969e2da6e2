import { createHash } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SECOND } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createQueues } from '../../src/queue/queues.ts';
import { createReceiverBench, event, SECRET } from '../support/receiver-bench.ts';
import { MONDAY } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const WORKFLOW = '/webhooks/hubspot/workflow';

/**
 * A receiver, and what a worker makes of what it asks for, by the test's clock: a hot poll where one is asked for now, and another
 * when the time of a reminder has come. `polls` are in milliseconds since the start.
 */
async function openBench() {
  const bench = await createReceiverBench(redis);
  const queues = createQueues(redis.client(), 'test', ['hot-poll'], silentLog);
  onTestFinished(() => queues.close());
  const queue = queues.queue('hot-poll');
  const due = new Map<string, number>();
  const polls: number[] = [];
  const since = () => bench.clock.now() - MONDAY;
  let isBusy = false;
  let sent = 0;

  /** A worker that is busy looks at no reminder meanwhile. */
  async function work(): Promise<void> {
    for (const { id = '', delay } of await queue.getDelayed()) if (!due.has(id)) due.set(id, since() + delay);
    if (isBusy) return;
    for (const job of await queue.getDelayed()) {
      if ((due.get(job.id ?? '') ?? 0) > since()) continue;
      await job.remove();
      await queues.wake('hot-poll', 'hubspot');
    }
    for (const job of await queue.getWaiting()) {
      await job.remove();
      polls.push(since());
    }
  }

  return {
    polls,
    async at(ms: number, act: () => Promise<Response> | undefined = () => undefined) {
      while (since() < ms) {
        await bench.clock.advance(Math.min(50 - (since() % 50), ms - since()));
        await work();
      }
      const answer = await act();
      if (answer !== undefined) expect(answer.status).toBe(204);
      await work();
    },
    /** A contact sends a form: HubSpot moves the property that tells of it. */
    sendForm() {
      sent += 1;
      const conversion = { propertyName: 'recent_conversion_date', propertyValue: String(MONDAY) };
      return bench.send([event(sent, { ...conversion, eventId: sent })]);
    },
    /** A workflow enrols a contact. */
    enrol() {
      sent += 1;
      const body = JSON.stringify({ vid: sent });
      const signature = createHash('sha256')
        .update(`${SECRET}POST${bench.receiver.url}${WORKFLOW}${body}`)
        .digest('hex');
      const headers = { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v2' };
      return bench.post(WORKFLOW, body, headers);
    },
    be(busy: boolean) {
      isBusy = busy;
    },
  };
}

describe('forms that very many send after an e-mail to everybody', () => {
  test('are asked for at once, and then three times in two seconds, which finds the last of them as well', async () => {
    const bench = await openBench();
    for (let ms = 0; ms < 3 * SECOND; ms += 25) await bench.at(ms, bench.sendForm);
    await bench.at(5 * SECOND);
    expect(bench.polls).toEqual([0, 100, 200, 2_000, 2_100, 2_200, 4_000]);
  });

  test('do not put off the poll that the first of them wait for, while the worker is busy with another', async () => {
    const bench = await openBench();
    await bench.at(0, bench.sendForm);
    bench.be(true);
    for (let ms = 25; ms < 3 * SECOND; ms += 25) await bench.at(ms, bench.sendForm);
    bench.be(false);
    await bench.at(3 * SECOND - 25);
    expect(bench.polls).toEqual([0, 3 * SECOND - 25]);
  });
});

test('a demo request after others is asked for in time though a workflow enrols many at the same time', async () => {
  const bench = await openBench();
  await bench.at(0, bench.enrol);
  for (const ms of [50, 150, 250, 300]) await bench.at(ms, bench.sendForm);
  await bench.at(400, bench.enrol);
  await bench.at(10 * SECOND);
  expect(bench.polls).toEqual([0, 50, 150, 250, 2_050, 5 * SECOND]);
});
