import type { OrgWorld } from './org-world.ts';

const FITTING = {
  Title: 'Head of Sales',
  Company: 'Acme',
  Country: 'Germany',
  NumberOfEmployees: 700,
  AnnualRevenue: 50_000_000,
};

/** A lead of Salesforce that fits well enough for an MQL and has done nothing yet. */
export function addOrgProspect(
  { sandbox }: Pick<OrgWorld, 'sandbox'>,
  name = 'ada',
  extra: Readonly<Record<string, unknown>> = {},
): { readonly id: string; readonly email: string } {
  const email = `${name}@acme-${name}.example`;
  const { id } = sandbox.people.createLead({ LastName: name, Email: email, ...FITTING, ...extra });
  return { id, email };
}

/** The same as a contact of a company. */
export function addOrgContact(
  { sandbox }: Pick<OrgWorld, 'sandbox'>,
  name = 'ada',
  extra: Readonly<Record<string, unknown>> = {},
): { readonly id: string; readonly email: string } {
  const email = `${name}@acme-${name}.example`;
  const account = sandbox.people.createAccount({ Name: 'Acme', NumberOfEmployees: 700, AnnualRevenue: 50_000_000 });
  const values = { LastName: name, Email: email, Title: 'Head of Sales', MailingCountry: 'Germany' };
  const { id } = sandbox.people.createContact({ ...values, AccountId: account.id, ...extra });
  return { id, email };
}

/** Does what makes a prospect an MQL. */
export function showOrgInterest({ sandbox }: Pick<OrgWorld, 'sandbox'>, id: string): void {
  sandbox.people.respond('Download the ebook', id);
  sandbox.people.respond('Download the whitepaper', id);
}

/** What leadgauge says of everybody in the org, but for the times at which it did, by id. */
export function orgState({ sandbox: { org } }: Pick<OrgWorld, 'sandbox'>): Record<string, Record<string, unknown>> {
  const live = ['Lead', 'Contact'].flatMap((type) => org.type(type).live());
  return Object.fromEntries(
    live.map((record) => [
      record.id,
      Object.fromEntries(Object.entries(record.values()).filter(([name]) => OUTPUT.test(name) && !TIMES.test(name))),
    ]),
  );
}

const OUTPUT = /^Leadgauge_/;
const TIMES = /_At__c$|_Date__c$/;
