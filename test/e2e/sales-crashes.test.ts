import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { RetryableError } from '../../src/base/errors.ts';
import { askCeiling, ruleName } from '../../src/ledger/ceilings.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { sendNotices } from '../../src/sync/send-notices.ts';
import { jobsOf } from '../support/connection-jobs.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addProspect, asksForDemo, tasksOf } from '../support/people.ts';
import { TEAM } from '../support/sales-story-config.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openToldSales } from '../support/told-sales.ts';
import { INDEX_DELAY, openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();
const [DANA, MARCO] = TEAM;
const WRITES = /^\/crm\/objects\/[^/]+\/contacts\/batch\/update/;
const TASKS = /^\/crm\/objects\/[^/]+\/tasks$/;

const SALES = `
people:
  ${DANA}: { manager: ${MARCO} }
follow_up: { escalate_after: 30m, escalate_to: manager, attempts: 4, over: 10d }
ceiling: { leads: 2, per: 1h }
notify: { https: on, team: [team@gaugeworks.example] }
`;

/** A portal of which sales are told at an address, with Ada, whom Dana owns. */
async function open() {
  const { channels, told } = await openToldSales();
  const world = await openTestWorld(redis, { config: editedConfig(() => SALES, 'sales.yaml') });
  const { clock, sandbox } = world;
  const connection: Connection = { ...world.connection, channels: channels(clock) };
  const jobs = jobsOf(connection, clock, { lateness: INDEX_DELAY });
  const dana = sandbox.portal.owners.all.find(({ email }) => email === DANA);
  const add = (name: string) => addProspect(world, name, { hubspot_owner_id: dana?.id ?? '' });
  const ada = add('ada');
  await jobs.backfill();
  /** As the jobs do it, each of which may fail for now and is tried again. */
  const sync = async () => {
    await jobs.sync().catch((error: unknown) => {
      if (!(error instanceof RetryableError)) throw error;
    });
    await sendNotices(connection);
  };
  return {
    ...{ ...jobs, world, sandbox, clock, connection, told, add, ada, sync },
    async pass(ms: number) {
      await clock.advance(ms);
      await sync();
    },
    followUp: () => world.text(ada.contact, 'leadgauge_follow_up'),
    tasks: () => tasksOf(world, ada.contact).map(({ properties }) => properties.hs_task_subject ?? ''),
  };
}

/** The same, in which Dana was reminded of Ada's request. */
async function openReminded() {
  const opened = await open();
  asksForDemo(opened.world, opened.ada.email);
  await opened.sync();
  await opened.pass(5 * MINUTE);
  expect(opened.told()).toEqual(['routed to dana.whitlock', 'reminder to dana.whitlock']);
  return opened;
}

it('an escalation that was told and not written, as Redis was emptied, is not told again', async () => {
  const { sandbox, pass, sync, backfill, followUp, tasks, told } = await openReminded();
  const heal = sandbox.faults.add({ path: WRITES, status: 500 });
  await pass(40 * MINUTE);
  expect(followUp()).toBe('reminded');
  expect(tasks()).toHaveLength(2);
  heal();
  await redis.flush();
  await backfill({ live: true });
  await sync();
  await pass(DAY);
  expect(followUp()).toBe('escalated');
  expect(tasks()).toHaveLength(2);
  expect(told().slice(2)).toEqual(['escalation to marco.ferri']);
});

it('a reminder that was told and not written is told once while Redis is there', async () => {
  const { sandbox, world, ada, sync, pass, followUp, told } = await open();
  asksForDemo(world, ada.email);
  await sync();
  const heal = sandbox.faults.add({ path: WRITES, status: 500 });
  for (let time = 0; time < 5; time += 1) await pass(2 * MINUTE);
  expect(followUp()).toBe('open');
  heal();
  await pass(2 * MINUTE);
  expect(followUp()).toBe('reminded');
  expect(told()).toEqual(['routed to dana.whitlock', 'reminder to dana.whitlock']);
});

it('beyond the ceiling a reminder that cannot be written is told once, however long that lasts', async () => {
  const { sandbox, world, clock, add, ada, backfill, sync, pass, told } = await open();
  const [bea, cleo] = [add('bea'), add('cleo')];
  await backfill();
  for (const { email } of [ada, bea]) asksForDemo(world, email);
  await sync();
  await clock.advance(61 * MINUTE);
  asksForDemo(world, cleo.email);
  await sync();
  expect(told().filter((each) => each.startsWith('reminder'))).toHaveLength(2);
  const heal = sandbox.faults.add({ path: WRITES, status: 500 });
  await pass(6 * MINUTE);
  expect(told().filter((each) => each.startsWith('reminder'))).toHaveLength(3);
  // Another hour, of which the ceiling is still reached; then one in which it is not.
  await pass(53 * MINUTE);
  await pass(5 * MINUTE);
  heal();
  await pass(MINUTE);
  expect(world.text(cleo.contact, 'leadgauge_follow_up')).toBe('reminded');
  expect(told().filter((each) => each.startsWith('reminder'))).toHaveLength(3);
});

it('an owner who is reminded late has the time until it escalates, also where the answer to the write is lost', async () => {
  const { sandbox, world, ada, clock, sync, pass, followUp, told } = await open();
  asksForDemo(world, ada.email);
  await sync();
  const heal = sandbox.faults.add({ path: WRITES, when: 'after', reset: true });
  await clock.advance(4 * HOUR);
  await sync();
  heal();
  expect(followUp()).toBe('reminded');
  await pass(10 * MINUTE);
  await pass(10 * MINUTE);
  expect(told()).toEqual(['routed to dana.whitlock', 'reminder to dana.whitlock']);
  await pass(15 * MINUTE);
  expect(told().slice(2)).toEqual(['escalation to marco.ferri']);
});

it('and where Redis was emptied since', async () => {
  const { world, ada, clock, sync, backfill, pass, told } = await open();
  asksForDemo(world, ada.email);
  await sync();
  await clock.advance(4 * HOUR);
  await sync();
  await redis.flush();
  await backfill({ live: true });
  await pass(10 * MINUTE);
  expect(told()).toHaveLength(2);
  await pass(25 * MINUTE);
  expect(told().slice(1)).toEqual(['reminder to dana.whitlock', 'escalation to marco.ferri']);
});

it('of an escalation whose task HubSpot refuses the manager hears all the same', async () => {
  const { sandbox, pass, connection, followUp, tasks, told } = await openReminded();
  sandbox.faults.add({ method: 'POST', path: TASKS, status: 400 });
  await pass(40 * MINUTE);
  expect(told().slice(2)).toEqual(['escalation to marco.ferri']);
  expect(followUp()).toBe('escalated');
  expect(tasks()).toHaveLength(1);
  expect(await listDeadLetters(connection.space)).toHaveLength(1);
  await pass(DAY);
  expect(told()).toHaveLength(3);
});

it('that a rule was stopped is told once, also where the process that stopped it ended before it did', async () => {
  const { world, connection, clock, add, backfill, sync, pass, told } = await open();
  const bea = add('bea');
  await backfill();
  const firings = ['1', '2', '3'].map((leadId) => ({ leadId, event: `request ${leadId}` }));
  const rule = ruleName('platform', 'demo-request');
  await askCeiling(connection.space, rule, firings, { leads: 2, per: HOUR, now: clock.now() });
  asksForDemo(world, bea.email);
  await sync();
  await pass(HOUR);
  expect(tasksOf(world, bea.contact)).toEqual([]);
  expect(told()).toEqual(['ceiling to team']);
});
