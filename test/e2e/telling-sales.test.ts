import { expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/clock.ts';
import { dropRule, resumeRule } from '../../src/ledger/ceiling-decisions.ts';
import { markDirty } from '../../src/ledger/dirty.ts';
import { createMail } from '../../src/notices/mail.ts';
import { createSlack } from '../../src/notices/slack.ts';
import { backfill } from '../../src/sync/backfill.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { hotStreams, pullStreams } from '../../src/sync/pull-streams.ts';
import { scoreDirty } from '../../src/sync/score-dirty.ts';
import { sendNotices } from '../../src/sync/send-notices.ts';
import { openHttpTarget } from '../support/http-target.ts';
import { noteLog } from '../support/noted-log.ts';
import { addProspect, asksForDemo, tasksOf } from '../support/people.ts';
import { openMailTarget } from '../support/smtp-target.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();

/** A portal of which sales hear by Slack and e-mail; a rule may alert of two leads an hour. */
async function openTold() {
  const world = await openTestWorld(redis, { leads: 0 });
  const { clock } = world;
  const [slack, mail] = [await openHttpTarget(), await openMailTarget()];
  const woken: string[] = [];
  const log = noteLog();
  const connection: Connection = {
    ...world.connection,
    log,
    channels: [createSlack({ url: slack.url, clock }), createMail({ url: mail.url, from: 'leads@example.com' })],
    sales: {
      ...world.connection.sales,
      notify: { ...world.connection.sales.notify, team: ['team@example.com'] },
      ceiling: { leads: 2, per: HOUR },
    },
    wake: async (job) => void woken.push(job),
  };
  const [ann] = world.sandbox.portal.owners.all;
  if (ann === undefined) throw new Error('the portal has no owner');
  return {
    ...{ world, clock, connection, slack, mail, woken, log, ann },
    /** What a hot poll and the jobs that it wakes do. */
    async poll() {
      await clock.advance(10_000);
      await pullStreams(connection, hotStreams(connection), { urgent: true });
      await scoreDirty(connection);
      await sendNotices(connection);
    },
    subjects: () => mail.messages.map(({ headers }) => headers.subject),
  };
}

it('a demo request is told to its owner once, with the reasons and the way to the CRM, and names nobody', async () => {
  const { world, connection, poll, mail, slack, woken, log, ann } = await openTold();
  const { contact, email } = addProspect(world, 'ada', {
    firstname: 'Ada',
    lastname: 'Byron',
    hubspot_owner_id: ann.id,
  });
  await backfill(connection, { promote: false });
  asksForDemo(world, email);
  await poll();
  expect(woken).toContain('notices');
  const [told] = mail.messages;
  expect(told?.to).toEqual([ann.email]);
  expect(told?.headers.subject).toMatch(/^Demo( request)?: follow up by Mon 16 Nov, \d\d:\d\d UTC$/);
  expect(told?.text).toMatch(/Score \d+, grade [A-Z]\d\.\n\+\d+ /);
  expect(told?.text).toContain(`Open in the CRM: ${connection.crm.linkTo(contact.id)}`);
  expect(slack.requests).toHaveLength(1);
  const everything = [JSON.stringify(mail.messages), slack.requests[0]?.body, ...log.lines].join('\n');
  for (const name of ['acme-ada', 'Ada', 'Byron']) expect(everything).not.toContain(name);
  await poll();
  await poll();
  expect(mail.messages).toHaveLength(1);
  expect(slack.requests).toHaveLength(1);
});

it('a Redis that is emptied tells nobody again of what was told', async () => {
  const { world, connection, poll, subjects, clock } = await openTold();
  const { contact, email } = addProspect(world);
  await backfill(connection, { promote: false });
  asksForDemo(world, email);
  await poll();
  expect(subjects()).toHaveLength(1);
  await redis.flush();
  await clock.advance(HOUR);
  await backfill(connection, { promote: false, live: true });
  await markDirty(connection.space, [contact.id], clock.now());
  await poll();
  // Nobody has called: that is told, each step once and in its time, and the request itself is not.
  expect(subjects().slice(1)).toEqual([expect.stringMatching(/^Reminder/)]);
  await clock.advance(HOUR);
  await markDirty(connection.space, [contact.id], clock.now());
  await poll();
  expect(subjects().slice(2)).toEqual([expect.stringMatching(/^Nobody followed up/)]);
  await redis.flush();
  await backfill(connection, { promote: false, live: true });
  await markDirty(connection.space, [contact.id], clock.now());
  await poll();
  expect(subjects()).toHaveLength(3);
});

it('a rule that wants to alert too many is stopped with one message; a person lets it go on', async () => {
  const { world, connection, poll, subjects, mail, log, clock } = await openTold();
  const leads = ['ada', 'bo', 'cy', 'dee', 'eli'].map((name) => addProspect(world, name));
  await backfill(connection, { promote: false });
  for (const { email } of leads) asksForDemo(world, email);
  await poll();
  await poll();
  const stopped = subjects().filter((subject) => subject?.startsWith('Stopped'));
  expect(stopped).toEqual([
    expect.stringMatching(/the rule platform\/demo\S* wanted to alert more than 2 leads within 1 hour$/),
  ]);
  expect(subjects()).toHaveLength(3);
  const message = mail.messages.find(({ headers }) => headers.subject === stopped[0]);
  expect(message?.to).toEqual(['team@example.com']);
  const [, rule = ''] = /alerts resume (\S+)/.exec(message?.text ?? '') ?? [];
  expect(log.lines.filter((line) => line.startsWith('error'))).toHaveLength(1);
  const withTask = () => leads.filter(({ contact }) => tasksOf(world, contact).length > 0).length;
  expect(withTask()).toBe(2);

  await clock.advance(3 * DAY);
  const held = await resumeRule(connection.space, rule, clock.now());
  await markDirty(
    connection.space,
    held.map(({ leadId }) => leadId),
    clock.now(),
  );
  await poll();
  expect(withTask()).toBe(5);
  expect(subjects()).toHaveLength(6);
});

it('what a person drops is told to nobody, and a later request is', async () => {
  const { world, connection, poll, subjects, mail, clock } = await openTold();
  const leads = ['ada', 'bo', 'cy'].map((name) => addProspect(world, name));
  await backfill(connection, { promote: false });
  for (const { email } of leads) asksForDemo(world, email);
  await poll();
  expect(subjects()).toHaveLength(3);
  const [, rule = ''] = /alerts drop (\S+)/.exec(mail.messages.map(({ text }) => text).join('\n')) ?? [];
  const [dropped] = await dropRule(connection.space, rule, clock.now());
  await markDirty(connection.space, [dropped?.leadId ?? ''], clock.now());
  await poll();
  await clock.advance(DAY);
  await poll();
  expect(subjects()).toHaveLength(3);
  const again = leads.find(({ contact }) => contact.id === dropped?.leadId);
  asksForDemo(world, again?.email ?? '');
  await poll();
  expect(subjects()).toHaveLength(4);
});
