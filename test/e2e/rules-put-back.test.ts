import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/clock.ts';
import { type Config, hubspotOf } from '../../src/settings/config.ts';
import { noteFilling } from '../../src/sync/backfill.ts';
import { openBothWorlds } from '../support/both-worlds.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { addProspect, showInterest, stageOf, tasksOf } from '../support/people.ts';
import { salesforceOf, shippedConfig } from '../support/shipped-config.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();

const TRIAL = /^ {2}- id: free-trial\n.*\n.*\n/m;
const CONTENT = /^ {4}- id: content\n.*\n/m;
const RECYCLE = /^ {2}recycle: .*\n/m;

const cut = (part: RegExp) => editedConfig((yaml) => yaml.replace(part, ''));

/** The same, in which the CRM's file does not name the form either. */
function withoutForm(config: Config): Config {
  const hubspot = hubspotOf(config);
  const { 'free-trial': _, ...forms } = hubspot.value.forms;
  return { ...config, hubspot: { ...hubspot, value: { ...hubspot.value, forms } } };
}

async function pass(world: World, ms: number): Promise<void> {
  await world.clock.advance(ms);
  await world.sync();
}

describe('a rule that is taken out of the model and put back', () => {
  it.each([
    ['alone', (config: Config) => config],
    ['with its form', withoutForm],
  ])('%s, as a fast track, alerts nobody about what was sent meanwhile, and then it works', async (_, less) => {
    const without = less(cut(TRIAL));
    const world = await openTestWorld(redis);
    // Whom no score passes to sales.
    const { contact, email } = addProspect(world, 'ada', { lifecyclestage: 'customer' });
    await world.backfill();
    await pass(world, HOUR);
    const later = await openTestWorld(redis, { joins: world, config: without });
    await later.backfill();
    world.sandbox.people.submitForm('trial', { email });
    await pass(later, DAY);
    const back = await openTestWorld(redis, { joins: world });
    await pass(back, HOUR);
    await back.backfill({ live: true });
    expect(tasksOf(world, contact)).toEqual([]);
    expect(world.text(contact, 'leadgauge_reasons')).toContain('rial');
    world.sandbox.people.submitForm('trial', { email });
    await back.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('as one of nurture routes nobody for what they did meanwhile, and then it does', async () => {
    const world = await openTestWorld(redis);
    const email = 'ada@acme.example';
    const contact = world.sandbox.people.createContact({ email, lifecyclestage: 'lead' });
    await world.backfill();
    await pass(world, HOUR);
    const later = await openTestWorld(redis, { joins: world, config: cut(CONTENT) });
    await later.backfill();
    world.sandbox.people.submitForm('ebook', { email });
    await pass(later, DAY);
    const back = await openTestWorld(redis, { joins: world });
    await pass(back, HOUR);
    await back.backfill({ live: true });
    expect(world.text(contact, 'leadgauge_route')).toBeUndefined();
    world.sandbox.people.submitForm('ebook', { email });
    await pass(back, HOUR);
    expect(world.text(contact, 'leadgauge_nurture')).toBe('content');
  });

  it('as one that gives cold leads back leaves them to sales for its whole time once more', async () => {
    const cools = (yaml: string) => yaml.replace('half_life: 45d', 'half_life: 7d');
    const world = await openTestWorld(redis, { config: editedConfig(cools) });
    const ada = addProspect(world);
    await world.backfill();
    await pass(world, HOUR);
    showInterest(world, ada);
    await pass(world, HOUR);
    expect(stageOf(world, ada.contact)).toBe('marketingqualifiedlead');
    const without = editedConfig((yaml) => cools(yaml).replace(RECYCLE, ''));
    const later = await openTestWorld(redis, { joins: world, config: without });
    await later.backfill();
    // By the end of this, they were cold for a month.
    await pass(later, 42 * DAY);
    const back = await openTestWorld(redis, { joins: world, config: editedConfig(cools) });
    await back.backfill();
    await pass(back, 29 * DAY);
    expect(stageOf(world, ada.contact)).toBe('marketingqualifiedlead');
    await pass(back, 2 * DAY);
    expect(stageOf(world, ada.contact)).toBe('lead');
  });
});

it('a fast track that comes with its form, in two CRMs, alerts nobody about what was sent long before', async () => {
  const config = shippedConfig();
  const file = salesforceOf(config);
  const { 'free-trial': _, ...campaigns } = file.value.campaigns;
  const { models } = cut(TRIAL);
  const salesforce = { ...file, value: { ...file.value, campaigns } };
  const first = await openBothWorlds(redis, { config: withoutForm({ ...config, models, salesforce }) });
  const { people } = first.salesforce.sandbox;
  const [ada, bea] = [addOrgProspect(first.salesforce, 'ada'), addOrgProspect(first.salesforce, 'bea')];
  people.createCampaign('Start a free trial');
  await first.backfill();
  await first.clock.advance(DAY);
  people.respond('Start a free trial', ada.id);
  await first.clock.advance(30 * DAY);
  await first.sync();
  const next = await openBothWorlds(redis, { joins: first, config });
  // As the worker starts, the polls begin beside the backfill that brings in what people did before.
  for (const { connection } of [next.hubspot, next.salesforce]) await noteFilling(connection);
  await next.salesforce.hotPoll();
  await next.backfill();
  await next.sync();
  expect(next.salesforce.tasks(ada.id)).toEqual([]);
  people.respond('Start a free trial', bea.id);
  await next.clock.advance(HOUR);
  await next.salesforce.hotPoll();
  expect(next.salesforce.tasks(bea.id)).toHaveLength(1);
});
