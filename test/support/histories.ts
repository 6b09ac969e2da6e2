import fc from 'fast-check';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import type { BothWorlds } from './both-worlds.ts';

/** One thing that happens, to the people that the numbers choose; nothing where there is nobody to whom it can happen. */
export interface Step {
  readonly act: keyof typeof ACTS;
  readonly one: number;
  readonly other: number;
  /** How much time passes afterwards, in milliseconds. */
  readonly pause: number;
}

/** What may happen in both CRMs, with jobs of leadgauge and what wakes them in between. */
export function arbitraryHistory(maxLength: number): fc.Arbitrary<Step[]> {
  const step = fc.record({
    act: fc.constantFrom(...actNames()),
    one: fc.nat(7),
    other: fc.nat(7),
    pause: fc.constantFrom(0, 1, 400, SECOND, 61 * SECOND, 20 * MINUTE, HOUR, DAY),
  });
  return fc.array(step, { minLength: Math.min(8, maxLength), maxLength, size: 'max' });
}

export async function happen(both: BothWorlds, steps: readonly Step[]): Promise<void> {
  for (const { act, one, other, pause } of steps) {
    await ACTS[act](both, one, other);
    await both.clock.advance(pause);
  }
}

/** Nights and syncs until all that happened must be known: webhooks may be lost, and a deletion is looked for once a day. */
export async function comeToRest(both: BothWorlds): Promise<void> {
  await both.hubspot.sandbox.webhooks?.settled();
  await both.salesforce.sandbox.outbound?.settled();
  for (let night = 0; night < 3; night += 1) {
    await both.clock.advance(DAY + HOUR);
    await both.sync();
    for (const each of [both.hubspot, both.salesforce]) await each.sweep();
    await both.sync();
  }
}

type Act = (both: BothWorlds, one: number, other: number) => unknown;

const ADDRESSES = ['ada@acme.example', 'bob@acme.example', 'cyd@gmail.com', 'dan@next-job.example'];
const TITLES = ['CEO', 'Head of Sales', 'Student', 'Software Engineer'];
const FORMS = ['ebook', 'calculator', 'demo', 'newsletter'];
const CAMPAIGNS = ['Download the ebook', 'ROI calculator', 'Request a demo', 'Newsletter sign-up'];

const ACTS = {
  hubspotCreate({ hubspot }, one, other) {
    const email = pick(ADDRESSES, one);
    if (hubspot.sandbox.portal.contacts.findByEmail(email) !== undefined) return;
    hubspot.sandbox.people.createContact({ email, jobtitle: pick(TITLES, other), company: 'Acme' });
  },
  hubspotEdit(both, one, other) {
    const contact = contactOf(both, one);
    if (contact !== undefined) both.hubspot.sandbox.people.update(contact, { jobtitle: pick(TITLES, other) });
  },
  hubspotAddress(both, one, other) {
    const [contact, email] = [contactOf(both, one), pick(ADDRESSES, other)];
    const { people, portal } = both.hubspot.sandbox;
    if (contact !== undefined && portal.contacts.findByEmail(email) === undefined) people.update(contact, { email });
  },
  hubspotVisit(both, one, other) {
    const contact = contactOf(both, one);
    if (contact !== undefined)
      both.hubspot.sandbox.people.visit(contact, pick(['/pricing', '/careers', '/blog/post', '/product'], other));
  },
  hubspotForm({ hubspot }, one, other) {
    hubspot.sandbox.people.submitForm(pick(FORMS, other), { email: pick(ADDRESSES, one) });
  },
  hubspotCall(both, one) {
    const contact = contactOf(both, one);
    if (contact !== undefined) both.hubspot.sandbox.people.logCall({ contactIds: [contact] });
  },
  hubspotMerge(both, one, other) {
    const [first, second] = [contactOf(both, one), contactOf(both, other)];
    if (first !== undefined && second !== undefined && first !== second)
      both.hubspot.sandbox.people.merge(first, second);
  },
  async hubspotRemove(both, one) {
    // What a contact in the bin did is told of nobody, and once it is restored only the weekly refresh finds that.
    await both.hubspot.poll();
    const contact = contactOf(both, one);
    if (contact !== undefined) both.hubspot.sandbox.people.remove(contact);
  },
  hubspotRestore({ hubspot }, one) {
    const archived = hubspot.sandbox.portal.contacts.all.filter(({ state }) => state === 'archived');
    const contact = chosen(archived, one);
    const email = contact && hubspot.text(contact, 'email');
    const isTaken = email !== undefined && hubspot.sandbox.portal.contacts.findByEmail(email) !== undefined;
    if (contact !== undefined && !isTaken) hubspot.sandbox.people.restore(contact.id);
  },
  async hubspotErase(both, one) {
    // Nobody tells what addresses it had: those that leadgauge has seen are erased.
    await both.hubspot.sync();
    const contact = contactOf(both, one);
    const { webhooks, people } = both.hubspot.sandbox;
    // Where no webhook tells, it may take a month until it is found.
    if (webhooks !== undefined) webhooks.mode = 'send';
    if (contact !== undefined) people.eraseForPrivacy(contact);
  },
  hubspotLosesWebhooks({ hubspot }, one) {
    const { webhooks } = hubspot.sandbox;
    if (webhooks !== undefined) webhooks.mode = one % 2 === 0 ? 'drop' : 'send';
  },

  salesforceLead({ salesforce }, one, other) {
    const values = { Email: pick(ADDRESSES, one), Title: pick(TITLES, other), Company: 'Acme', Country: 'France' };
    salesforce.sandbox.people.createLead(values);
  },
  salesforceContact({ salesforce }, one, other) {
    const { people } = salesforce.sandbox;
    const account = people.createAccount({ Name: 'Acme', NumberOfEmployees: 5 + 1_000 * (other % 2) });
    const values = { Email: pick(ADDRESSES, one), Title: pick(TITLES, other), AccountId: account.id };
    people.createContact(values);
  },
  salesforceEdit(both, one, other) {
    const person = personOf(both, one);
    if (person !== undefined) both.salesforce.sandbox.people.change(person, { Title: pick(TITLES, other) });
  },
  salesforceAddress(both, one, other) {
    const person = personOf(both, one);
    const email = other === 7 ? null : pick(ADDRESSES, other);
    if (person !== undefined) both.salesforce.sandbox.people.change(person, { Email: email });
  },
  salesforceRespond(both, one, other) {
    const person = personOf(both, one);
    if (person !== undefined) both.salesforce.sandbox.people.respond(pick(CAMPAIGNS, other), person);
  },
  salesforceTakeBack(both, one) {
    const { org, people } = both.salesforce.sandbox;
    const member = chosen(org.type('CampaignMember').live(), one);
    if (member !== undefined) people.change(member.id, { Status: 'Sent' });
  },
  salesforceActivity(both, one, other) {
    const { people } = both.salesforce.sandbox;
    const person = personOf(both, one);
    if (person === undefined) return;
    if (other % 3 === 0) people.logCall(person);
    else if (other % 3 === 1) people.logEvent(person, { start: both.clock.now() - other * HOUR });
    else if (both.salesforce.text(person, 'Email') !== undefined) people.logEmail(person, { incoming: true });
  },
  salesforceForget(both, one) {
    const { org, people } = both.salesforce.sandbox;
    const activity = chosen([...org.type('Event').live(), ...org.type('Task').live()], one);
    if (activity !== undefined) people.remove(activity.id);
  },
  salesforceConvert(both, one, other) {
    const { people } = both.salesforce.sandbox;
    const lead = chosen(leadsOf(both), one);
    const contact = other % 2 === 0 ? undefined : chosen(contactsOf(both), other);
    if (lead !== undefined) people.convert(lead, contact === undefined ? {} : { contactId: contact });
  },
  salesforceMerge(both, one, other) {
    const all = other % 2 === 0 ? leadsOf(both) : contactsOf(both);
    const [first, second] = [chosen(all, one), chosen(all, other)];
    if (first !== undefined && second !== undefined && first !== second)
      both.salesforce.sandbox.people.merge(first, second);
  },
  salesforceRemove(both, one) {
    const person = personOf(both, one);
    if (person !== undefined) both.salesforce.sandbox.people.remove(person);
  },
  salesforceRestore({ salesforce }, one) {
    const { people } = salesforce.sandbox;
    const record = chosen(binOf(salesforce), one);
    if (record !== undefined) people.restore(record.id);
  },
  salesforcePurge({ salesforce }, one) {
    const { people } = salesforce.sandbox;
    const record = chosen(binOf(salesforce), one);
    if (record !== undefined) people.purge(record.id);
  },
  salesforceLosesWebhooks({ salesforce }, one) {
    const { outbound } = salesforce.sandbox;
    if (outbound !== undefined) outbound.mode = one % 2 === 0 ? 'drop' : 'send';
  },

  hubspotSync: ({ hubspot }) => hubspot.sync(),
  salesforceSync: ({ salesforce }) => salesforce.sync(),
  sync: (both) => both.sync(),
  poll: ({ hubspot, salesforce }, one) => (one % 2 === 0 ? hubspot : salesforce).poll(),
  hotPoll: ({ hubspot, salesforce }, one) => (one % 2 === 0 ? hubspot : salesforce).hotPoll(),
  score: ({ hubspot, salesforce }, one) => (one % 2 === 0 ? hubspot : salesforce).score(),
  sweep: ({ hubspot, salesforce }, one) => (one % 2 === 0 ? hubspot : salesforce).sweep(),
  async webhooks({ hubspot, salesforce }) {
    await hubspot.sandbox.webhooks?.settled();
    await salesforce.sandbox.outbound?.settled();
  },
} satisfies Record<string, Act>;

function actNames(): (keyof typeof ACTS)[] {
  return Object.keys(ACTS).filter((name): name is keyof typeof ACTS => name in ACTS);
}

function pick<Item>(all: readonly [Item, ...Item[]] | readonly Item[], index: number): Item {
  const item = all[index % all.length];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

function chosen<Item>(all: readonly Item[], index: number): Item | undefined {
  return all.length === 0 ? undefined : all[index % all.length];
}

const contactOf = ({ hubspot }: BothWorlds, index: number): string | undefined =>
  chosen(
    hubspot.sandbox.portal.contacts.all.filter(({ state }) => state === 'live'),
    index,
  )?.id;

const leadsOf = ({ salesforce }: BothWorlds): string[] =>
  salesforce.sandbox.org
    .type('Lead')
    .live()
    .filter((lead) => !lead.flag('IsConverted'))
    .map(({ id }) => id);

const contactsOf = ({ salesforce }: BothWorlds): string[] =>
  salesforce.sandbox.org
    .type('Contact')
    .live()
    .map(({ id }) => id);

/** Who was deleted, and not merged into somebody. */
const binOf = ({ sandbox: { org } }: BothWorlds['salesforce']) =>
  ['Lead', 'Contact'].flatMap((type) =>
    org.type(type).all.filter((record) => record.isDeleted && record.get('MasterRecordId') === null),
  );

const personOf = (both: BothWorlds, index: number) => chosen([...leadsOf(both), ...contactsOf(both)], index);
