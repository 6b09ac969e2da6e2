import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/base/clock.ts';
import { normaliseEmail } from '../../src/leads/email.ts';
import { listFollowUps } from '../../src/ledger/follow-ups.ts';
import { readStates } from '../../src/ledger/lead-state.ts';
import type { Contact } from '../../src/sandbox/portal/contact.ts';
import { isInHoldout } from '../../src/scoring/challenger.ts';
import { eraseLead } from '../../src/sync/forget-lead.ts';
import { addProspect, asksForDemo, stageOf, tasksOf } from '../support/people.ts';
import { type SmallModel, smallConfig } from '../support/small-models.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const MQL = 'marketingqualifiedlead';

/** Everybody who gives points gets more of the challenger, which would pass on whoever leads others, and flags them. */
const EAGER: SmallModel = {
  more: 'challenger_to: platform',
  fit: [
    '{ id: has-address, when: { field: email, exists: true }, points: 7 }',
    '{ id: german, when: { field: country, is: germany }, points: 5, flag: from-germany }',
  ],
};
const eager = (holdout?: string, more = ''): SmallModel => ({
  ...EAGER,
  more: `${EAGER.more}\n${holdout === undefined ? '' : `holdout: ${holdout}\n`}${more}`,
});
const DEMO =
  'fast_track: [{ id: wants-demo, when: { activity: form-submission, form: demo-request }, follow_up_within: 5m }]';
const PLATFORM: SmallModel = { more: DEMO };
const alone = () => smallConfig({ models: { platform: PLATFORM } });
const challenged = (rival: SmallModel) => smallConfig({ models: { platform: PLATFORM, rival } });
const unlisted = (rival: SmallModel) => challenged({ ...rival, unlisted: true });

/** All that leadgauge keeps in the properties of a contact, and its stage, but for those of the challenger. */
function everything({ sandbox: { portal } }: World): Record<string, Record<string, unknown>> {
  const names = [...portal.properties.all()].map(({ name }) => name);
  const own = names.filter((name) => /^leadgauge_(?!rival_)/.test(name)).concat('lifecyclestage', 'hubspot_owner_id');
  return Object.fromEntries(
    portal.contacts.all.map((contact) => [
      contact.id,
      Object.fromEntries(own.map((name) => [name, portal.valueOf(contact, name)])),
    ]),
  );
}

const kept = async ({ connection }: World, { id }: Contact) =>
  (await readStates(connection.space, [id]))[0]?.challengers;

/** Whether somebody is in the holdout of the config's challenger. */
function isHeldOut(world: World, contact: Contact): boolean {
  const [challenger] = world.connection.models.challengers;
  const email = normaliseEmail(world.text(contact, 'email')) ?? '';
  const lead = { id: contact.id, formerIds: [], emails: email === '' ? [] : [email], fields: {}, createdAt: 0 };
  return challenger !== undefined && isInHoldout(challenger, lead);
}

describe('a challenger', () => {
  it('changes nothing of what its champion writes, tells or makes, byte by byte', async () => {
    const stories = [];
    for (const [place, config] of [alone(), unlisted(EAGER), challenged(EAGER)].entries()) {
      await redis.flush();
      const world = await openTestWorld(redis, { config, leads: 40, namespace: `story-${place}` });
      const people = ['ada', 'bob', 'cleo'].map((name) => addProspect(world, name));
      await world.backfill();
      await world.clock.advance(MINUTE);
      for (const { email } of people.slice(0, 2)) world.sandbox.people.submitForm('ebook', { email });
      asksForDemo(world, people[2]?.email ?? '');
      await world.hotPoll();
      await world.sync();
      await world.clock.advance(DAY);
      await world.sync();
      expect(await world.wrong()).toEqual([]);
      stories.push({
        properties: everything(world),
        tasks: people.flatMap(({ contact }) => tasksOf(world, contact).map(({ properties }) => properties)),
        stages: people.map(({ contact }) => stageOf(world, contact)),
        followUps: await listFollowUps(world.connection.space, world.clock.now()),
      });
    }
    const [champion, ...beside] = stories;
    expect(champion?.stages.slice(0, 2)).toEqual([MQL, MQL]);
    for (const story of beside) expect(story).toEqual(champion);
  });

  it('has its newest score in Redis, with the state of the lead, and it goes with that', async () => {
    const world = await openTestWorld(redis, { config: unlisted(EAGER), namespace: 'kept' });
    const { contact, email } = addProspect(world);
    await world.backfill();
    const [first] = (await kept(world, contact)) ?? [];
    expect(first).toMatchObject({ model: 'rival', score: 72, grade: 'A4' });
    expect(world.number(contact, 'leadgauge_score')).toBe(60);
    const calls = world.writes();
    await world.clock.advance(DAY);
    expect(await world.backfill()).toMatchObject({ written: 0, unchanged: 1 });
    expect(await kept(world, contact)).toEqual([first]);
    world.sandbox.people.submitForm('newsletter', { email });
    await world.sync();
    expect(await kept(world, contact)).toMatchObject([{ score: 92, grade: 'A3', at: expect.any(Number) }]);
    expect(world.writes()).toBe(calls + 1);
    const { redis: client, key } = world.connection.space;
    expect(await client.pttl(key('lead', contact.id))).toBe(-1);
    await eraseLead(world.connection.space, contact.id, world.clock.now());
    expect(await kept(world, contact)).toBeUndefined();
  });

  it('has properties of its own where config names them: four, and nothing in Redis', async () => {
    const world = await openTestWorld(redis, { config: challenged(EAGER), namespace: 'own' });
    const { contact } = addProspect(world);
    await world.backfill();
    const names = [...world.sandbox.portal.properties.all()].map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('leadgauge_rival_')).sort()).toEqual(
      ['grade', 'model_version', 'score', 'scored_at'].map((key) => `leadgauge_rival_${key}`),
    );
    expect(world.number(contact, 'leadgauge_rival_score')).toBe(72);
    expect(world.text(contact, 'leadgauge_rival_grade')).toBe('A4');
    expect(await kept(world, contact)).toBeUndefined();
    expect(await world.backfill()).toMatchObject({ written: 0 });
    expect(await world.wrong()).toEqual([]);
  });

  it('leaves its properties with its champion, where that is about the lead no more', async () => {
    const scope = 'applies_to: { not: { field: product_interest, is: services } }';
    const config = smallConfig({ models: { platform: { more: scope }, rival: EAGER } });
    const world = await openTestWorld(redis, { config, namespace: 'leaves' });
    const { contact } = addProspect(world);
    await world.backfill();
    expect(world.number(contact, 'leadgauge_rival_score')).toBe(72);
    world.sandbox.people.update(contact.id, { product_interest: 'services' });
    await world.sync();
    expect(world.number(contact, 'leadgauge_rival_score')).toBeUndefined();
    expect(world.number(contact, 'leadgauge_score')).toBeUndefined();
    expect(await world.backfill()).toMatchObject({ written: 0 });
  });
});

describe('a holdout', () => {
  const HALF = eager('50%');

  it('is scored by the challenger for real, the same after restarts and without Redis, until it is taken out', async () => {
    const world = await openTestWorld(redis, { config: unlisted(HALF), leads: 60, namespace: 'half' });
    await world.backfill();
    const [challenger] = world.connection.models.challengers;
    const versions = () =>
      world.sandbox.portal.contacts.all.map((contact) => world.text(contact, 'leadgauge_model_version'));
    const expected = (contact: Contact) =>
      isHeldOut(world, contact) ? challenger?.model.version : challenger?.champion.version;
    expect(versions()).toEqual(world.sandbox.portal.contacts.all.map(expected));
    expect(new Set(versions()).size).toBe(2);
    expect(await world.wrong()).toEqual([]);
    const held = world.sandbox.portal.contacts.all.filter((contact) => isHeldOut(world, contact));
    expect(held.some((contact) => world.text(contact, 'leadgauge_flags') === 'from-germany')).toBe(true);

    const restarted = await openTestWorld(redis, { joins: world, config: unlisted(HALF), namespace: 'emptied' });
    expect(await restarted.backfill()).toMatchObject({ written: 0, unchanged: 60 });
    const after = await openTestWorld(redis, { joins: world, config: alone(), namespace: 'half' });
    expect(await after.backfill()).toMatchObject({ written: held.length });
    expect(new Set(versions())).toEqual(new Set([challenger?.champion.version]));
    expect(await after.wrong()).toEqual([]);
  });

  it('passes on by the challenger’s gates, and fast-tracks by the champion’s rules', async () => {
    const lower = { ...eager('50%'), unlisted: true } as const;
    const config = smallConfig({ models: { platform: PLATFORM, rival: lower } });
    const [challenger] = config.models.challengers;
    if (challenger === undefined) throw new Error('there is no challenger');
    // By the challenger a newsletter is enough.
    const gates = { fit: 50, engagement: 20 };
    const model = { ...challenger.model, gates };
    const eased = { ...challenger, model, inPlace: { ...challenger.inPlace, gates } };
    const set = { ...config.models, challengers: [eased] };
    const world = await openTestWorld(redis, { config: { ...config, models: set }, namespace: 'gates' });
    const people = Array.from({ length: 8 }, (_, index) => addProspect(world, `name${index}`));
    const isHeld = ({ contact }: (typeof people)[number]) => isHeldOut(world, contact);
    expect(new Set(people.map(isHeld)).size).toBe(2);
    await world.backfill();
    await world.clock.advance(MINUTE);
    for (const { email } of people) world.sandbox.people.submitForm('newsletter', { email });
    await world.sync();
    for (const each of people) expect(stageOf(world, each.contact)).toBe(isHeld(each) ? MQL : 'lead');
    await world.clock.advance(MINUTE);
    for (const { email } of people) asksForDemo(world, email);
    await world.hotPoll();
    await world.sync();
    for (const each of people) expect(tasksOf(world, each.contact)).toHaveLength(1);
    expect(await world.wrong()).toEqual([]);
  });
});
