import { MINUTE } from '../../src/base/clock.ts';
import { modelOutputs } from '../../src/crm/hubspot/model-outputs.ts';
import { CONFIG_KEYS } from '../../src/crm/outputs/output-names.ts';
import { type Config, hubspotOf } from '../../src/settings/config.ts';
import type { Opened, Played, StageWord } from './sales-story.ts';
import { STATUSES, seriesName } from './sales-story-config.ts';
import type { TestRedis } from './test-redis.ts';
import { INDEX_DELAY, openTestWorld, type World } from './world.ts';

const STAGES: Readonly<Record<StageWord, string>> = {
  subscriber: 'subscriber',
  lead: 'lead',
  mql: 'marketingqualifiedlead',
  sql: 'salesqualifiedlead',
  customer: 'customer',
};

const FITTING = { jobtitle: 'Head of Sales', company: 'Acme', numemployees: '500-1000', annualrevenue: '50000000' };

/** A portal in which a story is played. */
export async function playInHubspot(redis: TestRedis, config: Config, rules: readonly string[]): Promise<Opened> {
  // The lists must be there before a config that names them connects.
  const first = await openTestWorld(redis);
  for (const rule of rules) first.sandbox.people.createList({ name: seriesName(rule) });
  return open(redis, first, config);
}

async function open(redis: TestRedis, joins: World, config: Config): Promise<Opened> {
  const world = await openTestWorld(redis, { joins, config });
  return {
    played: play(world, config),
    connection: world.connection,
    clock: world.clock,
    lateness: INDEX_DELAY,
    reopen: (next) => open(redis, world, next),
  };
}

function play(world: World, config: Config): Played {
  const { people, portal } = world.sandbox;
  const { value } = hubspotOf(config);
  const models = modelOutputs(value, config.models.models);
  const contactOf = (id: string) => {
    const contact = portal.contacts.find(id);
    if (contact === undefined) throw new Error(`the portal has no contact ${id}`);
    return contact;
  };
  const textOf = (id: string, property: string) => portal.valueOf(contactOf(id), property);
  const ownerId = (email: string) => {
    const owner = portal.owners.all.find((each) => each.email === email);
    if (owner === undefined) throw new Error(`nobody in sales has the address ${email}`);
    return owner.id;
  };
  const addressOf = (id: unknown) => portal.owners.all.find((each) => each.id === String(id))?.email;
  return {
    addProspect(name, { stage = 'lead', owner, accountOwner, isStranger, country = 'Germany' } = {}) {
      const email = `${name}@acme-${name}.example`;
      const known = isStranger === true ? {} : { ...FITTING, country };
      const values = { email, lifecyclestage: STAGES[stage], ...known };
      const { id } = people.createContact(
        owner === undefined ? values : { ...values, hubspot_owner_id: ownerId(owner) },
      );
      if (accountOwner !== undefined) {
        const company = people.createCompany({ name: 'Acme', hubspot_owner_id: ownerId(accountOwner) });
        people.moveToCompany(id, company.id);
      }
      return { id, email };
    },
    getsKnown: ({ id }) => people.update(id, { ...FITTING, country: 'Germany' }),
    submit: (form, { email }) => void people.submitForm(value.forms[form] ?? form, { email }),
    visit: ({ id }, path) => people.visit(id, path),
    say: ({ id }, word) => people.setStatus(id, STATUSES.HubSpot[word]),
    moveTo({ id }, stage) {
      // People may move it back: HubSpot asks them to empty it first.
      people.update(id, { lifecyclestage: undefined });
      people.update(id, { lifecyclestage: STAGES[stage] });
    },
    call: ({ id }, { reached = true } = {}) =>
      void people.logCall({ contactIds: [id], disposition: reached ? 'connected' : 'left-voicemail' }),
    write: ({ id }, { incoming = false } = {}) =>
      void people.logEmail({ contactIds: [id], direction: incoming ? 'INCOMING_EMAIL' : 'EMAIL' }),
    meets({ id }) {
      const start = world.clock.now() - 30 * MINUTE;
      people.bookMeeting({ contactIds: [id], start, minutes: 30, outcome: 'COMPLETED' });
    },
    assign: ({ id }, owner) => people.update(id, { hubspot_owner_id: ownerId(owner) }),
    stage({ id }) {
      const now = textOf(id, 'lifecyclestage');
      const words = Object.keys(STAGES) as StageWord[];
      return words.find((word) => STAGES[word] === now);
    },
    owner: ({ id }) => addressOf(textOf(id, 'hubspot_owner_id')),
    tasks: ({ id }) =>
      portal.tasks.ofContact(contactOf(id)).map(({ properties }) => ({
        subject: properties.hs_task_subject ?? '',
        owner: addressOf(properties.hubspot_owner_id),
        dueAt: properties.hs_timestamp === undefined ? undefined : Date.parse(properties.hs_timestamp),
      })),
    held({ id }, output, model) {
      const named = models.find((each) => model === undefined || each.model.id === model);
      if (named === undefined) throw new Error(`there is no model ${model}`);
      const held = textOf(id, named.names[CONFIG_KEYS[output]]);
      return held === 'true' || held === 'false' ? held === 'true' : held;
    },
    series: (rule) => [...(portal.lists.findByName(seriesName(rule))?.members.keys() ?? [])].map(({ id }) => id),
    writes: () => world.writes(),
    joins: (email) => void people.addOwner({ firstName: 'New', lastName: 'Seller', email }),
    leaves: (email) => people.removeOwner(ownerId(email)),
  };
}
