import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { type FollowUp, saveFollowUps } from '../../src/ledger/follow-ups.ts';
import { takeNotice } from '../../src/ledger/outbox.ts';
import { createMail } from '../../src/notices/mail.ts';
import { NO_SALES } from '../../src/settings/sales.ts';
import { tellDigests } from '../../src/sync/digest.ts';
import { sendNotices } from '../../src/sync/send-notices.ts';
import { noteLog } from '../support/noted-log.ts';
import { openMailTarget } from '../support/smtp-target.ts';
import { MONDAY } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const STEP = 4 * HOUR;
const redis = await startTestRedis();

/** A portal whose owners hear at eight where they are of the leads that they got; the job runs every four hours. */
async function openDigests({ joins }: { joins?: Awaited<ReturnType<typeof openTestWorld>> } = {}) {
  const world = joins ?? (await openTestWorld(redis, { leads: 0 }));
  const { clock, connection } = world;
  const mail = await openMailTarget();
  const hours = {
    timeZone: 'UTC',
    days: new Set(['mon', 'tue', 'wed', 'thu', 'fri'] as const),
    from: 9 * 60,
    to: 17 * 60,
    holidays: new Set<string>(),
    away: [],
  };
  const sender = {
    ...connection,
    channels: [createMail({ url: mail.url, from: 'leads@example.com' })],
    sales: { ...NO_SALES, hours, digest: { at: 8 * 60 } },
  };
  const people = world.sandbox.people;
  const ann = people.addOwner({ firstName: 'Ann', lastName: 'A', email: 'ann@example.com', timeZone: 'Europe/Berlin' });
  const bo = people.addOwner({ firstName: 'Bo', lastName: 'B', email: 'bo@example.com', timeZone: 'America/New_York' });
  const routed = (leadId: string, own: Partial<FollowUp> = {}) => {
    const routedAt = clock.now();
    const rest = {
      model: 'platform',
      ownerId: ann.id,
      followUpBy: routedAt + HOUR,
      attempts: 0,
      state: 'open',
    } as const;
    return saveFollowUps(connection.space, [{ leadId, routedAt, ...rest, ...own }], clock.now());
  };
  return {
    ...{ world, clock, ann, bo, mail, routed, sender },
    async runFor(ms: number) {
      for (let left = ms; left > 0; left -= STEP) {
        await clock.advance(STEP);
        await tellDigests(sender);
        await sendNotices(sender);
      }
    },
    subjects: () => mail.messages.map(({ to, headers }) => [to[0], headers.subject]),
  };
}

it('an owner hears each morning, where they are, of the leads that they got, and of nothing where there is nothing', async () => {
  const { routed, runFor, subjects, mail, bo, world, clock } = await openDigests();
  await runFor(STEP);
  await clock.advance(MINUTE);
  await routed('12', { rule: 'demo-request' });
  await routed('13', { state: 'tried' });
  await routed('14', { ownerId: bo.id });
  await runFor(DAY);
  expect(subjects()).toEqual([
    ['ann@example.com', '2 new leads since Mon 16 Nov, 08:00 (Europe/Berlin)'],
    ['bo@example.com', 'A new lead since Mon 16 Nov, 08:00 (America/New_York)'],
  ]);
  expect(mail.messages[0]?.text).toBe(
    [
      'Demo request, Mon 16 Nov, 14:01 (Europe/Berlin): nobody has tried yet',
      `  ${world.connection.crm.linkTo('12')}`,
      'Ready for sales, Mon 16 Nov, 14:01 (Europe/Berlin): tried, not reached yet',
      `  ${world.connection.crm.linkTo('13')}`,
    ].join('\n'),
  );
  await runFor(DAY);
  expect(subjects()).toHaveLength(2);
});

it('nobody hears at the weekend, and on Monday of all that came since Friday', async () => {
  const { routed, runFor, subjects, clock } = await openDigests();
  await runFor(4 * DAY);
  await routed('12');
  await runFor(DAY);
  await routed('13');
  await runFor(MONDAY + 7 * DAY - clock.now());
  expect(subjects()).toEqual([['ann@example.com', '2 new leads since Fri 20 Nov, 08:00 (Europe/Berlin)']]);
});

it('whoever left hears nothing', async () => {
  const { routed, runFor, subjects, ann, world } = await openDigests();
  await runFor(STEP);
  await routed('12');
  world.sandbox.people.removeOwner(ann.id);
  await runFor(DAY);
  expect(subjects()).toEqual([]);
});

it('a Redis that was emptied tells nobody of the same leads again', async () => {
  const { routed, runFor, subjects, clock } = await openDigests();
  await runFor(STEP);
  const routedAt = clock.now();
  await routed('12');
  await runFor(DAY);
  expect(subjects()).toHaveLength(1);
  await redis.flush();
  // As a backfill brings it back.
  await routed('12', { routedAt });
  await runFor(2 * DAY);
  expect(subjects()).toHaveLength(1);
});

it('a morning that no process was there for is made up for', async () => {
  const { routed, runFor, subjects, clock } = await openDigests();
  await runFor(STEP);
  await clock.advance(MINUTE);
  await routed('12');
  await clock.advance(2 * DAY + 12 * HOUR);
  // Five on Thursday morning is too late for Wednesday's.
  await runFor(STEP);
  expect(subjects()).toEqual([]);
  await runFor(STEP);
  expect(subjects()).toEqual([['ann@example.com', 'A new lead since Mon 16 Nov, 14:00 (Europe/Berlin)']]);
});

it('a lead that comes right before the time of it is part of the next one, however late it was entered', async () => {
  const { routed, runFor, subjects, sender, clock, mail } = await openDigests();
  await runFor(STEP);
  await routed('12');
  const eight = MONDAY + 22 * HOUR;
  await clock.advance(eight - clock.now());
  await tellDigests(sender);
  await sendNotices(sender);
  expect(subjects()).toEqual([['ann@example.com', 'A new lead since Mon 16 Nov, 08:00 (Europe/Berlin)']]);
  // Written to the CRM only after that.
  await routed('13', { routedAt: eight - 1 });
  await runFor(2 * DAY);
  expect(subjects()[1]).toEqual(['ann@example.com', 'A new lead since Tue 17 Nov, 07:55 (Europe/Berlin)']);
  expect(mail.messages[1]?.text).toContain('07:59');
  expect(subjects()).toHaveLength(2);
});

it('asks the CRM who its owners are only where there is something to tell', async () => {
  const { routed, sender, clock, world } = await openDigests();
  const asked = () => world.sandbox.requests.count({ path: '/crm/owners/{version}' });
  const before = asked();
  const runDay = async () => {
    for (let left = DAY; left > 0; left -= 5 * MINUTE) {
      await clock.advance(5 * MINUTE);
      await tellDigests(sender);
    }
  };
  await runDay();
  expect(asked()).toBe(before);
  await routed('12');
  await runDay();
  // Twice each: those who left are a list of their own.
  expect(asked() - before).toBeLessThanOrEqual(12);
  expect(await takeNotice(sender.space, clock.now())).toMatchObject({ notice: { kind: 'digest' } });
  const after = asked();
  await runDay();
  expect(asked()).toBe(after);
});

it('tells nobody where the CRM does not say who its owners are, says that once, and keeps the connection going', async () => {
  const { routed, sender, clock, world } = await openDigests();
  const log = noteLog();
  await tellDigests(sender);
  await clock.advance(HOUR);
  await routed('12');
  const refusal = { status: 401, body: { category: 'EXPIRED_AUTHENTICATION' } };
  const heal = world.sandbox.faults.add({ path: '/crm/owners/2026-09', ...refusal });
  for (let hours = 0; hours < 18; hours += 1) {
    expect(await tellDigests({ ...sender, log })).toBe(0);
    await clock.advance(HOUR);
  }
  expect(log.lines).toHaveLength(1);
  expect(log.lines[0]).toMatch(/^warn nobody gets a digest/);
  heal();
  await clock.advance(6 * HOUR);
  expect(await tellDigests({ ...sender, log })).toBe(1);
});

it('costs nothing where it is off, or nobody can be told', async () => {
  const { routed, sender, clock } = await openDigests();
  await routed('12');
  for (const off of [
    { ...sender, sales: NO_SALES },
    { ...sender, channels: [] },
  ]) {
    await clock.advance(DAY);
    expect(await tellDigests(off)).toBe(0);
  }
  expect(await takeNotice(sender.space, clock.now() + DAY)).toBeUndefined();
});
