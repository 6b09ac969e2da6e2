import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/clock.ts';
import type { Crm } from '../../src/crm/crm.ts';
import { budgetKeys } from '../../src/queue/budget.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { hotStreams, pullStreams } from '../../src/sync/pull-streams.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { addProspect, asksForDemo, tasksOf } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();

/** As many requests as fill three pages, of which a poll knows that read all there was. They are of before the first backfill, and alert nobody. */
async function openWithMany(): Promise<World> {
  const { sales, ...config } = loadConfig('config');
  const world = await openTestWorld(redis, { config: { ...config, sales: { ...sales, ceiling: undefined } } });
  for (let sent = 0; sent < 120; sent += 1) {
    asksForDemo(world, `asks@stranger-${sent % 6}.example`);
    await world.clock.advance(SECOND);
  }
  await world.backfill();
  await world.hotPoll();
  return world;
}

/** How many pages of the demo form this reads. */
async function pagesOf({ sandbox }: World, work: () => Promise<void>): Promise<number> {
  const guid = sandbox.portal.forms.find('demo')?.guid ?? '';
  const count = () => sandbox.requests.all({ method: 'GET', path: new RegExp(`submissions/forms/${guid}`) }).length;
  const before = count();
  await work();
  return count() - before;
}

/** A submission that is stored now, with the time at which a slow request of it began. */
function storeLate({ sandbox: { portal } }: World, email: string, ago: number): void {
  const form = portal.forms.find('demo');
  if (form === undefined) throw new Error('the portal has no demo form');
  portal.forms.submit(form, portal.now() - ago, 'https://www.example.com/demo', [['email', email]]);
}

describe('the hot poll, where many ask for a demo within minutes', () => {
  it('reads one page of their form for the next one, and not all of them again', async () => {
    const world = await openWithMany();
    const { contact, email } = addProspect(world);
    asksForDemo(world, email);
    expect(await pagesOf(world, () => world.hotPoll())).toBe(1);
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('reads as many pages as there are new ones', async () => {
    const world = await openWithMany();
    const people = Array.from({ length: 60 }, (_, index) => addProspect(world, `p${index}`));
    for (const { email } of people) asksForDemo(world, email);
    expect(await pagesOf(world, () => world.hotPoll())).toBe(2);
    expect(people.map(({ contact }) => tasksOf(world, contact).length)).toEqual(people.map(() => 1));
  });

  it('finds within a minute what came in minutes late, behind pages that it knows', async () => {
    const world = await openWithMany();
    const { contact, email } = addProspect(world);
    storeLate(world, email, 100 * SECOND);
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(0);
    await world.clock.advance(MINUTE);
    expect(await pagesOf(world, () => world.hotPoll())).toBe(3);
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('finds what came in as late as the overlap allows, however many polls there were since', async () => {
    const world = await openWithMany();
    const { contact, email } = addProspect(world);
    // Just after a poll that read everything, and before a minute of those that do not.
    await world.clock.advance(MINUTE);
    await world.hotPoll();
    await world.clock.advance(SECOND);
    storeLate(world, email, 10 * MINUTE - 2 * SECOND);
    for (let poll = 0; poll < 13; poll += 1) {
      await world.clock.advance(4 * SECOND);
      await world.hotPoll();
    }
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('misses nobody behind those that it came to before it failed', async () => {
    const world = await openWithMany();
    const people = Array.from({ length: 140 }, (_, index) => addProspect(world, `p${index}`));
    for (const { email } of people) {
      asksForDemo(world, email);
      await world.clock.advance(100);
    }
    // They are looked up by the hundred, the latest first: of these all is done, and then the CRM is away.
    const { connection, sandbox } = world;
    let looked = 0;
    const findLeads: Crm['findLeads'] = (emails, options) => {
      looked += 1;
      if (looked === 2) sandbox.faults.add({ method: 'POST', path: /contacts\/batch\/read$/, status: 500, times: 3 });
      return connection.crm.findLeads(emails, options);
    };
    const failing = { ...connection, crm: Object.create(connection.crm, { findLeads: { value: findLeads } }) };
    await expect(pullStreams(failing, hotStreams(failing), { urgent: true })).rejects.toThrow('500');
    const told = () => people.filter(({ contact }) => tasksOf(world, contact).length === 1).length;
    expect(told()).toBe(100);
    await world.hotPoll();
    expect(told()).toBe(140);
  });
});

it.each([
  { crm: 'HubSpot', open: openPortal },
  { crm: 'Salesforce', open: openOrg },
])(
  'a hot poll of $crm keeps no calls from others where it finds nothing, and does where somebody asks for a demo',
  async ({ open }) => {
    const { world, ask } = await open();
    const { space, clock } = world.connection;
    const [, , state] = budgetKeys(space);
    await world.backfill();
    for (let poll = 0; poll < 3; poll += 1) {
      await clock.sleep(10 * SECOND);
      await world.hotPoll();
    }
    expect(await space.redis.hget(state, 'urgent-at')).toBeNull();
    ask();
    await world.hotPoll();
    expect(await space.redis.hget(state, 'urgent-at')).not.toBeNull();
  },
);

async function openPortal() {
  const world = await openTestWorld(redis);
  const { email } = addProspect(world);
  return { world, ask: () => void asksForDemo(world, email) };
}

async function openOrg() {
  const world = await openOrgWorld(redis);
  const { id } = addOrgProspect(world);
  return { world, ask: () => void world.sandbox.people.respond('Request a demo', id) };
}
