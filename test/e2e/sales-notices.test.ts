import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { dropRule, type HeldLead, listTripped, resumeRule } from '../../src/ledger/ceilings.ts';
import { listTroubles } from '../../src/ledger/channel-states.ts';
import { markDirty } from '../../src/ledger/dirty.ts';
import { countWaiting } from '../../src/ledger/outbox.ts';
import { createHttps } from '../../src/notices/https.ts';
import { createMail } from '../../src/notices/mail.ts';
import { createSlack } from '../../src/notices/slack.ts';
import { sendNotices } from '../../src/sync/send-notices.ts';
import { freePort } from '../support/free-port.ts';
import { type HttpTarget, openHttpTarget } from '../support/http-target.ts';
import { noteLog } from '../support/noted-log.ts';
import { CRMS, type CrmName, openSalesStory, type Person, type SalesStory } from '../support/sales-story.ts';
import { storyConfig, TEAM } from '../support/sales-story-config.ts';
import { openMailTarget, openSilentMailTarget } from '../support/smtp-target.ts';
import { daysAhead } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { NOTIFY_SECRET, openToldSales } from '../support/told-sales.ts';
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

/** What an import brings, as a model with this rule sees it. */
const HEADS = `fast_track:
  - id: heads-of-sales
    when: { field: job_title, contains: head of sales }
    follow_up_within: 1d
`;
const CEILING = 50;
const STOPPED_SALES = `
ceiling: { leads: ${CEILING}, per: 1h }
notify: { https: on, team: [team@gaugeworks.example] }
`;

/** A rule on job titles is switched on, and then an import brings those of so many people at once. */
async function withImport(crm: CrmName, count: number) {
  const { channels, told, about } = await openToldSales();
  const own = { sales: STOPPED_SALES, series: [] };
  const first = await openSalesStory(redis, crm, { ...own, channels });
  const people = Array.from({ length: count }, (_, index) =>
    first.addProspect(`p${index}`, { isStranger: true, owner: DANA }),
  );
  await first.backfill();
  const config = storyConfig({ ...own, model: (yaml) => yaml.replace(/^fast_track:\n/m, HEADS) });
  const story = await first.reopen(config);
  await story.backfill();
  await story.sync();
  expect(told()).toEqual([]);
  for (const person of people) story.getsKnown(person);
  await story.sync();
  await story.sync();
  const withTasks = () => people.filter((person) => story.tasks(person).length > 0);
  const kinds = () => Object.entries(Object.groupBy(told(), (each) => each)).map(([each, all]) => [each, all?.length]);
  return { story, people, told, about, withTasks, kinds };
}

/** Has the leads looked at again that a person decided on, and all notices delivered. */
async function decided({ connection, clock, sync }: SalesStory, held: readonly HeldLead[]): Promise<void> {
  const ids = held.map(({ leadId }) => leadId);
  await markDirty(connection.space, ids, clock.now());
  await sync();
  while ((await countWaiting(connection.space)) > 0) {
    await clock.advance(MINUTE);
    await sendNotices(connection);
  }
}

const RULE = 'platform/heads-of-sales';
const STOPPED = [
  ['routed to dana.whitlock', CEILING],
  ['ceiling to team', 1],
];
const byName = (one: readonly unknown[], other: readonly unknown[]) => String(one[0]).localeCompare(String(other[0]));

describe('a rule that is switched on, and holds for too many after an import', () => {
  it.each([
    ['HubSpot', 4_000],
    ['Salesforce', 400],
  ] as const)(
    'in %s, for %i people, is stopped at the ceiling with one message, and told to nobody where a person drops it',
    async (crm, count) => {
      const { story, people, told, withTasks, kinds } = await withImport(crm, count);
      const { space } = story.connection;
      expect(kinds().sort(byName)).toEqual(STOPPED.toSorted(byName));
      expect(withTasks()).toHaveLength(CEILING);
      expect(people.filter((person) => story.stage(person) === 'mql')).toHaveLength(CEILING);
      expect(await listTripped(space)).toMatchObject([{ rule: RULE, held: count - CEILING, leads: CEILING }]);

      // The scores are written as ever, and other rules go on.
      const held = people.find((person) => story.tasks(person).length === 0);
      if (held === undefined) throw new Error('nobody is held');
      expect(story.held(held, 'fit')).toBe(55);
      story.asksForDemo(held);
      await story.pass(DAY);
      expect(withTasks()).toHaveLength(CEILING + 1);
      expect(told()).toHaveLength(CEILING + 2);

      await decided(story, await dropRule(space, RULE, story.clock.now()));
      await story.pass(DAY);
      expect(withTasks()).toHaveLength(CEILING + 1);
      expect(told()).toHaveLength(CEILING + 2);
      expect(await listTripped(space)).toEqual([]);

      const late: Person = story.addProspect('late', { isStranger: true, owner: DANA });
      await story.sync();
      story.getsKnown(late);
      await story.sync();
      expect(story.tasks(late)).toHaveLength(1);
      expect(told()).toHaveLength(CEILING + 3);
    },
    60_000,
  );

  it.each(CRMS)(
    'in %s, goes on where a person says so, and each is told once',
    async (crm) => {
      const { story, people, told, about, withTasks } = await withImport(crm, 400);
      const { space } = story.connection;
      expect(withTasks()).toHaveLength(CEILING);
      await decided(story, await resumeRule(space, RULE, story.clock.now()));
      expect(withTasks()).toHaveLength(400);
      expect(people.filter((person) => story.stage(person) === 'mql')).toHaveLength(400);
      expect(told().filter((each) => each.startsWith('ceiling'))).toHaveLength(1);
      expect(about()).toHaveLength(401);
      expect(new Set(about()).size).toBe(401);
      await story.pass(2 * DAY);
      expect(told()).toHaveLength(401);
      expect(people.map((person) => story.tasks(person).length)).toEqual(people.map(() => 1));
      expect(await listTripped(space)).toEqual([]);
    },
    60_000,
  );
});
