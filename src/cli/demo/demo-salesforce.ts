import { SECOND } from '../../base/clock.ts';
import { definitionName, PERSON_ACCOUNTS, TOLD_OBJECTS } from '../../crm/salesforce/definitions/told-objects.ts';
import { FORMS } from '../../sandbox/portal/forms.ts';
import type { SalesforceRecord } from '../../sandbox/salesforce/org/record.ts';
import {
  DEMO_CLIENT,
  type Org,
  type OutboundOptions,
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '../../sandbox/salesforce/salesforce-sandbox.ts';
import type { Connection } from '../../sync/connection.ts';
import type { Deed, DemoCrm, DemoFields, Glance, Person, ServedCrm } from './demo-crm.ts';
import { inMixedOrder } from './in-mixed-order.ts';
import { inShort } from './in-short.ts';

/** Serves an org of Salesforce's, which tells the receiver of what people change in it by the outbound messages of `setup`. */
export async function serveSalesforce(
  org: Org,
  receiver: { readonly url: string; readonly secret: string },
): Promise<ServedCrm> {
  const sandbox = await startSalesforceSandbox({
    org,
    outbound: outboundTo(org, `${receiver.url}/webhooks/salesforce/${receiver.secret}`),
    record: { bodies: 'none' },
  });
  // Nobody watches a demo to see it wait.
  sandbox.bulk.pace.polls = 0;
  return {
    environment: {
      SALESFORCE_LOGIN_URL: sandbox.url,
      SALESFORCE_CLIENT_ID: DEMO_CLIENT.clientId,
      SALESFORCE_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
    },
    connected: (connection) => demoSalesforce(sandbox, connection),
    close: () => sandbox.close(),
  };
}

/** As the flows have it that `setup` writes: nobody is told of what leadgauge itself wrote. */
function outboundTo(org: Org, url: string): OutboundOptions {
  const byOthers = (record: SalesforceRecord) => record.text('LastModifiedById') !== org.integrationUserId;
  const told = TOLD_OBJECTS.map((one) => ({ ...one, name: definitionName(one), url, when: byOthers }));
  const isPerson = (record: SalesforceRecord) => record.flag('IsPersonAccount') && byOthers(record);
  const people = { ...PERSON_ACCOUNTS, name: definitionName(PERSON_ACCOUNTS), url, when: isPerson };
  return { messages: [...told, people] };
}

/** What web forms and imports write where Salesforce asks for a company and nobody told one. */
const NO_COMPANY = '[not provided]';

const DEMO_CAMPAIGN = FORMS.demo.name;
/** Between two calls by sales; who has responded to one of them already is called as well. */
const RESPONSES = [
  { campaign: FORMS.webinar.name, what: 'registered for a webinar' },
  { campaign: FORMS.ebook.name, what: 'downloaded an ebook' },
  { campaign: FORMS.event.name, what: 'registered for an event' },
];

function demoSalesforce(sandbox: SalesforceSandbox, connection: Connection): DemoCrm {
  const { org, people, outbound } = sandbox;
  const isFree = ({ id }: Person) => isProspect(org.get(id)) && !responded(org, id, DEMO_CAMPAIGN);
  const find = (email: string): Person | undefined => {
    const found = [...org.type('Contact').where('Email', email), ...org.type('Lead').where('Email', email)];
    const record = found.find(isCurrent);
    return record && personOf(record);
  };
  return {
    title: 'Salesforce',
    place: 'org',
    holders: 'fields',
    tellsBy: 'outbound message',
    url: sandbox.url,
    connection,
    resolution: SECOND,
    cast(seed) {
      const everybody = [...org.type('Lead').live(), ...org.type('Contact').live()].filter(isCurrent);
      const order = inMixedOrder(everybody, seed);
      return {
        prospect() {
          // Not with `for … of`, which ends the generator when it is left.
          for (let next = order.next(); !next.done; next = order.next()) {
            const person = personOf(next.value);
            if (person.email !== '' && isFree(person)) return person;
          }
          return undefined;
        },
      };
    },
    find,
    isProspect: ({ id }) => isProspect(org.get(id)),
    someone() {
      const record = org.type('Lead').live().find(isCurrent) ?? org.type('Contact').live()[0];
      return record && personOf(record);
    },
    deed({ id }, turn): Deed {
      const response = turn % 2 === 0 ? undefined : RESPONSES[(turn >> 1) % RESPONSES.length];
      if (response === undefined || responded(org, id, response.campaign))
        return { what: 'spoke with sales on the phone', act: () => people.logCall(id) };
      const { campaign, what } = response;
      return { what, act: () => people.respond(campaign, id) };
    },
    asksForDemo(email, fields) {
      const known = find(email);
      const id = known?.id ?? people.createLead({ ...inSalesforce(fields), Email: email }).id;
      people.respond(DEMO_CAMPAIGN, id);
      return { person: { id, email }, at: org.now() };
    },
    glance({ id }): Glance {
      const record = org.get(id);
      return {
        score: record.number('Leadgauge_Score__c') ?? 0,
        grade: record.text('Leadgauge_Grade__c') ?? '-',
        flags: flagsOf(record),
        stage: record.text('Leadgauge_Stage__c') ?? 'none',
        fastTrackAt: record.number('Leadgauge_Fast_Track_At__c') ?? 0,
      };
    },
    describe({ id }) {
      const record = org.get(id);
      const account = org.find(record.text('AccountId') ?? '');
      const company = record.text('Company') ?? account?.text('Name');
      return inShort(record.text('Title'), company === NO_COMPANY ? undefined : company);
    },
    tell(mode) {
      if (outbound !== undefined) outbound.mode = mode;
    },
    settled: async () => outbound?.settled(),
    // Salesforce says "REQUEST_LIMIT_EXCEEDED" with 403.
    rateLimited: () => sandbox.requests.count({ status: 403 }) + sandbox.requests.count({ status: 429 }),
  };
}

/** Of a lead that was converted, the contact is who they are now. */
const isCurrent = (record: SalesforceRecord) => !record.flag('IsConverted');

const personOf = (record: SalesforceRecord): Person => ({ id: record.id, email: record.text('Email') ?? '' });

const flagsOf = (record: SalesforceRecord) =>
  (record.text('Leadgauge_Flags__c') ?? '').split(';').filter((flag) => flag !== '');

function isProspect(record: SalesforceRecord): boolean {
  const title = record.text('Title') ?? '';
  const stage = record.text('Leadgauge_Stage__c') ?? 'Lead';
  return flagsOf(record).length === 0 && stage === 'Lead' && title !== '' && title.length < 60;
}

/** A campaign tells of one response of each person alone. */
function responded(org: Org, personId: string, campaign: string): boolean {
  const ids = new Set(
    org
      .type('Campaign')
      .where('Name', campaign)
      .map(({ id }) => id),
  );
  const members = ['LeadId', 'ContactId'].flatMap((field) => org.type('CampaignMember').where(field, personId));
  return members.some((member) => ids.has(member.text('CampaignId') ?? ''));
}

function inSalesforce({ firstName, lastName, jobTitle, company }: DemoFields): Record<string, string> {
  return {
    ...(firstName !== undefined && { FirstName: firstName }),
    ...(lastName !== undefined && { LastName: lastName }),
    ...(jobTitle !== undefined && { Title: jobTitle }),
    ...(company !== undefined && { Company: company }),
  };
}
