import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { createOrg } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { createPortal } from '../../src/sandbox/sandbox.ts';
import { type Config, hubspotOf } from '../../src/settings/config.ts';
import { chooseOwner } from '../../src/sync/choose-owner.ts';
import { ownerDirectory } from '../../src/sync/owner-directory.ts';
import { salesFindings } from '../../src/sync/sales-findings.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { addProspect, asksForDemo, tasksOf } from '../support/people.ts';
import { shippedConfig } from '../support/shipped-config.ts';
import { createTestClock } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const OWNERS = '/crm/owners/{version}';
/** Who is there from the beginning. */
const [ANN, BO, CY] = createPortal().owners.all.map(({ email }) => email);
const DACH = `territories: [{ when: { field: country, country: [dach] }, owners: [${ANN}, ${BO}] }]\n`;

/** A world with this sales.yaml, and these owners taking turns for whoever is left. */
function worldWith(sales: string, inTurn: readonly (string | undefined)[] = [], joins?: World): Promise<World> {
  const config = editedConfig(() => `${sales}follow_up: off\n`, 'sales.yaml');
  return openTestWorld(redis, { config: withOwners(config, inTurn), ...(joins && { joins }) });
}

function withOwners(config: Config, inTurn: readonly (string | undefined)[]): Config {
  const file = hubspotOf(config);
  const owners = inTurn.flatMap((email) => email ?? []);
  return { ...config, hubspot: { ...file, value: { ...file.value, tasks: { ...file.value.tasks, owners } } } };
}

/** Who owns a lead, by their address. */
function ownerOf(world: World, email: string): string | undefined {
  const id = world.text(world.contact(email), 'hubspot_owner_id');
  return world.sandbox.portal.owners.all.find((owner) => owner.id === id)?.email;
}

const idOf = ({ sandbox }: World, email: string | undefined) =>
  sandbox.portal.owners.all.find((owner) => owner.email === email)?.id ?? '';

/** Adds leads that ask for a demo one after the other; their owners, in this order. */
async function ask(world: World, names: readonly string[], extra: Readonly<Record<string, string>> = {}) {
  const given: (string | undefined)[] = [];
  for (const name of names) {
    const { email } = addProspect(world, name, extra);
    await world.sync();
    asksForDemo(world, email);
    await world.hotPoll();
    given.push(ownerOf(world, email));
  }
  return given;
}

describe('a lead that asks for a demo', () => {
  it('goes to the people of its territory in turn, also after a restart, and its task with it', async () => {
    const world = await worldWith(DACH, [CY]);
    await world.backfill();
    expect(await ask(world, ['ada', 'bea'])).toEqual([ANN, BO]);
    expect(await ask(await worldWith(DACH, [CY], world), ['cleo'])).toEqual([ANN]);
    const [task] = tasksOf(world, world.contact('bea@acme-bea.example'));
    expect(task?.properties.hubspot_owner_id).toBe(idOf(world, BO));
  });

  it('goes to whoever takes turns where it is of no territory', async () => {
    const world = await worldWith(DACH, [CY]);
    await world.backfill();
    expect(await ask(world, ['ada'], { country: 'France' })).toEqual([CY]);
  });

  it('goes to nobody who is away, and to those who came back', async () => {
    const clock = createTestClock();
    const away = new Date(clock.now()).toISOString().slice(0, 10);
    const config = editedConfig(
      () => `${DACH}people:\n  ${ANN}: { away: [{ from: ${away}, to: ${away} }] }\nfollow_up: off\n`,
      'sales.yaml',
    );
    const world = await openTestWorld(redis, { config, clock });
    await world.backfill();
    expect(await ask(world, ['ada', 'bea'])).toEqual([BO, BO]);
    await clock.advance(DAY);
    expect(await ask(world, ['cleo', 'dora'])).toEqual([ANN, BO]);
  });

  it('goes to nobody who left the company, and is taken from who did', async () => {
    const world = await worldWith(DACH);
    await world.backfill();
    world.sandbox.people.removeOwner(idOf(world, ANN));
    expect(await ask(world, ['ada', 'bea'])).toEqual([BO, BO]);
    expect(await ask(world, ['cleo'], { hubspot_owner_id: idOf(world, ANN) })).toEqual([BO]);
  });

  it('stays with who owns it, and is found without asking who is there where nobody else could get it', async () => {
    const world = await worldWith('hours: {}\n');
    await world.backfill();
    const before = world.sandbox.requests.count({ path: OWNERS });
    const { email, contact } = addProspect(world, 'ada', { hubspot_owner_id: idOf(world, CY) });
    const [record] = await world.connection.crm.readLeads([contact.id]);
    if (record === undefined) throw new Error('the lead is not there');
    const choice = await chooseOwner(world.connection, record, ownerDirectory(world.connection), world.clock.now());
    expect(choice).toEqual({ way: 'existing' });
    expect(world.sandbox.requests.count({ path: OWNERS })).toBe(before);
    await world.sync();
    asksForDemo(world, email);
    await world.hotPoll();
    expect(ownerOf(world, email)).toBe(CY);
  });

  it('goes to who owns its company, before any territory', async () => {
    const world = await worldWith(DACH);
    const company = world.sandbox.people.createCompany({ name: 'Acme', hubspot_owner_id: idOf(world, CY) });
    const { contact, email } = addProspect(world);
    world.sandbox.people.moveToCompany(contact.id, company.id);
    await world.backfill();
    asksForDemo(world, email);
    await world.hotPoll();
    expect(ownerOf(world, email)).toBe(CY);
  });

  it('changes hands where config puts the territory first, but among its people stays with whom it has', async () => {
    const world = await worldWith(`owner: [territory, existing]\n${DACH}`);
    await world.backfill();
    expect(await ask(world, ['ada'], { hubspot_owner_id: idOf(world, CY) })).toEqual([ANN]);
    expect(await ask(world, ['bea', 'cleo'], { hubspot_owner_id: idOf(world, BO) })).toEqual([BO, BO]);
    expect(await ask(world, ['dora'], { hubspot_owner_id: idOf(world, CY) })).toEqual([BO]);
  });

  it('of whose owner nobody is to get it once more, goes to the next one', async () => {
    const world = await worldWith(DACH);
    const { contact } = addProspect(world, 'ada', { hubspot_owner_id: idOf(world, ANN) });
    const [record] = await world.connection.crm.readLeads([contact.id]);
    if (record === undefined) throw new Error('the lead is not there');
    const directory = ownerDirectory(world.connection);
    const except = (...emails: readonly (string | undefined)[]) =>
      chooseOwner(world.connection, record, directory, world.clock.now(), {
        except: emails.map((email) => idOf(world, email)),
      });
    expect(await except(ANN)).toEqual({ ownerId: idOf(world, BO), way: 'territory' });
    expect(await except(ANN)).toEqual({ ownerId: idOf(world, BO), way: 'territory' });
    expect(await except(ANN, BO)).toEqual({});
  });

  it('is passed on all the same while HubSpot cannot be asked who is there', async () => {
    const world = await worldWith(DACH);
    await world.backfill();
    expect(await ask(world, ['ada'])).toEqual([ANN]);
    await world.clock.advance(20 * MINUTE);
    world.sandbox.faults.add({ path: /^\/crm\/owners\//, status: 500 });
    expect(await ask(world, ['bea'])).toEqual([BO]);
  });
});

describe('the people of a portal', () => {
  it('are taken to be there where the token may not see them, and are not asked for again for every lead', async () => {
    const world = await worldWith(DACH, [BO, CY]);
    await world.backfill();
    world.sandbox.faults.add({ path: /^\/crm\/owners\//, status: 403 });
    const before = world.sandbox.requests.count({ path: OWNERS });
    expect(await ask(world, ['ada', 'bea'])).toEqual([BO, CY]);
    expect(world.sandbox.requests.count({ path: OWNERS })).toBe(before + 1);
  });

  it('are asked for once in a quarter of an hour, however many leads there are', async () => {
    const world = await worldWith(DACH, [CY]);
    await world.backfill();
    await ask(world, ['ada']);
    const once = world.sandbox.requests.count({ path: OWNERS });
    await ask(world, ['bea', 'cleo']);
    expect(world.sandbox.requests.count({ path: OWNERS })).toBe(once);
    await world.clock.advance(15 * MINUTE);
    await ask(world, ['dora']);
    expect(world.sandbox.requests.count({ path: OWNERS })).toBeGreaterThan(once);
  });
});

describe('check', () => {
  it('says whom sales.yaml names and the CRM does not have, by the place and not by the address', async () => {
    const world = await worldWith(
      `hours: {}\nholidays: { de: [2020-12-25] }\nterritories:\n  - { when: { field: country, country: [dach] }, owners: [${ANN}, eve@elsewhere.example, ${BO}] }\npeople:\n  zoe@elsewhere.example: { slack: U012AB3CD }\n`,
    );
    world.sandbox.people.removeOwner(idOf(world, BO));
    const findings = await salesFindings(world.connection);
    const said = findings.map(({ level, message }) => `${level} ${message.replace(/^.*\/sales\.yaml:/, '')}`);
    expect(said).toEqual([
      expect.stringMatching(/^problem 4:\d+ nobody in the CRM has this e-mail address: correct it, or take it out$/),
      expect.stringMatching(/^problem 4:\d+ this is no active user of the CRM: correct it, or take it out$/),
      expect.stringMatching(/^problem 6:3 nobody in the CRM has this e-mail address: correct it, or take it out$/),
      expect.stringMatching(/^warning 2:\d+ every date of the calendar "de" is past: add those to come$/),
    ]);
    expect(JSON.stringify(findings)).not.toContain('@');
  });

  it.each([
    ['the token may not see them', 403, 'the CRM shows nobody who can own leads'],
    ['HubSpot cannot be asked', 500, 'HubSpot'],
  ])('says that they cannot be looked up where %s', async (_, status, why) => {
    const world = await worldWith(DACH);
    world.sandbox.faults.add({ path: /^\/crm\/owners\//, status });
    const [finding, ...more] = await salesFindings(world.connection);
    expect(more).toEqual([]);
    expect(finding?.level).toBe('problem');
    expect(finding?.message).toContain(`the people in sales.yaml cannot be looked up: ${why}`);
  });

  it('says that all are there where they are', async () => {
    const world = await worldWith(DACH);
    expect(await salesFindings(world.connection)).toEqual([
      { level: 'ok', message: 'the people in sales.yaml are users of the CRM (2)' },
    ]);
  });
});

it('in Salesforce, a lead of a queue goes to the people of its territory as well', async () => {
  const clock = createTestClock();
  const org = createOrg({ clock });
  const [dan, eve] = org
    .type('User')
    .all.filter(({ id }) => id !== org.integrationUserId)
    .map((user) => user.text('Email'));
  const { sales } = editedConfig(
    () => `territories: [{ when: { field: country, country: [dach] }, owners: [${dan}, ${eve}] }]\nfollow_up: off\n`,
    'sales.yaml',
  );
  const world = await openOrgWorld(redis, { clock, config: { ...shippedConfig(), sales } });
  const { people } = world.sandbox;
  const [queue] = world.sandbox.org.type('Group').all;
  const leads = ['ada', 'bea', 'cleo'].map((name) => addOrgProspect(world, name, { OwnerId: queue?.id }));
  await world.backfill();
  await world.clock.advance(HOUR);
  for (const { id } of leads) {
    people.respond('Request a demo', id);
    await world.hotPoll();
  }
  const given = leads.map(({ id }) => world.person(world.text(id, 'OwnerId') ?? '').text('Email'));
  expect(given).toEqual([dan, eve, dan]);
  expect(leads.flatMap(({ id }) => world.tasks(id).map((task) => task.text('OwnerId')))).toEqual(
    leads.map(({ id }) => world.text(id, 'OwnerId')),
  );
});
