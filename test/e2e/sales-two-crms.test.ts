import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { dropRule, resumeRule } from '../../src/ledger/ceiling-decisions.ts';
import { listTripped } from '../../src/ledger/ceilings.ts';
import { markDirty } from '../../src/ledger/dirty.ts';
import { isOverdue, listFollowUps, saveFollowUps } from '../../src/ledger/follow-ups.ts';
import { type Config, hubspotOf } from '../../src/settings/config.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { scoreDirty } from '../../src/sync/score-dirty.ts';
import { sendNotices } from '../../src/sync/send-notices.ts';
import { openBothWorlds, type Role } from '../support/both-worlds.ts';
import { jobsOf } from '../support/connection-jobs.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { addProspect, asksForDemo, showInterest, stageOf, tasksOf } from '../support/people.ts';
import { TEAM } from '../support/sales-story-config.ts';
import { shippedConfig } from '../support/shipped-config.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openToldSales } from '../support/told-sales.ts';
import { INDEX_DELAY } from '../support/world.ts';

const redis = await startTestRedis();
const [DANA, MARCO] = TEAM;

const SALES = `
people:
  ${DANA}: { manager: ${MARCO} }
follow_up: { escalate_after: 30m, escalate_to: manager, attempts: 4, over: 10d }
ceiling: { leads: 2, per: 1h }
notify: { https: on, team: [team@gaugeworks.example] }
`;

/** Without tasks in HubSpot, as sales work in Salesforce. */
function withoutTasks(config: Config): Config {
  const file = hubspotOf(config);
  const tasks = { ...file.value.tasks, create: 'off' } as const;
  return { ...config, hubspot: { ...file, value: { ...file.value, tasks } } };
}

interface BothOptions {
  /** Of HubSpot. */
  readonly role?: Role;
  readonly makesTasks?: boolean;
  /** Whom the model is about; everybody unless told. */
  readonly appliesTo?: string;
}

/** Both CRMs, in which Ada is somebody that Dana owns. */
async function openBoth({ role = 'both', makesTasks = true, appliesTo }: BothOptions = {}) {
  const shipped = shippedConfig();
  const scoped = (yaml: string) => yaml.replace('name: Platform\n', `name: Platform\napplies_to: ${appliesTo}\n`);
  const models = appliesTo === undefined ? shipped.models : editedConfig(scoped).models;
  const config = { ...shipped, models, sales: editedConfig(() => SALES, 'sales.yaml').sales };
  const { channels, told, about } = await openToldSales();
  const both = await openBothWorlds(redis, {
    hubspot: { role },
    config: makesTasks ? config : withoutTasks(config),
  });
  const { clock } = both;
  const ways = channels(clock);
  const connections: Connection[] = [both.hubspot, both.salesforce].map(({ connection }) => ({
    ...connection,
    channels: ways,
  }));
  const jobs = connections.map((connection) => jobsOf(connection, clock, { lateness: INDEX_DELAY }));
  const sync = async () => {
    for (const { poll } of jobs) await poll();
    // Whoever is scored may mark their other record.
    for (let round = 0; round < 3; round += 1) for (const connection of connections) await scoreDirty(connection);
    for (const connection of connections) await sendNotices(connection);
  };
  const person = (name: string) => {
    const hubspotOwner = both.hubspot.sandbox.portal.owners.all.find(({ email }) => email === DANA);
    const inHubspot = addProspect(both.hubspot, name, { hubspot_owner_id: hubspotOwner?.id ?? '' });
    const user = both.salesforce.sandbox.org.findUser(DANA);
    const inSalesforce = addOrgProspect(both.salesforce, name, { OwnerId: user?.id });
    return { inHubspot, inSalesforce };
  };
  return {
    ...{ both, clock, told, about, sync, person, connections },
    async backfill() {
      await both.backfill();
      await sync();
    },
    async pass(ms: number) {
      await clock.advance(ms);
      await sync();
    },
    /** How many tasks sales have of somebody, in HubSpot and in Salesforce. */
    tasks: ({ inHubspot, inSalesforce }: ReturnType<typeof person>) => [
      tasksOf(both.hubspot, inHubspot.contact).length,
      both.salesforce.tasks(inSalesforce.id).length,
    ],
    /** Has the leads looked at again that a person decided on. */
    async lookAgain(held: readonly { readonly connection: string; readonly leadId: string }[]) {
      for (const { space } of connections) {
        const ids = held.filter(({ connection }) => connection === space.connection).map(({ leadId }) => leadId);
        await markDirty(space, ids, clock.now());
      }
      await sync();
    },
  };
}

it('a demo request of somebody with a record in both CRMs is one notice, and a task in each', async () => {
  const { both, backfill, person, sync, told, tasks } = await openBoth();
  const ada = person('ada');
  await backfill();
  asksForDemo(both.hubspot, ada.inHubspot.email);
  await sync();
  await sync();
  expect(tasks(ada)).toEqual([1, 1]);
  expect(told()).toEqual(['routed to dana.whitlock']);
});

it('somebody with a record in both CRMs who comes to be an MQL is one notice, and a task in each', async () => {
  const { both, backfill, person, sync, told, tasks } = await openBoth();
  const ada = person('ada');
  await backfill();
  showInterest(both.hubspot, ada.inHubspot);
  await sync();
  await sync();
  expect(stageOf(both.hubspot, ada.inHubspot.contact)).toBe('marketingqualifiedlead');
  expect(both.salesforce.text(ada.inSalesforce.id, 'Leadgauge_Stage__c')).toBe('MQL');
  expect(tasks(ada)).toEqual([1, 1]);
  expect(told()).toEqual(['routed to dana.whitlock']);
});

it.each([
  ['is a source alone', { role: 'source' } as const],
  ['makes no tasks, as sales work in the other one', { makesTasks: false }],
])('a CRM that %s tells, reminds and escalates nothing: the other one does, once', async (_, options) => {
  const { both, backfill, person, sync, pass, told, about, tasks, connections } = await openBoth(options);
  const ada = person('ada');
  await backfill();
  asksForDemo(both.hubspot, ada.inHubspot.email);
  await sync();
  await pass(MINUTE);
  expect(tasks(ada)).toEqual([0, 1]);
  expect(told()).toEqual(['routed to dana.whitlock']);
  await pass(10 * MINUTE);
  await pass(HOUR);
  for (let day = 0; day < 7; day += 1) await pass(DAY);
  expect(told().slice(1)).toEqual(['reminder to dana.whitlock', 'escalation to marco.ferri']);
  expect(new Set(about())).toEqual(new Set([`salesforce ${ada.inSalesforce.id}`]));
  expect(tasks(ada)).toEqual([0, 2]);
  const { space } = connections[0] ?? both.hubspot.connection;
  expect(await space.redis.zcard(space.key('follow-ups'))).toBe(0);
});

it('whom the CRM of sales does not have is told of by the one without tasks, for as long', async () => {
  const { both, backfill, sync, pass, told, about, connections } = await openBoth({ makesTasks: false });
  const hubspotOwner = both.hubspot.sandbox.portal.owners.all.find(({ email }) => email === DANA);
  const { contact, email } = addProspect(both.hubspot, 'ada', { hubspot_owner_id: hubspotOwner?.id ?? '' });
  await backfill();
  asksForDemo(both.hubspot, email);
  await sync();
  await pass(10 * MINUTE);
  expect(told()).toEqual(['routed to dana.whitlock', 'reminder to dana.whitlock']);
  expect(new Set(about())).toEqual(new Set([`hubspot ${contact.id}`]));

  const lead = addOrgProspect(both.salesforce, 'ada', { OwnerId: both.salesforce.sandbox.org.findUser(DANA)?.id });
  for (let time = 0; time < 3; time += 1) await pass(MINUTE);
  expect(both.salesforce.tasks(lead.id)).toHaveLength(1);
  for (let time = 0; time < 4; time += 1) await pass(15 * MINUTE);
  expect(told().slice(2)).toEqual(['reminder to dana.whitlock', 'escalation to marco.ferri']);
  expect(new Set(about().slice(2))).toEqual(new Set([`salesforce ${lead.id}`]));
  const { space } = connections[0] ?? both.hubspot.connection;
  expect(await space.redis.zcard(space.key('follow-ups'))).toBe(0);

  // It says how it stands there as well.
  both.salesforce.sandbox.people.logCall(lead.id, { result: 'Connected' });
  await pass(MINUTE);
  expect(both.hubspot.text(contact, 'leadgauge_follow_up')).toBe('reached');
  expect(both.hubspot.text(contact, 'leadgauge_overdue')).toBe('false');
});

it('whom the model is not about in the CRM of sales is told of by the one without tasks, for as long', async () => {
  const appliesTo = '{ field: country, is: Germany }';
  const { both, backfill, person, sync, pass, told, about, tasks } = await openBoth({ makesTasks: false, appliesTo });
  const { people } = both.salesforce.sandbox;
  const ada = person('ada');
  people.change(ada.inSalesforce.id, { Country: 'Austria' });
  await backfill();
  asksForDemo(both.hubspot, ada.inHubspot.email);
  await sync();
  await pass(10 * MINUTE);
  expect(told()).toEqual(['routed to dana.whitlock', 'reminder to dana.whitlock']);
  expect(new Set(about())).toEqual(new Set([`hubspot ${ada.inHubspot.contact.id}`]));
  expect(tasks(ada)).toEqual([0, 0]);

  people.change(ada.inSalesforce.id, { Country: 'Germany' });
  for (let time = 0; time < 5; time += 1) await pass(15 * MINUTE);
  expect(told().slice(2)).toEqual(['reminder to dana.whitlock', 'escalation to marco.ferri']);
  expect(new Set(about().slice(2))).toEqual(new Set([`salesforce ${ada.inSalesforce.id}`]));
  expect(tasks(ada)).toEqual([0, 2]);
});

it('somebody with a record in both CRMs is reminded of once, where sales were told of them, and escalated once', async () => {
  const { both, backfill, person, sync, pass, told, about, tasks } = await openBoth();
  const ada = person('ada');
  await backfill();
  asksForDemo(both.hubspot, ada.inHubspot.email);
  await sync();
  const [first] = about();
  for (let time = 0; time < 4; time += 1) await pass(15 * MINUTE);
  expect(told().slice(1)).toEqual(['reminder to dana.whitlock', 'escalation to marco.ferri']);
  expect(new Set(about())).toEqual(new Set([first]));
  expect(tasks(ada).toSorted()).toEqual([1, 2]);
  expect(both.hubspot.text(ada.inHubspot.contact, 'leadgauge_follow_up')).toBe('escalated');
  expect(both.salesforce.text(ada.inSalesforce.id, 'Leadgauge_Follow_Up__c')).toBe('escalated');
});

it('a touch in one CRM reaches the person in both', async () => {
  const { both, backfill, person, sync, pass, told } = await openBoth();
  const ada = person('ada');
  await backfill();
  asksForDemo(both.hubspot, ada.inHubspot.email);
  await sync();
  both.salesforce.sandbox.people.logCall(ada.inSalesforce.id, { result: 'Connected' });
  await pass(MINUTE);
  expect(both.hubspot.text(ada.inHubspot.contact, 'leadgauge_follow_up')).toBe('reached');
  expect(both.salesforce.text(ada.inSalesforce.id, 'Leadgauge_Follow_Up__c')).toBe('reached');
  await pass(DAY);
  expect(told()).toEqual(['routed to dana.whitlock']);
});

it.each([
  ['IN_PROGRESS', 'reached'],
  ['BAD_TIMING', 'closed'],
])(
  'what sales say in one CRM (%s) settles the follow-up in both, and nobody is late in either',
  async (status, state) => {
    const { both, clock, backfill, person, sync, pass, told, connections } = await openBoth();
    const [ada, bea] = [person('ada'), person('bea')];
    await backfill();
    for (const { inHubspot } of [ada, bea]) asksForDemo(both.hubspot, inHubspot.email);
    await sync();
    const say = ({ inHubspot }: typeof ada) => both.hubspot.sandbox.people.setStatus(inHubspot.contact.id, status);
    const held = ({ inHubspot, inSalesforce }: typeof ada) => [
      both.hubspot.text(inHubspot.contact, 'leadgauge_follow_up'),
      both.salesforce.text(inSalesforce.id, 'Leadgauge_Follow_Up__c'),
    ];
    // Of Ada before she is late, of Bea once she was escalated.
    say(ada);
    await pass(MINUTE);
    expect(held(ada)).toEqual([state, state]);
    for (let time = 0; time < 4; time += 1) await pass(15 * MINUTE);
    expect(held(bea)).toEqual(['escalated', 'escalated']);
    say(bea);
    await pass(MINUTE);
    expect(held(bea)).toEqual([state, state]);
    await pass(DAY);
    expect(told().slice(2)).toEqual(['reminder to dana.whitlock', 'escalation to marco.ferri']);
    for (const { space } of connections)
      expect((await listFollowUps(space, clock.now())).filter((each) => isOverdue(each, clock.now()))).toEqual([]);
  },
);

it('of a request that came after it, what sales said in the other CRM settles nothing', async () => {
  const { both, backfill, person, sync, pass, told } = await openBoth();
  const ada = person('ada');
  await backfill();
  asksForDemo(both.hubspot, ada.inHubspot.email);
  await sync();
  both.hubspot.sandbox.people.setStatus(ada.inHubspot.contact.id, 'IN_PROGRESS');
  await pass(MINUTE);
  await pass(HOUR);
  asksForDemo(both.hubspot, ada.inHubspot.email);
  await pass(MINUTE);
  expect(both.hubspot.text(ada.inHubspot.contact, 'leadgauge_follow_up')).toBe('open');
  expect(both.salesforce.text(ada.inSalesforce.id, 'Leadgauge_Follow_Up__c')).toBe('open');
  await pass(10 * MINUTE);
  expect(told()).toEqual(['routed to dana.whitlock', 'routed to dana.whitlock', 'reminder to dana.whitlock']);
});

it('where a CRM looks after it no more, as the model is not about the lead there, the other one goes on', async () => {
  const { clock, backfill, person, both, sync, pass, told, about, connections } = await openBoth();
  const ada = person('ada');
  await backfill();
  asksForDemo(both.hubspot, ada.inHubspot.email);
  await sync();
  const [first = ''] = about();
  const { space } = connections.find(({ crm }) => first.startsWith(crm.name)) ?? both.hubspot.connection;
  const followed = await listFollowUps(space, clock.now());
  const left = followed.map(({ dueBy, ...rest }) => ({ ...rest, state: 'closed', isLeft: true }) as const);
  await saveFollowUps(space, left, clock.now());
  await pass(10 * MINUTE);
  expect(told()).toEqual(['routed to dana.whitlock', 'reminder to dana.whitlock']);
  expect(about()[1]).not.toBe(first);
});

it('what a ceiling holds is held in both CRMs, and goes on in both', async () => {
  const { both, backfill, person, sync, told, tasks, lookAgain, connections, clock } = await openBoth();
  const people = ['ada', 'bea', 'cleo'].map(person);
  await backfill();
  for (const { inHubspot } of people) asksForDemo(both.hubspot, inHubspot.email);
  await sync();
  await sync();
  const made = () => people.map(tasks).toSorted();
  expect(made()).toEqual([
    [0, 0],
    [1, 1],
    [1, 1],
  ]);
  expect(told().toSorted()).toEqual(['ceiling to team', 'routed to dana.whitlock', 'routed to dana.whitlock']);
  const { space } = connections[1] ?? both.salesforce.connection;
  const [rule] = await listTripped(space);
  expect(rule).toMatchObject({ rule: 'platform/demo-request', held: 1 });
  await lookAgain(await resumeRule(space, 'platform/demo-request', clock.now()));
  expect(made()).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  expect(told()).toHaveLength(4);
});

it('and is dropped in both', async () => {
  const { both, backfill, person, sync, told, tasks, lookAgain, connections, clock, pass } = await openBoth();
  const people = ['ada', 'bea', 'cleo'].map(person);
  await backfill();
  for (const { inHubspot } of people) asksForDemo(both.hubspot, inHubspot.email);
  await sync();
  await sync();
  const { space } = connections[0] ?? both.hubspot.connection;
  await lookAgain(await dropRule(space, 'platform/demo-request', clock.now()));
  await pass(DAY);
  expect(people.map(tasks).toSorted()[0]).toEqual([0, 0]);
  expect(told().filter((each) => each.startsWith('routed'))).toHaveLength(2);
});
