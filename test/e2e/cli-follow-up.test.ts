import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { type FollowUp, saveFollowUps } from '../../src/ledger/follow-ups.ts';
import { openCliOrg, salesforceConfig } from '../support/cli-org.ts';
import { type CliPortal, copyConfig, keepRedis, openCliPortal, runCli } from '../support/run-cli.ts';

test('with no follow-up there is nothing to show', async () => {
  const { run } = await openCliPortal();
  const { code, out, err } = await run('follow-up');
  expect({ code, out }).toEqual({ code: 0, out: 'no follow-up is open' });
  expect(err).toMatch(/^note: this Redis has seen no backfill/);
  expect(JSON.parse((await run('follow-up', '--json')).out)).toEqual({ open: [], owners: [] });
});

test('shows what is open, the latest first, and how each owner does', async () => {
  const { run, ann, bo } = await withFollowUps();
  const { code, out } = await run('follow-up');
  expect(code).toBe(0);
  const [title, , ...lines] = out.split('\n');
  expect(title).toBe('4 follow-ups open, 3 overdue');
  expect(columnsOf(lines.slice(0, 5))).toEqual([
    ['LEAD', 'OWNER', 'STATE', 'TRIES', 'LATE'],
    ['103', '(nobody)', 'open', '0', '100h'],
    ['101', ann.email, 'reminded', '0', '2h 5m'],
    ['104', ann.email, 'tried', '2', '30m'],
    ['102', bo.email, 'open', '0', '-'],
  ]);
  expect(columnsOf(lines.slice(8))).toEqual([
    ['OWNER', 'OPEN', 'OVERDUE', 'ROUTED', 'FIRST TOUCH', 'IN TIME'],
    [ann.email, '2', '2', '3', '10m', '67% (2 of 3)'],
    ['(nobody)', '1', '1', '1', '-', '0% (0 of 1)'],
    [bo.email, '1', '0', '2', '12h', '0% (0 of 1)'],
  ]);
});

test('of one owner, by address or id, and of those that are overdue alone', async () => {
  const { run, bo, ann } = await withFollowUps();
  const leads = async (...args: string[]) =>
    JSON.parse((await run('follow-up', '--json', ...args)).out).open.map(({ lead }: { lead: string }) => lead);
  expect(await leads('--owner', bo.email.toUpperCase())).toEqual(['102']);
  expect(await leads('--owner', ann.id)).toEqual(['101', '104']);
  expect(await leads('--owner', ann.id, '--overdue')).toEqual(['101', '104']);
  expect(await leads('--overdue')).toEqual(['103', '101', '104']);
  expect((await run('follow-up', '--overdue')).out).toMatch(/^3 follow-ups overdue\n/);
  expect((await run('follow-up', '--overdue', '--owner', bo.email)).out).toMatch(/^no follow-up is overdue\n/);
});

test('an owner is known by what is before the @, and one that is mistyped gets the nearest', async () => {
  const { run, ann } = await withFollowUps();
  const [name = ''] = ann.email.split('@');
  const { open } = JSON.parse((await run('follow-up', '--json', '--owner', name)).out);
  expect(open.map(({ lead }: { lead: string }) => lead)).toEqual(['101', '104']);
  for (const typed of [`${name}e`, `${name.slice(1)}@example.com`]) {
    const { code, err } = await run('follow-up', '--owner', typed);
    expect({ code, err }).toEqual({
      code: 2,
      err: `no user of the CRM has this address or id: did you mean "${name}"?`,
    });
  }
});

test('--json has times and minutes, and no lead is named but by its id', async () => {
  const { run, ann, now } = await withFollowUps();
  const { open, owners } = JSON.parse((await run('follow-up', '--json')).out);
  expect(open[1]).toEqual({
    lead: '101',
    model: 'platform',
    owner: ann.email,
    fastTrack: 'demo-request',
    state: 'reminded',
    attempts: 0,
    routedAt: iso(now - 3 * HOUR),
    followUpBy: iso(now - 2 * HOUR - 5 * MINUTE),
    dueBy: iso(now - 2 * HOUR - 5 * MINUTE),
    overdue: true,
    minutesLate: 125,
  });
  expect(owners[0]).toEqual({
    owner: ann.email,
    open: 2,
    overdue: 2,
    routed: 3,
    touched: 2,
    minutesToFirstTouch: 10,
    decided: 3,
    inTime: 2,
  });
});

test('somebody who is no user of the CRM is refused, without the address', async () => {
  const { run } = await withFollowUps();
  const { code, err } = await run('follow-up', '--owner', 'eve@example.com');
  expect({ code, err }).toEqual({
    code: 2,
    err: 'no user of the CRM has this address or id: see the owners with "leadgauge follow-up"',
  });
});

test('while the CRM cannot be asked, owners are shown by their ids', async () => {
  const { run, sandbox, ann } = await withFollowUps();
  await sandbox.close();
  const { code, out, err } = await run('follow-up');
  expect(code).toBe(0);
  expect(err).toMatch(/^note: owners are shown by their ids, as hubspot could not be asked: /);
  expect(out).toContain(ann.id);
});

test('with two CRMs, each follow-up tells whose it is', async () => {
  const portal = await openCliPortal();
  const org = await openCliOrg();
  const config = aroundTheClock(salesforceConfig({ hubspot: 'both' }));
  const space = await keepRedis(portal.env);
  const now = Date.now();
  await saveFollowUps(space, [entryAt(now)('101', '1', 2 * HOUR)], now);
  await saveFollowUps(space.of('salesforce'), [entryAt(now)('00Q000000000001AAA', '2', 3 * HOUR)], now);
  const ran = await runCli(['follow-up', '--json'], { ...org.env, ...portal.env, LEADGAUGE_CONFIG: config });
  expect(ran).toMatchObject({ code: 0 });
  const { open, owners } = JSON.parse(ran.out);
  const told = ({ connection, lead }: Record<string, string>) => [connection, lead];
  expect(open.map(told)).toEqual([
    ['hubspot', '101'],
    ['salesforce', '00Q000000000001AAA'],
  ]);
  expect(owners.map(told).map(([name]: string[]) => name)).toEqual(['hubspot', 'salesforce']);
});

interface Somebody {
  readonly id: string;
  readonly email: string;
}

interface Followed extends CliPortal {
  readonly ann: Somebody;
  readonly bo: Somebody;
  /** When all of it was noted: what is shown moments later is late by as many minutes. */
  readonly now: number;
}

/** Four open follow-ups, and two that are over, of a portal with two owners. */
async function withFollowUps(): Promise<Followed> {
  const portal = await openCliPortal({ leads: 5 });
  const [ann, bo] = portal.sandbox.portal.owners.list({ archived: false });
  if (ann === undefined || bo === undefined) throw new Error('the portal has no two owners');
  const now = Date.now();
  const entry = entryAt(now);
  const entries = [
    entry('101', ann.id, 3 * HOUR, { rule: 'demo-request', state: 'reminded', dueBy: now - 2 * HOUR - 5 * MINUTE }),
    entry('102', bo.id, MINUTE, { dueBy: now + HOUR }),
    entry('103', undefined, 101 * HOUR, { dueBy: now - 100 * HOUR }),
    entry('104', ann.id, 2 * DAY, { state: 'tried', attempts: 2, touchedAfter: 10 * MINUTE, dueBy: now - 30 * MINUTE }),
    entry('105', ann.id, 3 * DAY, { state: 'reached', attempts: 1, touchedAfter: 20 * MINUTE }),
    entry('106', bo.id, 4 * DAY, { state: 'closed', attempts: 4, touchedAfter: 12 * HOUR }),
  ];
  const space = await keepRedis(portal.env);
  await saveFollowUps(space, entries, now);
  const env = { ...portal.env, LEADGAUGE_CONFIG: aroundTheClock(copyConfig()) };
  return { ...portal, ann, bo, now, run: (...args) => runCli(args, env) };
}

interface Own extends Partial<FollowUp> {
  /** From when it was routed, in milliseconds. */
  readonly touchedAfter?: number;
}

/** A lead that was routed so long ago, to be followed up by `dueBy`; within 55 minutes when absent. */
const entryAt =
  (now: number) =>
  (leadId: string, ownerId: string | undefined, ago: number, { touchedAfter, ...own }: Own = {}): FollowUp => {
    const routedAt = now - ago;
    const soon = routedAt + 55 * MINUTE;
    const followUpBy = own.attempts === undefined ? (own.dueBy ?? soon) : soon;
    const touched = touchedAfter === undefined ? {} : { firstTouchedAt: routedAt + touchedAfter };
    return { leadId, ownerId, model: 'platform', routedAt, followUpBy, attempts: 0, state: 'open', ...touched, ...own };
  };

/** Nobody's hours are limited, whatever time of day the tests run. */
function aroundTheClock(folder: string): string {
  writeFileSync(join(folder, 'sales.yaml'), 'owner: [existing]\n');
  return folder;
}

/** Without the columns of times, which are as wide as the months are long. */
function columnsOf(lines: readonly string[]): string[][] {
  const rows = lines.map((line) => line.split(/ {2,}/));
  const left = new Set(['ROUTED', 'FAST TRACK'].map((name) => rows[0]?.indexOf(name)));
  return rows.map((row) => row.filter((_, index) => rows[0]?.includes('OPEN') || !left.has(index)));
}

const iso = (time: number) => new Date(time).toISOString();
