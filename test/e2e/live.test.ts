import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { takeDirty } from '../../src/ledger/dirty.ts';
import type { CompiledModel } from '../../src/scoring/compiled-model.ts';
import { modelSet } from '../../src/scoring/model-set.ts';
import { type Config, hubspotOf, loadConfig } from '../../src/settings/config.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addProspect, showInterest, stageOf, tasksOf } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const MQL = 'marketingqualifiedlead';

describe('a lead that passes the gates', () => {
  it('is promoted once, with its route and the time', async () => {
    const world = await openTestWorld(redis);
    const person = addProspect(world);
    await world.backfill();
    expect(world.text(person.contact, 'leadgauge_mql')).toBe('false');
    showInterest(world, person);
    await world.sync();
    expect(stageOf(world, person.contact)).toBe(MQL);
    expect(world.text(person.contact, 'leadgauge_route')).toBe('sales');
    const at = world.number(person.contact, 'leadgauge_mql_at');
    expect(at).toBeGreaterThan(0);
    world.sandbox.people.visit(person.contact.id, '/product');
    await world.sync();
    expect(world.number(person.contact, 'leadgauge_mql_at')).toBe(at);
    expect(tasksOf(world, person.contact).map(subjectOf)).toEqual(['Ready for sales: follow up within 1 day']);
  });

  it('did so before the first backfill: its next page view does not promote it', async () => {
    const world = await openTestWorld(redis);
    const person = addProspect(world);
    showInterest(world, person);
    await world.clock.advance(MINUTE);
    await world.backfill();
    expect(world.text(person.contact, 'leadgauge_mql')).toBe('true');
    world.sandbox.people.visit(person.contact.id, '/product');
    await world.sync();
    expect(stageOf(world, person.contact)).toBe('lead');
  });

  it('is scored twice while the first backfill still reads what people did: it is not promoted for that', async () => {
    const world = await openTestWorld(redis);
    const person = addProspect(world);
    showInterest(world, person);
    // Longer ago than the polls look.
    await world.clock.advance(HOUR);
    await expect(world.backfill({ signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
    await world.clock.advance(MINUTE);
    world.sandbox.people.update(person.contact.id, { phone: '1' });
    await world.sync();
    expect(world.text(person.contact, 'leadgauge_mql')).toBe('false');
    await world.backfill({ live: true });
    await world.sync();
    expect(world.text(person.contact, 'leadgauge_mql')).toBe('true');
    expect(stageOf(world, person.contact)).toBe('lead');
  });

  it('crosses while a person runs a quiet backfill: the backfill promotes nobody, and the worker still does', async () => {
    const world = await openTestWorld(redis);
    const person = addProspect(world);
    await world.backfill();
    showInterest(world, person);
    await world.clock.advance(MINUTE);
    expect(await world.backfill()).toMatchObject({ promoted: 0 });
    expect(stageOf(world, person.contact)).toBe('lead');
    await world.sync();
    expect(stageOf(world, person.contact)).toBe(MQL);
    expect(await world.wrong()).toEqual([]);
  });

  it('is new since the first backfill: it is promoted with its first scoring', async () => {
    const world = await openTestWorld(redis);
    await world.backfill();
    await world.clock.advance(MINUTE);
    const person = addProspect(world);
    showInterest(world, person);
    await world.sync();
    expect(stageOf(world, person.contact)).toBe(MQL);
  });

  it('is new, and the backfill of a new model sees it first: it is promoted all the same', async () => {
    const world = await openTestWorld(redis);
    const old = addProspect(world, 'old');
    showInterest(world, old);
    await world.clock.advance(MINUTE);
    await world.backfill();
    const person = addProspect(world);
    showInterest(world, person);
    await world.clock.advance(MINUTE);
    const next = await openTestWorld(redis, { joins: world, config: otherModel() });
    await next.backfill({ live: true });
    expect(stageOf(world, person.contact)).toBe(MQL);
    expect(stageOf(world, old.contact)).toBe('lead');
  });

  it('was set back by hand in sales: it stays where sales put it', async () => {
    const world = await openTestWorld(redis);
    const person = addProspect(world);
    await world.backfill();
    showInterest(world, person);
    await world.sync();
    const { people } = world.sandbox;
    people.update(person.contact.id, { lifecyclestage: undefined });
    people.update(person.contact.id, { lifecyclestage: 'lead' });
    people.visit(person.contact.id, '/product');
    await world.sync();
    await world.backfill();
    expect(stageOf(world, person.contact)).toBe('lead');
  });

  it('does so only under a new model: nobody is promoted for that, but who crosses after it is', async () => {
    const world = await openTestWorld(redis);
    const [met, meets] = [addProspect(world, 'met'), addProspect(world, 'meets')];
    world.sandbox.people.visit(met.contact.id, '/pricing');
    await world.clock.advance(MINUTE);
    await world.backfill();
    const next = await openTestWorld(redis, { joins: world, config: otherModel({ engagement: 5 }) });
    world.sandbox.people.visit(met.contact.id, '/product');
    await next.sync();
    expect(world.text(met.contact, 'leadgauge_mql')).toBe('true');
    expect(stageOf(world, met.contact)).toBe('lead');
    await next.backfill({ live: true });
    expect(stageOf(world, met.contact)).toBe('lead');
    showInterest(world, meets);
    await next.sync();
    expect(stageOf(world, meets.contact)).toBe(MQL);
  });

  it('in a portal whose lifecycle is left alone, is marked and routed once', async () => {
    const config = loadConfig('config');
    const off: Config = {
      ...config,
      hubspot: { ...hubspotOf(config), value: { ...hubspotOf(config).value, lifecycle: 'off' } },
    };
    const world = await openTestWorld(redis, { config: off });
    const person = addProspect(world);
    await world.backfill();
    showInterest(world, person);
    await world.sync();
    const at = world.number(person.contact, 'leadgauge_mql_at');
    expect(at).toBeGreaterThan(0);
    expect(world.text(person.contact, 'leadgauge_route')).toBe('sales');
    expect(stageOf(world, person.contact)).toBe('lead');
    world.sandbox.people.submitForm('demo', { email: person.email });
    await world.hotPoll();
    await world.sync();
    expect(tasksOf(world, person.contact).map(subjectOf)).toEqual([
      'Ready for sales: follow up within 1 day',
      'Demo request: follow up within 5 minutes',
    ]);
    expect(world.number(person.contact, 'leadgauge_mql_at')).toBe(at);
  });
});

describe('with time alone', () => {
  it('every lead holds what scoring it afresh gives, week after week, and only those that change are read', async () => {
    const world = await openTestWorld(redis, { leads: 40 });
    await world.backfill();
    for (let week = 0; week < 3; week += 1) {
      await world.clock.advance(7 * DAY + 13 * MINUTE);
      const before = { ...world.calls };
      await world.poll();
      const due = await countWaiting(world);
      await world.score();
      expect(await world.wrong()).toEqual([]);
      expect(due).toBeLessThan(40);
      expect(world.calls.write - before.write).toBeLessThanOrEqual(1);
    }
  });

  it('a flag drops when its window ends, another comes with the silence, and neither before', async () => {
    const world = await openTestWorld(redis);
    const { contact } = addProspect(world);
    await world.backfill();
    world.sandbox.people.visit(contact.id, '/careers');
    await world.sync();
    expect(world.text(contact, 'leadgauge_flags')).toBe('careers-visitor');
    await world.clock.advance(89 * DAY);
    await world.sync();
    expect(world.text(contact, 'leadgauge_flags')).toBe('careers-visitor');
    await world.clock.advance(DAY + 15 * MINUTE);
    await world.sync();
    expect(world.text(contact, 'leadgauge_flags')).toBe('inactive');
    expect(await world.wrong()).toEqual([]);
  });

  it('nothing is missed while no process ran for a month', async () => {
    const world = await openTestWorld(redis, { leads: 40 });
    await world.backfill();
    await world.clock.advance(31 * DAY);
    await world.sync();
    expect(await world.wrong()).toEqual([]);
  });
});

describe('a change of the model', () => {
  it('to a shorter window and back again brings the same scores back', async () => {
    const world = await openTestWorld(redis);
    const person = addProspect(world);
    showInterest(world, person);
    await world.clock.advance(60 * DAY);
    await world.backfill();
    const short = editedConfig((yaml) => yaml.replaceAll(/window: \d+d/g, 'window: 30d'));
    const next = await openTestWorld(redis, { joins: world, config: short });
    await world.clock.advance(DAY);
    world.sandbox.people.submitForm('newsletter', { email: person.email });
    world.sandbox.people.visit(person.contact.id, '/product');
    await world.clock.advance(MINUTE);
    await next.backfill({ live: true });
    await next.sync();
    await world.clock.advance(MINUTE);
    await world.backfill();
    await world.sync();
    expect(await world.wrong()).toEqual([]);
  });
});

/** The same model but for what is given here; another version in any case. */
function otherModel(gates: Partial<CompiledModel['gates']> = {}): Config {
  const config = loadConfig('config');
  const models = config.models.models.map((model) => ({
    ...model,
    version: `another ${model.id}`,
    gates: { ...model.gates, ...gates },
  }));
  return { ...config, models: modelSet(models) };
}

/** Takes what waits, looks at how much it is, and leaves it to be taken again once the leases are over. */
async function countWaiting({ connection: { space }, clock }: World): Promise<number> {
  const taken = await takeDirty(space, 1_000, clock.now());
  await clock.advance(MINUTE);
  return taken.length;
}

const subjectOf = ({ properties }: { readonly properties: Readonly<Record<string, unknown>> }) =>
  properties.hs_task_subject;
