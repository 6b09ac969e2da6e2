import { describe, expect, it } from 'vitest';
import { editedConfig } from '../support/edited-config.ts';
import { addProspect, asksForDemo, tasksOf } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const TASKS = '/crm/objects/2026-09/tasks';
const UPDATE = '/crm/objects/2026-09/contacts/batch/update';

/** A world in which the portal's first two owners take leads in turn. */
async function inTurn(joins?: World): Promise<World> {
  const owners = (joins ?? (await openTestWorld(redis))).sandbox.portal.owners.all.slice(0, 2);
  const config = editedConfig(
    (yaml) => yaml.replace(/\ntasks:\n/, `\ntasks:\n  owners: [${owners.map(({ email }) => email).join(', ')}]\n`),
    'hubspot.yaml',
  );
  return openTestWorld(redis, { config, ...(joins && { joins }) });
}

const ownersOf = (world: World) => world.sandbox.portal.owners.all.map(({ id }) => id);

describe('a lead without an owner that asks for a demo', () => {
  it('gets the next of the owners in config, on the contact and on its task, also after a restart', async () => {
    const world = await inTurn();
    const [first, second] = ownersOf(world);
    const leads = ['ada', 'bo', 'cy'].map((name) => addProspect(world, name));
    await world.backfill();
    const given: unknown[] = [];
    let current = world;
    for (const { contact, email } of leads) {
      asksForDemo(world, email);
      await current.hotPoll();
      const [task] = tasksOf(world, contact);
      given.push(world.text(contact, 'hubspot_owner_id'));
      expect(task?.properties.hubspot_owner_id).toBe(given.at(-1));
      current = await inTurn(world);
    }
    expect(given).toEqual([first, second, first]);
  });

  it('keeps whose turn it was while its task has to be tried again', async () => {
    const world = await inTurn();
    const [first, second] = ownersOf(world);
    const [ada, bo] = ['ada', 'bo'].map((name) => addProspect(world, name));
    if (ada === undefined || bo === undefined) throw new Error('nobody is there');
    await world.backfill();
    world.sandbox.faults.add({ method: 'POST', path: TASKS, reset: true, times: 1 });
    asksForDemo(world, ada.email);
    await world.hotPoll();
    await world.sync();
    asksForDemo(world, bo.email);
    await world.hotPoll();
    expect([ada, bo].map(({ contact }) => world.text(contact, 'hubspot_owner_id'))).toEqual([first, second]);
  });

  it('that HubSpot does not accept is scored all the same', async () => {
    const world = await inTurn();
    const { contact, email } = addProspect(world);
    await world.backfill();
    world.sandbox.faults.add({ method: 'POST', path: UPDATE, status: 400, times: 1 });
    asksForDemo(world, email);
    await world.hotPoll();
    expect(world.text(contact, 'leadgauge_fast_track')).toBe('demo-request');
  });

  it('who has an owner keeps them', async () => {
    const world = await inTurn();
    const third = ownersOf(world)[2] ?? '';
    const { contact, email } = addProspect(world, 'ada', { hubspot_owner_id: third });
    await world.backfill();
    asksForDemo(world, email);
    await world.hotPoll();
    expect(world.text(contact, 'hubspot_owner_id')).toBe(third);
    expect(tasksOf(world, contact)[0]?.properties.hubspot_owner_id).toBe(third);
  });
});

it('a task has a link to its contact', async () => {
  const world = await openTestWorld(redis);
  const { contact, email } = addProspect(world);
  await world.backfill();
  asksForDemo(world, email);
  await world.hotPoll();
  const { portalId } = world.sandbox.portal.settings;
  const link = `https://app.hubspot.com/contacts/${portalId}/record/0-1/${contact.id}`;
  expect(tasksOf(world, contact)[0]?.properties.hs_task_body).toContain(`<a href="${link}">`);
});
