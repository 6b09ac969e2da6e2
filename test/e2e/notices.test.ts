import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { FatalError } from '../../src/base/errors.ts';
import { countUndelivered, listTroubles } from '../../src/ledger/channel-states.ts';
import { addNotice, countWaiting, type Notice } from '../../src/ledger/outbox.ts';
import { createHttps } from '../../src/notices/https.ts';
import { createMail } from '../../src/notices/mail.ts';
import { createSlack } from '../../src/notices/slack.ts';
import { NO_SALES, type Person, type Sales } from '../../src/settings/sales.ts';
import { sendNotices } from '../../src/sync/send-notices.ts';
import { pause } from '../../src/sync/unless-paused.ts';
import { openHttpTarget } from '../support/http-target.ts';
import { noteLog } from '../support/noted-log.ts';
import { keysLike } from '../support/redis-keys.ts';
import { openMailTarget } from '../support/smtp-target.ts';
import { createTestClock, daysAhead } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';
import { startWorldWorkers } from '../support/world-workers.ts';

const redis = await startTestRedis();
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** A portal whose sales are told by Slack, e-mail and HTTPS, each a server on this machine. */
async function openSales(own: Partial<Sales> = {}, clock = createTestClock()) {
  const world = await openTestWorld(redis, { leads: 0, clock });
  const [slack, https, mail] = [await openHttpTarget(), await openHttpTarget(), await openMailTarget()];
  const channels = [
    createSlack({ url: slack.url, clock, timeout: 200 }),
    createMail({ url: mail.url, from: 'Leads <leads@example.com>' }),
    createHttps({ url: https.url, secret: SECRET, clock, timeout: 200 }),
  ];
  const notify = { ...NO_SALES.notify, team: ['team@example.com'] };
  const log = noteLog();
  const sender = { ...world.connection, channels, log, sales: { ...NO_SALES, notify, ...own } };
  const [ann, bo] = world.sandbox.portal.owners.all;
  if (ann === undefined || bo === undefined) throw new Error('the portal has no owners');
  let count = 0;
  const tell = async (notice: Partial<Notice> = {}) => {
    count += 1;
    const id = `routed-${count}`;
    const rest = {
      kind: 'routed',
      connection: 'hubspot',
      to: [{ owner: ann.id }],
      subject: `Demo request ${count}`,
    } as const;
    await addNotice(sender.space, { id, ...rest, lines: ['Score 80'], at: clock.now(), ...notice });
  };
  return {
    ...{ world, clock, sender, log, ann, bo, slack, https, mail, tell },
    send: (signal?: AbortSignal) => sendNotices(sender, signal),
    /** How many each has got: Slack, e-mail, HTTPS. */
    counts: () => [slack.requests.length, mail.messages.length, https.requests.length],
    waiting: () => countWaiting(sender.space),
  };
}

const person = (own: Partial<Person>): Person => ({
  ...{ timeZone: undefined, hours: undefined, manager: undefined, slack: undefined },
  ...own,
});

const idsOf = ({ requests }: Awaited<ReturnType<typeof openHttpTarget>>) =>
  requests.map(({ headers }) => headers['webhook-id']);

describe('a notice', () => {
  it('goes out once in every channel that is on, to the owner whose address the CRM tells', async () => {
    const { tell, send, counts, waiting, mail, slack, https, ann } = await openSales();
    await tell();
    await send();
    await send();
    expect(counts()).toEqual([1, 1, 1]);
    expect(mail.messages[0]?.to).toEqual([ann.email]);
    expect(slack.requests[0]?.body).toContain(ann.email);
    expect(JSON.parse(https.requests[0]?.body ?? '{}').data.to).toEqual([{ owner: ann.id, email: ann.email }]);
    expect(await waiting()).toBe(0);
  });

  it('is sent once by two workers at the same time', async () => {
    const { tell, send, counts } = await openSales();
    for (let count = 0; count < 6; count += 1) await tell();
    await Promise.all([send(), send()]);
    expect(counts()).toEqual([6, 6, 6]);
  });

  it('waits for the channel that fails alone, and for as long as that says', async () => {
    const { tell, send, counts, waiting, clock, slack } = await openSales();
    slack.answerWith({ status: 500 }, { status: 429, headers: { 'retry-after': '300' } }, 'stalls', 'hangs up');
    await tell();
    await send();
    expect(counts()).toEqual([1, 1, 1]);
    expect(await waiting()).toBe(1);
    await clock.advance(10 * SECOND - 1);
    await send();
    expect(counts()).toEqual([1, 1, 1]);
    await clock.advance(1);
    await send();
    expect(counts()).toEqual([2, 1, 1]);
    await clock.advance(300 * SECOND - 1);
    await send();
    expect(counts()).toEqual([2, 1, 1]);
    for (const tries of [3, 4, 5]) {
      await clock.advance(5 * MINUTE);
      await send();
      expect(counts()).toEqual([tries, 1, 1]);
    }
    expect(await waiting()).toBe(0);
  });

  it('is given up after a day, which is counted and told in the log', async () => {
    const { tell, send, clock, waiting, sender, slack, log } = await openSales();
    await tell();
    for (let tries = 0; tries < 26; tries += 1) {
      slack.answerWith({ status: 503 });
      await send();
      await clock.advance(HOUR);
    }
    expect(await waiting()).toBe(0);
    expect(await countUndelivered(sender.space, clock.now())).toBe(1);
    const lost = log.lines.filter((line) => line.includes('it is given up'));
    expect(lost).toEqual([
      'warn a notice could not be told: it is given up {"notice":"routed-1","kind":"routed","channel":"slack","reason":"Slack answered 503"}',
    ]);
  });

  it('that one channel refuses for good still goes out in the others', async () => {
    const { tell, send, counts, waiting, clock, https } = await openSales();
    https.answerWith({ status: 422 });
    await tell();
    await send();
    await clock.advance(HOUR);
    await send();
    expect(counts()).toEqual([1, 1, 1]);
    expect(await waiting()).toBe(0);
  });

  it('that a stop interrupts goes out after the next start, and nowhere twice', async () => {
    const { tell, send, counts, slack, clock, https, log } = await openSales();
    slack.answerWith('stalls');
    await tell();
    await tell();
    const stop = new AbortController();
    const sending = send(stop.signal);
    // The others are done with the first, and know it.
    await expect.poll(() => log.lines.filter((line) => line.includes('a notice was sent'))).toHaveLength(2);
    await expect.poll(() => slack.requests.length).toBe(1);
    stop.abort(new Error('the process is stopping'));
    await expect(sending).rejects.toThrow('the process is stopping');
    await clock.advance(SECOND);
    await send();
    // Slack took the first in, and did not say so.
    expect(counts()).toEqual([3, 2, 2]);
    expect(new Set(idsOf(https)).size).toBe(2);
  });

  it('goes out while the connection waits for a person, by the job that does', async () => {
    const { world, sender, slack, tell } = await openSales({}, createTestClock({ start: daysAhead() }));
    const workers = startWorldWorkers(redis, { ...world, connection: sender });
    await pause(sender, new FatalError('the token was revoked'));
    await tell({ to: ['team'] });
    await workers.run('notices');
    expect(slack.requests).toHaveLength(1);
  });

  it('is done with where no channel is on', async () => {
    const { tell, sender, waiting } = await openSales();
    await tell();
    await sendNotices({ ...sender, channels: [] });
    expect(await waiting()).toBe(0);
  });

  it('leaves no address of anybody in the log or in Redis', async () => {
    const { tell, send, sender, log, slack, https } = await openSales();
    slack.answerWith({ status: 503, body: 'ann@example.com' }, { status: 404 });
    https.answerWith({ status: 400, body: 'ann@example.com' });
    await tell();
    await tell({ to: ['team'] });
    await send();
    const keys = await keysLike(sender.space.redis, '*{sales}*');
    const fields = await Promise.all(
      keys.filter((key) => key.includes('notice:')).map((key) => sender.space.redis.hgetall(key)),
    );
    expect(log.lines.length).toBeGreaterThan(3);
    expect([...log.lines, ...keys, JSON.stringify(fields)].join('\n')).not.toContain('@');
  });
});

describe('a channel', () => {
  it('that a person must mend is told of once, and works again once it is mended', async () => {
    const { tell, send, clock, log, slack, sender, counts } = await openSales();
    const gone = { status: 404, body: 'no_service' } as const;
    slack.answerWith(gone, gone, gone, gone);
    await tell();
    await tell();
    await send();
    await clock.advance(15 * MINUTE);
    await send();
    const errors = log.lines.filter((line) => line.startsWith('error'));
    expect(errors).toEqual([
      'error sales cannot be told by slack until a person acts: Slack answered 404 (no_service): check SLACK_WEBHOOK_URL {"channel":"slack"}',
    ]);
    expect([...(await listTroubles(sender.space))]).toEqual([
      ['slack', 'Slack answered 404 (no_service): check SLACK_WEBHOOK_URL'],
    ]);
    await clock.advance(15 * MINUTE);
    await send();
    expect(counts()).toEqual([6, 2, 2]);
    expect(await listTroubles(sender.space)).toEqual(new Map());
    expect(log.lines).toContain('info a channel works again {"channel":"slack"}');
  });

  it('takes so many a minute, so that a mistake floods nobody, and the rest after that', async () => {
    const { tell, send, clock, slack, mail, waiting } = await openSales();
    for (let count = 0; count < 35; count += 1) await tell();
    await send();
    await send();
    expect([slack.requests.length, mail.messages.length]).toEqual([30, 30]);
    await clock.advance(MINUTE);
    await send();
    expect([slack.requests.length, mail.messages.length]).toEqual([35, 35]);
    expect(await waiting()).toBe(0);
    expect(new Set(slack.requests.map(({ body }) => body)).size).toBe(35);
  });
});

describe('whom a notice is for', () => {
  it('is the manager that config names, an address of config, and the team, each once', async () => {
    const { world, ...first } = await openSales();
    const people = new Map([
      [first.ann.email, person({ manager: first.bo.email })],
      [first.bo.email, person({ slack: 'U012AB3CD' })],
    ]);
    const followUp = { escalateAfter: HOUR, escalateTo: { email: 'cy@example.com' }, attempts: 4, over: DAY };
    const sales = { ...first.sender.sales, people, followUp };
    await first.tell({ to: [{ managerOf: first.ann.id }, 'escalation', 'team', { owner: first.bo.id }] });
    await sendNotices({ ...first.sender, sales });
    expect(first.mail.messages[0]?.to).toEqual([first.bo.email, 'cy@example.com', 'team@example.com']);
    expect(first.slack.requests[0]?.body).toContain('<@U012AB3CD>, cy@example.com, team@example.com');
  });

  it('is the team where the owner has left, or nobody knows a manager', async () => {
    const { world, ann, bo, tell, send, mail } = await openSales();
    world.sandbox.people.removeOwner(ann.id);
    await tell();
    await tell({ to: [{ managerOf: bo.id }] });
    await tell({ to: [{ owner: '404' }] });
    await send();
    expect(mail.messages.map(({ to }) => to)).toEqual([
      ['team@example.com'],
      ['team@example.com'],
      ['team@example.com'],
    ]);
  });

  it('is nobody by e-mail where there is no team either, which the log tells', async () => {
    const { tell, send, counts, log } = await openSales({ notify: { ...NO_SALES.notify, team: [] } });
    await tell({ to: [{ owner: '404' }] });
    await send();
    expect(counts()).toEqual([1, 0, 1]);
    expect(log.lines.join('\n')).toContain('nobody whom it is for has an e-mail address');
  });

  it('waits while the CRM cannot be asked; what is for the team does not', async () => {
    const { world, tell, send, counts, clock, mail, ann } = await openSales();
    const heal = world.sandbox.faults.add({ path: '/crm/owners/2026-09', status: 503 });
    await tell();
    await tell({ to: ['team'] });
    await send();
    expect(counts()).toEqual([1, 1, 1]);
    heal();
    await clock.advance(MINUTE);
    await send();
    expect(counts()).toEqual([2, 2, 2]);
    expect(mail.messages[1]?.to).toEqual([ann.email]);
  });

  it('is the team where the CRM cannot be asked for an hour', async () => {
    const { world, tell, send, counts, clock, mail } = await openSales();
    world.sandbox.faults.add({ path: '/crm/owners/2026-09', status: 503 });
    await tell();
    await send();
    await clock.advance(HOUR);
    expect(counts()).toEqual([0, 0, 0]);
    await send();
    expect(counts()).toEqual([1, 1, 1]);
    expect(mail.messages[0]?.to).toEqual(['team@example.com']);
  });

  it('is the team at once where nobody can be asked until a person acts', async () => {
    const { world, tell, send, counts, mail } = await openSales();
    world.sandbox.faults.add({
      path: '/crm/owners/2026-09',
      status: 401,
      body: { category: 'EXPIRED_AUTHENTICATION' },
    });
    await tell();
    await send();
    expect(counts()).toEqual([1, 1, 1]);
    expect(mail.messages[0]?.to).toEqual(['team@example.com']);
  });
});
