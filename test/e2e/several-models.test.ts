import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import { listFollowUps } from '../../src/ledger/follow-ups.ts';
import type { Contact } from '../../src/sandbox/portal/contact.ts';
import { addProspect, stageOf, tasksOf } from '../support/people.ts';
import { smallConfig } from '../support/small-models.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const MQL = 'marketingqualifiedlead';
const DEMO =
  'fast_track: [{ id: wants-demo, when: { activity: form-submission, form: demo-request }, follow_up_within: 5m }]';

/** One line of business is about everybody but those who are interested in services, the other about these. */
const LINES = {
  platform: { more: `applies_to: { not: { field: product_interest, is: services } }\n${DEMO}` },
  services: {
    more: `applies_to: { field: product_interest, is: services }\n${DEMO}`,
    fit: ['{ id: from-germany, when: { field: country, is: germany }, points: 5, flag: german }'],
  },
};
const lines = () => smallConfig({ models: LINES });
/** Both are about everybody. */
const both = () => smallConfig({ models: { platform: { more: DEMO }, services: { more: DEMO } } });

const STATE = ['score', 'fit', 'engagement', 'grade', 'reasons', 'flags', 'mql', 'model_version', 'scored_at'];
const held = (world: World, contact: Contact, prefix: string) =>
  STATE.filter((key) => world.sandbox.portal.valueOf(contact, `${prefix}_${key}`) !== undefined);
const PLATFORM = 'leadgauge';
const SERVICES = 'leadgauge_services';

const getsEbook = (world: World, email: string) => world.sandbox.people.submitForm('ebook', { email });

describe('two lines of business', () => {
  it('each write to their own properties, in the calls that one would need', async () => {
    const world = await openTestWorld(redis, { config: lines(), leads: 300 });
    expect(await world.backfill()).toMatchObject({ scored: 300, written: 300 });
    expect(world.calls).toMatchObject({ read: 3, write: 3 });
    for (const contact of world.sandbox.portal.contacts.all) {
      const isForServices = world.text(contact, 'product_interest') === 'services';
      expect(held(world, contact, isForServices ? PLATFORM : SERVICES)).toEqual([]);
      expect(held(world, contact, isForServices ? SERVICES : PLATFORM)).toContain('score');
    }
    expect(await world.wrong()).toEqual([]);
    expect(await world.backfill()).toMatchObject({ written: 0, unchanged: 300 });
  });

  it('hand a lead over: what the first wrote is emptied once, and the second has its score', async () => {
    const world = await openTestWorld(redis, { config: lines() });
    const { contact, email } = addProspect(world);
    getsEbook(world, email);
    await world.clock.advance(MINUTE);
    await world.backfill();
    expect(world.text(contact, 'leadgauge_mql')).toBe('true');
    world.sandbox.people.update(contact.id, { product_interest: 'services' });
    await world.sync();
    expect(held(world, contact, PLATFORM)).toEqual([]);
    expect(world.number(contact, 'leadgauge_services_score')).toBe(115);
    expect(world.text(contact, 'leadgauge_services_flags')).toBe('german');
    const before = world.writes();
    await world.sync();
    expect(await world.backfill()).toMatchObject({ written: 0 });
    expect(world.writes()).toBe(before);
    world.sandbox.people.update(contact.id, { product_interest: 'platform' });
    await world.sync();
    expect(held(world, contact, SERVICES)).toEqual([]);
    expect(world.number(contact, 'leadgauge_score')).toBe(110);
    expect(await world.wrong()).toEqual([]);
  });

  it('leave nobody to follow up by the line that a lead is none of any more', async () => {
    const world = await openTestWorld(redis, { config: lines() });
    const { contact, email } = addProspect(world);
    await world.backfill();
    await world.clock.advance(MINUTE);
    world.sandbox.people.submitForm('demo', { email });
    await world.sync();
    const followUps = async () =>
      (await listFollowUps(world.connection.space, world.clock.now())).map(({ model, state }) => [model, state]);
    expect(await followUps()).toEqual([['platform', 'open']]);
    world.sandbox.people.update(contact.id, { product_interest: 'services' });
    await world.sync();
    expect(await followUps()).toEqual([['platform', 'closed']]);
  });

  it('pass on who becomes a lead of theirs and is ready, but not whom a new model finds ready', async () => {
    const world = await openTestWorld(redis, { config: lines() });
    const people = ['ada', 'bob'].map((name) => addProspect(world, name));
    const [moves, stays] = people.map(({ contact }) => contact);
    for (const { email } of people) getsEbook(world, email);
    await world.clock.advance(MINUTE);
    await world.backfill();
    for (const contact of [moves, stays]) expect(contact && stageOf(world, contact)).toBe('lead');
    world.sandbox.people.update(moves?.id ?? '', { product_interest: 'services' });
    await world.sync();
    expect(moves && stageOf(world, moves)).toBe(MQL);
    expect(moves && world.number(moves, 'leadgauge_services_mql_at')).toBeGreaterThan(0);
    expect(moves && world.number(moves, 'leadgauge_mql_at')).toBeUndefined();
    const wider = { platform: LINES.platform, services: { ...LINES.services, more: DEMO } };
    const next = await openTestWorld(redis, { joins: world, config: smallConfig({ models: wider }) });
    await next.backfill({ live: true });
    await next.sync();
    expect(stays && world.text(stays, 'leadgauge_services_mql')).toBe('true');
    expect(stays && stageOf(world, stays)).toBe('lead');
  });

  it('fast-track a lead that is handed over by what it is, if the rule of the second holds', async () => {
    const rule = 'fast_track: [{ id: executive, when: { field: job_title, seniority: [head] } }]';
    const services = { more: LINES.services.more.replace(DEMO, rule) };
    const config = smallConfig({ models: { platform: LINES.platform, services } });
    const world = await openTestWorld(redis, { config });
    const { contact } = addProspect(world);
    await world.backfill();
    for (const line of ['services', 'platform', 'services']) {
      world.sandbox.people.update(contact.id, { product_interest: line });
      await world.sync();
    }
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(world.text(contact, 'leadgauge_services_fast_track')).toBe('executive');
  });

  it('know for good whose a lead was not, so that it can come to be one of theirs after years of quiet', async () => {
    const world = await openTestWorld(redis, { config: lines() });
    const { contact } = addProspect(world);
    await world.backfill();
    const { redis: client, key } = world.connection.space;
    expect(await client.pttl(key('lead', contact.id))).toBe(-1);
  });

  it('keep what happened when they hand a lead over', async () => {
    const world = await openTestWorld(redis, { config: lines() });
    const { contact, email } = addProspect(world);
    await world.backfill();
    world.sandbox.people.submitForm('demo', { email });
    await world.hotPoll();
    world.sandbox.people.update(contact.id, { product_interest: 'services' });
    await world.sync();
    expect(world.text(contact, 'leadgauge_fast_track')).toBe('wants-demo');
    expect(world.number(contact, 'leadgauge_mql_at')).toBeGreaterThan(0);
    expect(tasksOf(world, contact)).toHaveLength(1);
  });
});

describe('a model that is added later', () => {
  it('promotes and alerts nobody who was there, though they came after the first backfill', async () => {
    const world = await openTestWorld(redis, { config: smallConfig({ models: { platform: {} } }) });
    await world.backfill();
    await world.clock.advance(MINUTE);
    const { contact, email } = addProspect(world, 'ada', { lifecyclestage: 'customer' });
    getsEbook(world, email);
    await world.sync();
    const rule = 'fast_track: [{ id: executive, when: { field: job_title, seniority: [head] } }]';
    const config = smallConfig({ models: { platform: {}, services: { more: rule } } });
    const next = await openTestWorld(redis, { joins: world, config });
    await next.backfill({ live: true });
    await next.sync();
    expect(world.text(contact, 'leadgauge_services_mql')).toBe('true');
    expect(world.number(contact, 'leadgauge_services_mql_at')).toBeUndefined();
    expect(world.text(contact, 'leadgauge_services_route')).toBeUndefined();
    expect(tasksOf(world, contact)).toEqual([]);
  });
});

describe('two models about the same lead', () => {
  it('count a flag by its name, and refuse the one name that is none', async () => {
    const flagged = (flag: string) => ({ fit: [`{ id: odd, when: { field: email, exists: true }, flag: ${flag} }`] });
    const configOf = (flag: string) => smallConfig({ models: { platform: flagged(flag), services: flagged(flag) } });
    expect(() => configOf('constructor')).toThrow('"constructor" is a word of JavaScript’s own: use another');
    const world = await openTestWorld(redis, { config: configOf('prototype') });
    addProspect(world);
    expect((await world.backfill()).flags).toEqual({ prototype: 1 });
  });

  it('count it once, and pass it on by one stage', async () => {
    const world = await openTestWorld(redis, { config: both() });
    const { contact, email } = addProspect(world, 'ada', { jobtitle: 'Accountant' });
    await world.backfill();
    getsEbook(world, email);
    await world.sync();
    world.sandbox.people.update(contact.id, { jobtitle: 'Head of Sales' });
    await world.poll();
    expect(await world.score()).toMatchObject({ scored: 1, written: 1, mql: 1, promoted: 1 });
    expect(stageOf(world, contact)).toBe(MQL);
    for (const prefix of [PLATFORM, SERVICES]) {
      expect(world.text(contact, `${prefix}_route`)).toBe('sales');
      expect(world.number(contact, `${prefix}_mql_at`)).toBeGreaterThan(0);
    }
  });

  it('pass on a customer by the mark of the one that the stage does not go with, and leave the stage', async () => {
    const world = await openTestWorld(redis, { config: both() });
    const { contact, email } = addProspect(world, 'ada', { lifecyclestage: 'customer' });
    await world.backfill();
    getsEbook(world, email);
    await world.sync();
    const at = world.number(contact, 'leadgauge_services_mql_at');
    expect(at).toBeGreaterThan(0);
    expect(world.text(contact, 'leadgauge_services_route')).toBe('sales');
    expect(world.text(contact, 'leadgauge_route')).toBeUndefined();
    expect(stageOf(world, contact)).toBe('customer');
    await world.clock.advance(MINUTE);
    world.sandbox.people.submitForm('demo', { email });
    await world.sync();
    expect(world.number(contact, 'leadgauge_services_mql_at')).toBe(at);
  });

  it('make one task of a demo request, and each says which of its rules it was', async () => {
    const world = await openTestWorld(redis, { config: both() });
    const { contact, email } = addProspect(world);
    await world.backfill();
    world.sandbox.people.submitForm('demo', { email });
    await world.hotPoll();
    const [task, ...others] = tasksOf(world, contact);
    expect(others).toEqual([]);
    expect(task?.properties.hs_task_body).toMatch(/(Platform|Services): score 60, grade A4\./);
    for (const prefix of [PLATFORM, SERVICES]) expect(world.text(contact, `${prefix}_fast_track`)).toBe('wants-demo');
  });

  it('fill a wiped Redis with a backfill that writes nothing', async () => {
    const world = await openTestWorld(redis, { config: lines(), leads: 60 });
    await world.backfill();
    await redis.flush();
    expect(await world.backfill()).toMatchObject({ scored: 60, written: 0 });
    await world.sync();
    expect(await world.wrong()).toEqual([]);
  });
});
