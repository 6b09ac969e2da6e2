import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { saveCursor } from '../../src/ledger/progress.ts';
import { companyRequests } from '../support/companies.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addProspect } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const ASSOCIATIONS = '/crm/associations/{version}/companies/contacts/batch/read';
const BARE = { numemployees: '', annualrevenue: '', company: '' };

/** A company of 2,000 people, and somebody of whom HubSpot knows no more than that they work there. */
async function openBench(options: Parameters<typeof openTestWorld>[1] = {}) {
  const world = await openTestWorld(redis, options);
  const company = world.sandbox.people.createCompany({
    name: 'Acme',
    numberofemployees: 2_000,
    annualrevenue: 5_000_000,
  });
  const join = (name: string, extra = {}) =>
    addProspect(world, name, { ...BARE, associatedcompanyid: company.id, ...extra }).contact;
  return { world, company, join };
}

const reasons = (world: World, contact: Parameters<World['text']>[0]) => world.text(contact, 'leadgauge_reasons') ?? '';

describe('fields of the company', () => {
  it('count where the contact has no value, and the contact’s own go first', async () => {
    const { world, join } = await openBench();
    const [bare, own] = [join('bare'), join('own', { numemployees: '1-5' })];
    await world.backfill();
    expect(reasons(world, bare)).toMatch(/\+20 Company size/);
    expect(reasons(world, bare)).toMatch(/\+5 Annual revenue/);
    expect(reasons(world, own)).not.toMatch(/Company size/);
    expect(await world.wrong()).toEqual([]);
  });

  it('cost one more call for each page of contacts, and none where nobody lacks anything', async () => {
    const { world, join } = await openBench();
    for (let index = 0; index < 130; index += 1) join(`bare-${index}`);
    await world.backfill();
    expect(world.calls).toMatchObject({ read: 2, related: 2 });

    const complete = await openTestWorld(redis, { namespace: 'complete' });
    for (let index = 0; index < 130; index += 1) addProspect(complete, `p-${index}`, { industry: 'BANKING' });
    await complete.backfill();
    expect(complete.calls).toMatchObject({ read: 2, related: 0 });
  });

  it('change the score of everyone who works there when the company changes', async () => {
    const { world, company, join } = await openBench();
    const people = [join('ada'), join('bob')];
    await world.backfill();
    await world.clock.advance(HOUR);
    world.sandbox.people.updateCompany(company.id, { numberofemployees: 4 });
    await world.sync();
    for (const person of people) expect(reasons(world, person)).not.toMatch(/Company size/);
    expect(await world.wrong()).toEqual([]);
  });

  it('go with a contact that moves to another company', async () => {
    const { world, join } = await openBench();
    const person = join('ada');
    await world.backfill();
    await world.clock.advance(HOUR);
    const small = world.sandbox.people.createCompany({ name: 'Small', numberofemployees: 3 });
    world.sandbox.people.moveToCompany(person.id, small.id);
    await world.sync();
    expect(reasons(world, person)).not.toMatch(/Company size/);
    expect(await world.wrong()).toEqual([]);
  });

  it.each(['merged into another', 'deleted'])('are right after the company was %s', async (how) => {
    const { world, company, join } = await openBench();
    join('ada');
    await world.backfill();
    await world.clock.advance(HOUR);
    const { people } = world.sandbox;
    const other = people.createCompany({ name: 'Other', numberofemployees: 7, industry: 'BANKING' });
    if (how === 'deleted') people.removeCompany(company.id);
    else people.mergeCompanies(other.id, company.id);
    await world.sync();
    await world.sync();
    expect(await world.wrong()).toEqual([]);
  });

  it('are right where the company changes to and fro while somebody is scored in between', async () => {
    const { world, company, join } = await openBench();
    const [ada, bob] = [join('ada'), join('bob')];
    await world.backfill();
    await world.clock.advance(HOUR);
    const { people } = world.sandbox;
    people.updateCompany(company.id, { numberofemployees: 4 });
    people.update(ada.id, { jobtitle: 'CEO' });
    await world.poll();
    people.updateCompany(company.id, { numberofemployees: 2_000 });
    await world.score();
    people.updateCompany(company.id, { numberofemployees: 4 });
    people.update(bob.id, { jobtitle: 'CTO' });
    await world.sync();
    people.updateCompany(company.id, { numberofemployees: 2_000 });
    for (let poll = 0; poll < 3; poll += 1) {
      await world.clock.advance(MINUTE);
      await world.sync();
    }
    expect(await world.wrong()).toEqual([]);
    expect(reasons(world, ada)).toMatch(/Company size/);
  });

  it('come again after a wrong clock left the cursor of companies in 2099', async () => {
    const { world, company, join } = await openBench();
    join('ada');
    await world.backfill();
    await saveCursor(world.connection.space, 'related company', Date.UTC(2099));
    await world.clock.advance(20 * DAY);
    world.sandbox.people.updateCompany(company.id, { numberofemployees: 4 });
    await world.sync();
    expect(await world.wrong()).toEqual([]);
  });

  it('stay away where the credential may not read companies', async () => {
    const { world, join } = await openBench();
    const person = join('ada');
    world.sandbox.faults.add({ path: '/crm/objects/2026-09/companies', status: 403 });
    const other = await openTestWorld(redis, { joins: world });
    await other.backfill();
    expect(reasons(other, person)).not.toMatch(/Company size/);
    expect(other.connection.crm.related).toEqual([]);
    expect(other.calls.related).toBe(0);
  });
});

describe('leadgauge check', () => {
  it('tells that companies can be read, and what is lost where they cannot', async () => {
    const { world } = await openBench();
    const { crm } = world.connection;
    const messages = async () => (await crm.check()).map(({ level, message }) => `${level}: ${message}`);
    expect(await messages()).toContain('ok: all 3 company fields are properties of companies');
    world.sandbox.faults.add({ path: '/crm/objects/2026-09/companies', status: 403 });
    expect(await messages()).toContain(
      'warning: companies cannot be read, for fields that a contact lacks: give the credential the scope crm.objects.companies.read. Until then: employees, annual_revenue, industry come from contacts alone',
    );
  });
});

describe('a company that changed in nothing that is scored', () => {
  it('has nobody read again: not for an account score that we wrote, nor for a new telephone number', async () => {
    const { world, company, join } = await openBench({
      config: editedConfig((yaml) => `${yaml}\naccount: { of: total, roll_up: max }\n`),
    });
    for (let index = 0; index < 30; index += 1) join(`person-${index}`);
    await world.backfill();
    await world.sync();
    await world.clock.advance(HOUR);
    const { requests, people } = world.sandbox;
    const before = { ...world.calls };
    const asked = () => requests.count({ path: ASSOCIATIONS });
    const [searches, askedBefore] = [companyRequests(world).length, asked()];
    people.updateCompany(company.id, { phone: '+49 30 123456' });
    for (let poll = 0; poll < 4; poll += 1) await world.sync();
    expect(world.calls).toMatchObject({ read: before.read, related: before.related, write: before.write });
    expect(companyRequests(world).length).toBeGreaterThan(searches);
    expect(asked()).toBe(askedBefore);
  });

  it('asks for nobody where all its people have values of their own', async () => {
    const world = await openTestWorld(redis);
    const { people, requests } = world.sandbox;
    const company = people.createCompany({ name: 'Acme', numberofemployees: 2_000 });
    addProspect(world, 'own', { industry: 'BANKING', associatedcompanyid: company.id });
    await world.backfill();
    await world.clock.advance(HOUR);
    people.updateCompany(company.id, { numberofemployees: 4 });
    await world.sync();
    expect(requests.count({ path: ASSOCIATIONS })).toBe(0);
    expect(await countDirty(world.connection.space)).toBe(0);
    expect(await world.wrong()).toEqual([]);
  });
});
