import { isProspect } from '../../src/cli/demo/cast.ts';
import type { Random } from '../../src/sandbox/population/random.ts';
import type { Contact } from '../../src/sandbox/portal/contact.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type Acts, type CrmLife, type DemoRequest, someone } from './crm-life.ts';
import { createRoster } from './roster.ts';
import { EMPLOYEES, newcomer, PAGES, TITLES } from './strangers.ts';

const FORMS = ['ebook', 'webinar', 'newsletter', 'whitepaper', 'event'] as const;
const STATUSES = ['NEW', 'CONNECTED', 'BAD_TIMING', 'UNQUALIFIED'];

/** What happens in a HubSpot portal of a company that markets. As many people come as go. */
export function livePortal({ portal, people, webhooks }: Sandbox, random: Random): CrmLife {
  const roster = createRoster(
    portal.contacts.all.filter(({ state }) => state === 'live').map(({ id }) => id),
    random,
  );
  const usual = roster.size;
  const holds = new Map<DemoRequest, () => void>();
  const bin: string[] = [];
  let strangers = 0;

  const anybody = () => someone(roster.anybody());
  const free = () => someone(roster.somebodyFree());
  const emailOf = (id: string) => {
    const contact = portal.contacts.find(id);
    return contact && portal.textOf(contact, 'email');
  };
  const stranger = () => {
    strangers += 1;
    const { email, title, company } = newcomer(random, 'hubspot', strangers);
    return { email, jobtitle: title, company };
  };
  const come = () => {
    const person = stranger();
    const contact = random.chance(0.5)
      ? people.createContact(person)
      : people.submitForm(random.pick(FORMS), person).contact;
    roster.add(contact.id);
  };
  const remove = () => {
    const id = free();
    people.remove(id);
    roster.remove(id);
    bin.push(id);
    if (bin.length > 50) bin.shift();
  };

  const ACTS: Acts = [
    [40, 'a visit', () => people.visit(anybody(), random.pick(PAGES))],
    [10, 'a new title', () => people.update(anybody(), { jobtitle: random.pick(TITLES) })],
    [5, 'an industry', () => people.update(anybody(), { industry: random.pick(['Software', 'Logistics', 'Retail']) })],
    [3, 'a time frame', () => people.update(anybody(), { timeframe: random.pick(['now', '3-6 months', '']) })],
    [4, 'a word of sales', () => people.setStatus(anybody(), random.pick(STATUSES))],
    [4, 'a call', () => void people.logCall({ contactIds: [anybody()] })],
    [2, 'a meeting', () => void people.bookMeeting({ contactIds: [anybody()] })],
    [
      8,
      'a form',
      () => {
        const email = emailOf(anybody());
        if (email !== undefined) people.submitForm(random.pick(FORMS), { email });
      },
    ],
    [3, 'a larger company', growCompany],
    [2, 'a move to another company', () => people.moveToCompany(anybody(), companyId())],
    [
      3,
      'a merger',
      () => {
        const [one, other] = [free(), free()];
        if (one === other) return;
        for (const id of [one, other]) roster.remove(id);
        roster.add(people.merge(one, other).id);
      },
    ],
    [3, 'a deletion', remove],
    [
      2,
      'a privacy deletion',
      () => {
        // Nothing but a webhook tells of one at once; without, the nightly sweep finds it within a month.
        if (webhooks?.mode === 'drop') return remove();
        const id = free();
        people.eraseForPrivacy(id);
        roster.remove(id);
      },
    ],
    [
      1,
      'a restoration',
      () => {
        const id = bin.pop();
        if (id === undefined || portal.contacts.findArchived(id, portal.now()) === undefined) return;
        people.restore(id);
        roster.add(id);
      },
    ],
  ];

  function companyId(): string | undefined {
    const { all } = portal.companies;
    const company = all.length === 0 ? undefined : random.pick(all);
    return company?.state === 'live' ? company.id : undefined;
  }

  function growCompany(): void {
    const id = companyId();
    if (id !== undefined) people.updateCompany(id, { numberofemployees: random.pick(EMPLOYEES) });
  }

  return {
    act() {
      if (roster.size < usual) {
        come();
        return 'a newcomer';
      }
      const [what, act] = random.weighted(ACTS.map(([weight, name, does]) => [weight, [name, does] as const] as const));
      act();
      return what;
    },
    askForDemo() {
      const email = random.chance(0.5) ? prospectsEmail() : undefined;
      const { contact, submission } = people.submitForm('demo', email === undefined ? stranger() : { email });
      roster.add(contact.id);
      const request = requestOf(contact, submission.at);
      holds.set(request, roster.hold(contact.id));
      return request;
    },
    answered: (request) => holds.get(request)?.(),
  };

  function prospectsEmail(): string | undefined {
    for (let tries = 0; tries < 20; tries += 1) {
      const contact = portal.contacts.find(anybody());
      const email = contact && portal.textOf(contact, 'email');
      if (email && contact && isProspect(portal, contact)) return email;
    }
    return undefined;
  }

  function requestOf(contact: Contact, at: number): DemoRequest {
    return {
      crm: 'HubSpot',
      id: contact.id,
      at,
      stand() {
        if ((portal.numberOf(contact, 'leadgauge_fast_track_at') ?? 0) >= at) return 'before sales';
        return portal.textOf(contact, 'leadgauge_disqualified') ? 'ruled out' : 'waiting';
      },
    };
  }
}
