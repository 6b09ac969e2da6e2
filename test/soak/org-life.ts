import type { Random } from '../../src/sandbox/population/random.ts';
import { FORMS } from '../../src/sandbox/portal/forms.ts';
import type { SalesforceRecord } from '../../src/sandbox/salesforce/org/record.ts';
import type { SalesforceSandbox } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { type Acts, type CrmLife, type DemoRequest, someone } from './crm-life.ts';
import { createRoster, type Roster } from './roster.ts';
import { EMPLOYEES, newcomer, TITLES } from './strangers.ts';

const DEMO = FORMS.demo.name;
const CAMPAIGNS = [FORMS.ebook.name, FORMS.webinar.name, FORMS.event.name];

/** What happens in a Salesforce org in which sales works. As many people come as go. */
export function liveOrg({ org, people }: SalesforceSandbox, random: Random): CrmLife {
  const idsOf = (type: string) =>
    org
      .type(type)
      .live()
      .filter((record) => !record.flag('IsConverted'))
      .map(({ id }) => id);
  const leads = createRoster(idsOf('Lead'), random);
  const contacts = createRoster(idsOf('Contact'), random);
  const size = () => leads.size + contacts.size;
  const usual = size();
  const holds = new Map<DemoRequest, () => void>();
  let strangers = 0;

  const anybody = () => someone((random.whole(size()) < leads.size ? leads : contacts).anybody());
  const come = () => {
    strangers += 1;
    const { email, title, company } = newcomer(random, 'salesforce', strangers);
    const lead = people.createLead({ Email: email, Title: title, Company: company, LastName: `Soaker ${strangers}` });
    leads.add(lead.id);
    return lead.id;
  };
  const members = (id: string) => org.type('CampaignMember').where(id.startsWith('00Q') ? 'LeadId' : 'ContactId', id);
  const isIn = (id: string, campaign: string) =>
    members(id).some((member) => org.find(member.text('CampaignId') ?? '')?.text('Name') === campaign);
  const respond = () => {
    const [id, campaign] = [anybody(), random.pick(CAMPAIGNS)];
    if (!isIn(id, campaign)) people.respond(campaign, id);
  };
  /** Both of a person account are one record: those are left alone. */
  const isPerson = (id: string) => org.get(id).flag('IsPersonAccount');
  const mergeTwo = (roster: Roster) => {
    const [one, other] = [roster.somebodyFree(), roster.somebodyFree()];
    if (one === undefined || other === undefined || one === other || isPerson(one) || isPerson(other)) return;
    people.merge(one, other);
    roster.remove(other);
  };
  const remove = (roster: Roster) => {
    const id = roster.somebodyFree();
    if (id === undefined || isPerson(id)) return;
    people.remove(id);
    roster.remove(id);
  };

  const ACTS: Acts = [
    [20, 'a response', respond],
    [12, 'a new title', () => people.change(anybody(), { Title: random.pick(TITLES) })],
    [15, 'a call', () => void people.logCall(anybody())],
    [6, 'a meeting', () => void people.logEvent(anybody())],
    [6, 'an e-mail', () => void people.logEmail(anybody(), { incoming: random.chance(0.5) })],
    [3, 'a larger account', growAccount],
    [3, 'an opt-out', () => people.change(anybody(), { HasOptedOutOfEmail: random.chance(0.3) })],
    [2, 'a merger of leads', () => mergeTwo(leads)],
    [1, 'a merger of contacts', () => mergeTwo(contacts)],
    [2, 'a deletion of a lead', () => remove(leads)],
    [1, 'a deletion of a contact', () => remove(contacts)],
    [
      2,
      'a conversion',
      () => {
        const id = leads.somebodyFree();
        if (id === undefined) return;
        contacts.add(people.convert(id).contact.id);
        leads.remove(id);
      },
    ],
  ];

  function growAccount(): void {
    const account = org.find(org.find(contacts.anybody() ?? '')?.text('AccountId') ?? '');
    if (account !== undefined) people.change(account.id, { NumberOfEmployees: Number(random.pick(EMPLOYEES)) });
  }

  return {
    act() {
      if (size() < usual) {
        come();
        return 'a newcomer';
      }
      const [what, act] = random.weighted(ACTS.map(([weight, name, does]) => [weight, [name, does] as const] as const));
      act();
      return what;
    },
    askForDemo() {
      const id = prospect() ?? come();
      const at = org.now();
      people.respond(DEMO, id);
      const request = requestOf(org.get(id), at);
      holds.set(request, (id.startsWith('00Q') ? leads : contacts).hold(id));
      return request;
    },
    answered: (request) => holds.get(request)?.(),
  };

  /** Somebody whom sales does not work yet and who has not asked; undefined for every other one who asks. */
  function prospect(): string | undefined {
    if (random.chance(0.5)) return undefined;
    for (let tries = 0; tries < 20; tries += 1) {
      const id = anybody();
      const person = org.get(id);
      const isNew = (person.text('Leadgauge_Stage__c') ?? 'Lead') === 'Lead' && !person.text('Leadgauge_Flags__c');
      if (isNew && person.text('Email') && person.text('Title') && !isIn(id, DEMO)) return id;
    }
    return undefined;
  }

  function requestOf(person: SalesforceRecord, at: number): DemoRequest {
    return {
      crm: 'Salesforce',
      id: person.id,
      at,
      stand() {
        if ((person.number('Leadgauge_Fast_Track_At__c') ?? 0) >= at) return 'before sales';
        return person.text('Leadgauge_Disqualified__c') ? 'ruled out' : 'waiting';
      },
    };
  }
}
