import { onTestFinished } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import { CONFIG_KEYS } from '../../src/crm/outputs/output-names.ts';
import { modelOutputs } from '../../src/crm/salesforce/model-outputs.ts';
import { createOrg, type Org, startSalesforceSandbox } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import type { Config } from '../../src/settings/config.ts';
import { type OrgWorld, openOrgWorld } from './org-world.ts';
import type { Opened, Played, StageWord } from './sales-story.ts';
import { BUSINESS_UNIT, STATUSES, seriesName, TEAM } from './sales-story-config.ts';
import { salesforceOf } from './shipped-config.ts';
import { createTestClock } from './test-clock.ts';
import type { TestRedis } from './test-redis.ts';

const STAGES: Readonly<Record<StageWord, string>> = {
  subscriber: 'Subscriber',
  lead: 'Lead',
  mql: 'MQL',
  sql: 'SQL',
  customer: 'Customer',
};

const FITTING = { Title: 'Head of Sales', Company: 'Acme', NumberOfEmployees: 700, AnnualRevenue: 50_000_000 };
const ACCOUNT = { Name: 'Acme', NumberOfEmployees: 700, AnnualRevenue: 50_000_000 };

/** An org in which a story is played: its people are Leads, but for those of an account. */
export async function playInSalesforce(redis: TestRedis, config: Config, rules: readonly string[]): Promise<Opened> {
  const clock = createTestClock();
  const org = createOrg({ clock, businessUnitId: BUSINESS_UNIT });
  const sandbox = await startSalesforceSandbox({ org });
  onTestFinished(() => sandbox.close());
  // All of this must be there before a config that names it connects.
  addStatuses(org);
  const campaigns = Object.values(salesforceOf(config).value.campaigns).map(({ campaign }) => campaign);
  for (const name of [...campaigns, ...rules.map(seriesName)]) sandbox.people.createCampaign(name);
  return open(redis, { sandbox, clock }, config);
}

async function open(redis: TestRedis, joins: Pick<OrgWorld, 'sandbox' | 'clock'>, config: Config): Promise<Opened> {
  const world = await openOrgWorld(redis, { joins, config });
  return {
    played: play(world, config),
    connection: world.connection,
    clock: world.clock,
    lateness: 0,
    reopen: (next) => open(redis, world, next),
  };
}

/** One more status for leads, and a field of their own for contacts, which our user may read. */
function addStatuses(org: Org): void {
  const statuses = Object.values(STATUSES.Salesforce);
  org.type('Lead').changeField('Status', { picklist: [...statuses, 'Closed - Converted'] });
  org.addField('Contact', { name: 'Contact_Status__c', label: 'Contact Status', type: 'picklist', picklist: statuses });
  const set = org.insert('PermissionSet', { Name: 'Contact_Status', Label: 'Contact status' });
  if (!set.success) throw new Error('the org has no room for a permission set');
  const grant = { SobjectType: 'Contact', Field: 'Contact.Contact_Status__c', PermissionsRead: true };
  org.insert('FieldPermissions', { ParentId: set.id, ...grant });
  org.insert('PermissionSetAssignment', { PermissionSetId: set.id, AssigneeId: org.integrationUserId });
}

function play(world: OrgWorld, config: Config): Played {
  const { people, org } = world.sandbox;
  const { value } = salesforceOf(config);
  const models = modelOutputs(value, config.models.models);
  const stageField = value.lifecycle === 'off' ? '' : value.lifecycle.field;
  const isContact = (id: string) => org.get(id).type.name === 'Contact';
  const ownerId = (email: string) => {
    const user = org.findUser(email);
    if (user === undefined) throw new Error(`nobody in sales has the address ${email}`);
    return user.id;
  };
  const addressOf = (id: string | undefined) => {
    const record = id === undefined ? undefined : org.find(id);
    return record?.type.name === 'User' ? record.text('Email') : undefined;
  };
  const [queue] = org.type('Group').all;
  const seller = org.findUser(TEAM[0]);
  return {
    addProspect(name, { stage = 'lead', owner, accountOwner, isStranger, country = 'Germany' } = {}) {
      const email = `${name}@acme-${name}.example`;
      const person = { LastName: name, Email: email, [stageField]: STAGES[stage] };
      if (accountOwner !== undefined) {
        const account = people.createAccount({ ...ACCOUNT, OwnerId: ownerId(accountOwner) });
        const known = { Title: FITTING.Title, MailingCountry: country, AccountId: account.id };
        // A queue owns no contact: without an owner of its own it is its creator's.
        const owned = owner === undefined ? {} : { OwnerId: ownerId(owner) };
        return { id: people.createContact({ ...person, ...known, ...owned }).id, email };
      }
      const known = isStranger === true ? {} : { ...FITTING, Country: country };
      const OwnerId = owner === undefined ? queue?.id : ownerId(owner);
      return { id: people.createLead({ ...person, ...known, OwnerId }).id, email };
    },
    getsKnown: ({ id }) => people.change(id, { ...FITTING, Country: 'Germany' }),
    submit: (form, { id }) => void people.respond(value.campaigns[form]?.campaign ?? form, id),
    visit: ({ id }, path) => void people.visitor(id, 2, { details: `https://www.gaugeworks.example${path}` }),
    say({ id }, word) {
      const status = STATUSES.Salesforce[word];
      if (isContact(id)) people.change(id, { Contact_Status__c: status });
      else people.setStatus(id, status);
    },
    moveTo: ({ id }, stage) => people.change(id, { [stageField]: STAGES[stage] }),
    call: ({ id }, { reached = true } = {}) => void people.logCall(id, { result: reached ? 'Connected' : 'No answer' }),
    write: ({ id }, { incoming = false } = {}) => void people.logEmail(id, { incoming }),
    meets({ id }) {
      people.logEvent(id, { start: world.clock.now() - 30 * MINUTE, minutes: 30 });
    },
    assign: ({ id }, owner) => people.change(id, { OwnerId: ownerId(owner) }),
    stage({ id }) {
      const now = org.get(id).text(stageField);
      const words = Object.keys(STAGES) as StageWord[];
      return words.find((word) => STAGES[word] === now);
    },
    owner: ({ id }) => addressOf(org.get(id).text('OwnerId')),
    tasks: ({ id }) =>
      world.tasks(id).map((task) => ({
        subject: task.text('Subject') ?? '',
        owner: addressOf(task.text('OwnerId')),
        dueAt: task.number('ReminderDateTime'),
      })),
    held({ id }, output, model) {
      const named = models.find((each) => model === undefined || each.model.id === model);
      if (named === undefined) throw new Error(`there is no model ${model}`);
      return org.get(id).get(named.names[CONFIG_KEYS[output]]) ?? undefined;
    },
    series(rule) {
      const [campaign] = org.type('Campaign').where('Name', seriesName(rule));
      const members = campaign === undefined ? [] : org.type('CampaignMember').where('CampaignId', campaign.id);
      return members.flatMap((member) => member.text('LeadOrContactId') ?? []);
    },
    writes: () => world.writes(),
    joins(email) {
      const values = { LastName: 'Seller', Email: email, Username: email, Alias: 'seller' };
      people.create('User', { ...values, ProfileId: seller?.text('ProfileId') });
    },
    leaves: (email) => people.change(ownerId(email), { IsActive: false }),
  };
}
