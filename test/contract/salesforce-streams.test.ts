import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import type { ActivityStream, Observation, StreamWindow } from '../../src/crm/crm.ts';
import { createSalesforceApi } from '../../src/crm/salesforce/api/salesforce-api.ts';
import { salesforceConfigSchema } from '../../src/crm/salesforce/config.ts';
import { modelOutputs } from '../../src/crm/salesforce/model-outputs.ts';
import { checkStreams } from '../../src/crm/salesforce/streams/check-streams.ts';
import { findCampaigns } from '../../src/crm/salesforce/streams/find-campaigns.ts';
import { openStreams } from '../../src/crm/salesforce/streams/open-streams.ts';
import { streamStates } from '../../src/crm/salesforce/streams/stream-states.ts';
import { ACTIVITY_TYPES } from '../../src/leads/activity.ts';
import {
  createOrg,
  type NewOrg,
  type Org,
  type People,
  startSalesforceSandbox,
} from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { createTestClock } from '../support/test-clock.ts';
import { createUnlimitedBudget } from '../support/unlimited-budget.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const UNIT = '0Uv000000000001AAA';
const YAML = `
fields: { email: Email }
campaigns: { demo-request: Request a demo, webinar: { campaign: Product webinar, as: event-attendance } }
account_engagement: { business_unit: ${UNIT} }
`;

/** A sandbox org with two campaigns, and the streams of all that it lets us read. */
async function openOrg(settings: NewOrg = {}) {
  const clock = createTestClock({ start: NOW, sleeps: 'on-demand' });
  const org = createOrg({ clock, now: NOW, businessUnitId: UNIT, ...settings });
  const sandbox = await startSalesforceSandbox({ org });
  onTestFinished(() => sandbox.close());
  const { people } = sandbox;
  for (const campaign of ['Request a demo', 'Product webinar'])
    if (org.type('Campaign').where('Name', campaign).length === 0) people.createCampaign(campaign);

  const session = { accessToken: sandbox.accessToken(), instanceUrl: sandbox.url };
  const calls: string[] = [];
  const api = createSalesforceApi({
    signIn: { token: async () => session, renew: async () => session },
    budget: createUnlimitedBudget(clock),
    clock,
    random: () => 0.5,
    onCall: (kind) => void calls.push(kind),
  });
  const config = salesforceConfigSchema.parse(parse(YAML));
  const probing = { api, config, engagementUrl: sandbox.url };
  const open = async () => {
    const { byKey, problems } = await findCampaigns(api, config.campaigns);
    expect(problems).toEqual([]);
    return openStreams({ ...probing, states: await streamStates(probing, new Set(ACTIVITY_TYPES)), campaigns: byKey });
  };
  return { clock, org, sandbox, people, calls, probing, open };
}

type Opened = Awaited<ReturnType<typeof openOrg>>;

async function pull(stream: ActivityStream | undefined, window: StreamWindow): Promise<Observation[]> {
  return stream === undefined ? [] : (await Array.fromAsync(stream.pull(window))).flat();
}

/** What all streams tell of the last hour. */
async function lately({ clock }: Opened, streams: readonly ActivityStream[]) {
  const window = { from: clock.now() - HOUR, to: clock.now() + 1 };
  return (await Promise.all(streams.map((stream) => pull(stream, window)))).flat();
}

const told = ({ person, activity, withdrawn }: Observation) => [
  'leadId' in person ? person.leadId : person.email,
  activity.type,
  activity.name ?? null,
  withdrawn ? 'withdrawn' : activity.at,
];

describe('what people do in an org', () => {
  test('is told by its stream: to whom, as what and when', async () => {
    const opened = await openOrg();
    const { clock, people, open } = opened;
    const streams = await open();
    const lead = people.createLead({ Email: 'ada@acme.example' });
    const contact = people.createContact({ Email: 'bob@acme.example' });
    await clock.advance(20 * MINUTE);
    const at = clock.now();
    people.respond('Request a demo', lead.id);
    people.respond('Product webinar', contact.id);
    people.logCall(lead.id);
    people.logTask(lead.id);
    people.logEvent(contact.id, { start: at + DAY, minutes: 45 });
    people.logEmail(contact.id);
    people.logEmail(lead.id, { incoming: true });
    people.winOpportunity(contact.id);
    people.visitor(lead.id, 4, { formId: 7, details: 'Newsletter' });
    await clock.advance(MINUTE);
    const found = await lately(opened, streams);
    const noon = Date.parse(`${new Date(at).toISOString().slice(0, 10)}T12:00:00Z`);
    expect(found.map(told).sort()).toEqual(
      [
        [lead.id, 'form-submission', 'demo-request', at],
        [contact.id, 'event-attendance', 'webinar', at],
        [lead.id, 'call', null, at],
        [contact.id, 'meeting', null, at + DAY],
        [contact.id, 'sales-email', null, at],
        [lead.id, 'email-reply', null, at],
        [contact.id, 'deal-won', null, noon],
        [lead.id, 'form-submission', 'Newsletter', at],
      ].sort(),
    );
  });

  test('costs three calls for a quiet poll: campaigns, what sales keeps, and Account Engagement', async () => {
    const opened = await openOrg();
    const streams = await opened.open();
    opened.calls.length = 0;
    await lately(opened, streams);
    expect(opened.calls).toEqual(['activity', 'activity', 'activity']);
  });

  test('is taken back where it is undone', async () => {
    const opened = await openOrg();
    const { clock, people, open, org } = opened;
    const streams = await open();
    const lead = people.createLead({ Email: 'ada@acme.example' });
    const contact = people.createContact({ Email: 'bob@acme.example' });
    const member = people.respond('Request a demo', lead.id);
    const other = people.respond('Request a demo', contact.id);
    const call = people.logCall(lead.id);
    const meeting = people.logEvent(lead.id);
    const won = people.winOpportunity(contact.id);
    await clock.advance(5 * MINUTE);
    people.respond('Request a demo', lead.id, 'Sent');
    people.remove(other.id);
    people.remove(call.id);
    people.remove(meeting.id);
    people.change(won.id, { StageName: 'Prospecting' });
    await clock.advance(MINUTE);
    expect(org.get(member.id).flag('HasResponded')).toBe(false);
    expect((await lately(opened, streams)).map(told).sort()).toEqual(
      [
        [lead.id, 'form-submission', 'demo-request', 'withdrawn'],
        [contact.id, 'form-submission', 'demo-request', 'withdrawn'],
        // Nobody knows as which of the two it was told.
        [lead.id, 'call', null, 'withdrawn'],
        [lead.id, 'call-attempt', null, 'withdrawn'],
        [lead.id, 'meeting', null, 'withdrawn'],
        [contact.id, 'deal-won', null, 'withdrawn'],
      ].sort(),
    );
  });

  test('stays with a lead that is converted: its contact has it from then on, under the same id', async () => {
    const opened = await openOrg();
    const { clock, people, open } = opened;
    const streams = await open();
    const lead = people.createLead({ Email: 'ada@acme.example' });
    people.respond('Request a demo', lead.id);
    await clock.advance(MINUTE);
    const [before] = await lately(opened, streams);
    const { contact } = people.convert(lead.id);
    await clock.advance(MINUTE);
    const [after] = await lately(opened, streams);
    expect(before?.person).toEqual({ leadId: lead.id });
    expect(after?.person).toEqual({ leadId: contact.id });
    expect(after?.activity).toEqual(before?.activity);
    expect(after?.revision).toBeGreaterThan(before?.revision ?? 0);
  });

  test('is read far back where nothing is known yet, and nothing of before', async () => {
    const { open } = await openOrg({ leads: 400, seed: 3 });
    const since = NOW - 90 * DAY;
    for (const stream of await open()) {
      const window = { from: since, to: NOW, since };
      const found = await pull(stream, window);
      if (!stream.name.includes(':')) expect(found.length, stream.name).toBeGreaterThan(0);
      expect(found.filter(({ withdrawn }) => withdrawn)).toEqual([]);
      expect(found.every(({ activity }) => activity.at >= since - 2 * DAY)).toBe(true);
    }
  });
});

describe('polls that overlap', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'end in what a reading from nothing tells, whatever happened (%i)',
    async (seed) => {
      const opened = await openOrg();
      const { clock, people, org, open } = opened;
      const streams = await open();
      const next = dice(seed);
      const ledger = newLedger(org);
      const cursors = new Map<string, number>();
      const began = clock.now();
      const poll = async () => {
        const now = clock.now();
        const pulls = streams.map(async (stream) => {
          const from = (cursors.get(stream.name) ?? began) - stream.overlap;
          ledger.add(await pull(stream, { from, to: now - stream.lag }));
          cursors.set(stream.name, now - stream.lag);
        });
        await Promise.all(pulls);
      };
      for (let step = 0; step < 80; step += 1) {
        act(people, org, next, clock.now());
        await clock.advance(Math.floor(next() * 90) * 1_000);
        if (next() < 0.3) await poll();
      }
      await clock.advance(MINUTE);
      await poll();

      const afresh = newLedger(org);
      const since = began - 10 * DAY;
      for (const stream of streams) afresh.add(await pull(stream, { from: since, to: clock.now(), since }));
      expect(ledger.all()).toEqual(afresh.all());
      expect(ledger.all().length).toBeGreaterThan(5);
    },
  );
});

describe('an org that hides something', () => {
  const model = {
    id: 'platform',
    name: 'Platform',
    flags: [],
    personas: [],
    activityTypes: ['call', 'deal-won'] as const,
  };

  test('has its streams refused with the field by name, and the others go on', async () => {
    const { org, probing, open } = await openOrg();
    org.access.hide('Task', 'CallDisposition');
    expect((await open()).map(({ name }) => name)).not.toContain('task');
    const findings = await checkStreams({ ...probing, models: modelOutputs(probing.config, [model]) });
    expect(findings).toContainEqual({
      level: 'warning',
      message: expect.stringContaining('the user cannot see the field CallDisposition; it needs'),
    });
    expect(findings.filter(({ level }) => level !== 'ok')).toHaveLength(1);
  });

  test('as from a user of an API-only profile, which reaches neither campaigns nor opportunities', async () => {
    const { open } = await openOrg({
      integrationUser: {
        lastName: 'Integration',
        email: 'leadgauge@gaugeworks.example',
        profile: 'Minimum Access - API Only Integrations',
      },
    });
    const names = (await open()).map(({ name }) => name);
    expect(names).not.toContain('deal-won');
    expect(names).not.toContain('form-submission:demo-request');
  });

  test('without Account Engagement has everything else', async () => {
    const names = (await (await openOrg({ businessUnitId: undefined })).open()).map(({ name }) => name);
    expect(names).not.toContain('visitor-activity');
    expect(names).toContain('task');
  });
});

/** The same numbers between 0 and 1 for the same seed. */
function dice(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Somebody does something or, less often, undoes it. */
function act(people: People, org: Org, next: () => number, now: number): void {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(next() * items.length)];
  const live = (type: string) => org.type(type).live();
  const remove = (id: string | undefined) => id !== undefined && people.remove(id);
  const restore = (id: string | undefined) => id !== undefined && people.restore(id);
  const change = (id: string | undefined, values: Record<string, unknown>) =>
    id !== undefined && people.change(id, values);
  const addLead = () => people.createLead({ Email: `lead${org.type('Lead').all.length}@acme.example` });

  const leads = live('Lead').filter((lead) => !lead.flag('IsConverted'));
  const contacts = live('Contact');
  const person = pick([...leads, ...contacts])?.id;
  if (person === undefined || leads.length + contacts.length < 4) return void addLead();
  const [lead, contact, won] = [pick(leads)?.id, pick(contacts)?.id, pick(live('Opportunity'))?.id];
  const sent = pick(live('EmailMessage').filter((each) => !each.flag('Incoming')))?.id;
  const campaign = next() < 0.5 ? 'Request a demo' : 'Product webinar';
  const doing: (() => unknown)[] = [
    addLead,
    () => people.respond(campaign, person),
    () => people.logCall(person, next() < 0.3 ? { result: 'No answer' } : {}),
    () => people.logTask(person),
    () => people.logEvent(person, { start: now + Math.floor((next() - 0.3) * 5) * DAY }),
    () => people.logEmail(person, { incoming: next() < 0.4 }),
    () => sent !== undefined && people.openEmail(sent),
    () => people.visitor(person, next() < 0.5 ? 11 : 20, { details: 'Something' }),
    () => contact !== undefined && people.winOpportunity(contact),
    () =>
      contact !== undefined &&
      won !== undefined &&
      people.create('OpportunityContactRole', { OpportunityId: won, ContactId: contact }),
    () => lead !== undefined && people.convert(lead, next() < 0.5 ? { opportunity: 'New' } : {}),
  ];
  const undoing: (() => unknown)[] = [
    () => people.respond(campaign, person, 'Sent'),
    () => change(pick(live('Event'))?.id, { StartDateTime: now + DAY }),
    () => change(pick(live('Task'))?.id, { CallDisposition: pick(['No answer', 'Connected', 'Cancelled']) }),
    () => change(won, { StageName: pick(['Prospecting', 'Closed Won', 'Closed Lost']) }),
    () => leads.length > 1 && people.merge(leads[0]?.id ?? '', leads[1]?.id ?? ''),
    () => contacts.length > 1 && people.merge(contacts[0]?.id ?? '', contacts[1]?.id ?? ''),
    ...['CampaignMember', 'Task', 'Event', 'OpportunityContactRole'].map((type) => () => remove(pick(live(type))?.id)),
    () => restore(pick(org.type('Task').all.filter(({ isDeleted }) => isDeleted))?.id),
  ];
  pick(next() < 0.75 ? doing : undoing)?.();
}

/** As the ledger keeps it: the newest revision of each activity of each person, whatever records they were at the time. */
function newLedger(org: Org) {
  const told: Observation[] = [];
  const today = (id: string): string => {
    const record = org.findAny(id);
    const next = record?.text('ConvertedContactId') ?? record?.text('MasterRecordId');
    return next === undefined ? id : today(next);
  };
  const keyOf = ({ person, activity: { type, id } }: Observation) =>
    `${type} ${id} ${'leadId' in person ? today(person.leadId) : person.email}`;
  return {
    add: (observations: readonly Observation[]) => void told.push(...observations),
    all() {
      const newest = new Map<string, Observation>();
      for (const observation of told) {
        const key = keyOf(observation);
        if ((newest.get(key)?.revision ?? -1) < (observation.revision ?? 0)) newest.set(key, observation);
      }
      const living = [...newest].filter(([, { withdrawn }]) => !withdrawn);
      const lines = living.map(([key, { activity }]) => ({ key, at: activity.at, name: activity.name }));
      return lines.sort((one, other) => (one.key < other.key ? -1 : 1));
    },
  };
}
