import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { listTroubles } from '../../src/ledger/channel-states.ts';
import { countWaiting } from '../../src/ledger/outbox.ts';
import { createHttps } from '../../src/notices/https.ts';
import { createMail } from '../../src/notices/mail.ts';
import { createSlack } from '../../src/notices/slack.ts';
import { freePort } from '../support/free-port.ts';
import { type HttpTarget, openHttpTarget } from '../support/http-target.ts';
import { noteLog } from '../support/noted-log.ts';
import { CRMS, type CrmName, openSalesStory } from '../support/sales-story.ts';
import { TEAM } from '../support/sales-story-config.ts';
import { openMailTarget, openSilentMailTarget } from '../support/smtp-target.ts';
import { daysAhead } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { NOTIFY_SECRET } from '../support/told-sales.ts';
import { startWorldWorkers } from '../support/world-workers.ts';

const redis = await startTestRedis();
const [DANA, MARCO] = TEAM;

const SALES = `
people:
  ${DANA}: { manager: ${MARCO} }
follow_up: { escalate_after: 30m, escalate_to: manager, attempts: 4, over: 10d }
notify: { slack: on, email: { from: leads@example.com }, https: on, team: [team@gaugeworks.example] }
`;

/** How long a way to tell waits here for an answer, in milliseconds of the machine. */
const TIMEOUT = 1_500;

/** Addresses. */
interface Ways {
  readonly slack: string;
  readonly mail: string;
  readonly https: string;
  /** In milliseconds. */
  readonly mailTimeout?: number;
}

/** A CRM whose sales are told by all ways, with the queues and jobs of a worker: nothing is sent but by its job. */
async function openWorker(crm: CrmName, { slack, mail, https, mailTimeout = TIMEOUT }: Ways) {
  const log = noteLog();
  const story = await openSalesStory(redis, crm, {
    sales: SALES,
    channels: (clock) => [
      createSlack({ url: slack, clock, timeout: TIMEOUT }),
      createMail({ url: mail, from: 'leads@example.com', timeout: mailTimeout }),
      createHttps({ url: https, secret: NOTIFY_SECRET, clock, timeout: TIMEOUT }),
    ],
  });
  const { clock } = story;
  await clock.advance(daysAhead() - clock.now());
  const workers = startWorldWorkers(redis, { connection: { ...story.connection, log } });
  const ada = story.addProspect('ada', { owner: DANA });
  await story.backfill();
  await clock.advance(MINUTE);
  const later = async (ms: number, ...names: readonly string[]) => {
    await clock.advance(ms);
    await workers.run(...names);
  };
  return {
    ...{ story, ada, log, later },
    /** Ada asks for a demo, and the poll of the form finds that. */
    async asks() {
      story.asksForDemo(ada);
      await later(10 * SECOND, 'hot-poll');
    },
    waiting: () => countWaiting(story.connection.space),
  };
}

const idsOf = ({ requests }: HttpTarget) => [...new Set(requests.map(({ headers }) => headers['webhook-id']))];

describe.each(CRMS)('from a form in %s to the message', (crm) => {
  it('a demo request, a reminder and an escalation are delivered once by every way, though each fails at first', async () => {
    const [slack, https] = [await openHttpTarget(), await openHttpTarget()];
    const refusals = [451];
    const mail = await openMailTarget({ recipient: () => refusals.shift() });
    const { story, ada, later, asks, waiting } = await openWorker(crm, {
      slack: slack.url,
      mail: mail.url,
      https: https.url,
    });
    const counts = () => [slack.requests.length, mail.messages.length, https.requests.length];
    slack.answerWith({ status: 500 }, { status: 429, headers: { 'retry-after': '120' } });
    https.answerWith('stalls', 'hangs up');
    await asks();
    // Sales have their task, and wait for no message.
    expect(story.tasks(ada).map(({ owner }) => owner)).toEqual([DANA]);
    expect(story.held(ada, 'route')).toBe('sales');
    expect(counts()).toEqual([1, 0, 1]);
    await later(10 * SECOND, 'notices');
    expect(counts()).toEqual([2, 1, 2]);
    await later(20 * SECOND, 'notices');
    expect(counts()).toEqual([2, 1, 3]);
    await later(100 * SECOND, 'notices');
    expect(counts()).toEqual([3, 1, 3]);
    expect(await waiting()).toBe(0);
    await later(MINUTE, 'hot-poll', 'score', 'follow-up', 'notices');
    expect(counts()).toEqual([3, 1, 3]);
    expect(idsOf(https)).toHaveLength(1);
    expect(mail.messages[0]?.to).toEqual([DANA]);

    slack.answerWith({ status: 503 });
    refusals.push(421);
    await later(3 * MINUTE, 'follow-up');
    await later(10 * SECOND, 'notices');
    expect(counts()).toEqual([5, 2, 4]);
    https.answerWith({ status: 500 });
    await later(40 * MINUTE, 'follow-up');
    await later(10 * SECOND, 'notices');
    expect(counts()).toEqual([6, 3, 6]);
    for (let day = 0; day < 3; day += 1) await later(DAY, 'due', 'follow-up', 'notices');
    expect(counts()).toEqual([6, 3, 6]);
    expect(idsOf(https)).toHaveLength(3);
    expect(mail.messages.map(({ to }) => to)).toEqual([[DANA], [DANA], [MARCO]]);
    expect(mail.messages.map(({ headers }) => headers.subject)).toEqual([
      expect.stringMatching(/^Demo request: follow up by /),
      expect.stringMatching(/^Reminder: /),
      expect.stringMatching(/^Nobody followed up: /),
    ]);
    expect(story.tasks(ada).map(({ owner }) => owner)).toEqual([DANA, MARCO]);
  });

  it('a way that is refused, gone or silent holds up no other; it is said once, and told once it is mended', async () => {
    const port = await freePort();
    const [gone, silent] = [await openHttpTarget(), await openSilentMailTarget()];
    gone.answerWith(...Array.from({ length: 3 }, () => ({ status: 404, body: 'no_service' })));
    const { story, ada, later, asks, log, waiting } = await openWorker(crm, {
      slack: gone.url,
      mail: silent.url,
      https: `http://127.0.0.1:${port}/notices`,
      mailTimeout: 100,
    });
    await asks();
    expect(story.tasks(ada)).toHaveLength(1);
    story.call(ada);
    await later(MINUTE, 'pull-activities', 'score', 'notices');
    const https = await openHttpTarget({ port });
    await later(MINUTE, 'notices');
    expect(https.requests).toHaveLength(1);
    for (let time = 0; time < 4; time += 1) await later(15 * MINUTE, 'notices');
    expect(https.requests).toHaveLength(1);
    expect(gone.requests).toHaveLength(4);
    expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([
      expect.stringMatching(/^error sales cannot be told by slack until a person acts: Slack answered 404/),
    ]);
    expect(await listTroubles(story.connection.space)).toEqual(new Map());
    expect(await waiting()).toBe(1);
    for (let time = 0; time < 25; time += 1) await later(HOUR, 'notices');
    expect(await waiting()).toBe(0);
    expect(log.lines.filter((line) => line.includes('it is given up'))).toEqual([
      expect.stringMatching(/"channel":"email","reason":"the mail server (?:did not answer|cannot be reached)/),
    ]);
    expect([gone.requests.length, https.requests.length]).toEqual([4, 1]);
  });
});
