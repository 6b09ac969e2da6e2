import { DAY } from '../../../base/clock.ts';
import type { Behaviour } from '../../population/behaviour.ts';
import type { Person } from '../../population/person.ts';
import type { Random } from '../../population/random.ts';
import { dayIn } from '../org/days.ts';
import type { FieldValue } from '../org/field.ts';
import { fullName } from '../org/full-name.ts';
import type { Org } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import { salesforceIndustry } from './industries.ts';

/** A person and what became of them; times are milliseconds since 1970. */
export interface Life {
  readonly person: Person;
  readonly behaviour: Behaviour;
  readonly email: string | undefined;
  /** What they answered when a form asked when they want to buy. */
  readonly timeframe: string | undefined;
  readonly created: number;
  /** The last that they did. */
  readonly last: number;
  readonly modified: number;
}

/** How the org knows somebody: as a lead, as a contact, or as both where the lead was converted. */
export interface Known {
  readonly lead: SalesforceRecord | undefined;
  readonly contact: SalesforceRecord | undefined;
  readonly account: SalesforceRecord | undefined;
  readonly ownerId: string;
}

export type AccountOf = (person: Person, random: Random) => SalesforceRecord | undefined;

/** Makes the records of one person. Whoever bought is a contact, and so is about a third of the others. */
export function settlePerson(
  org: Org,
  random: Random,
  life: Life,
  accountOf: AccountOf,
  sameTime: number | undefined,
): Known {
  const { person, behaviour, created } = life;
  const isContact = random.chance(behaviour.bought ? 1 : 0.37);
  const wasLead = isContact && random.chance(0.3);
  const modified = sameTime ?? life.modified;
  const ownerId = random.pick(org.sellers).id;
  const time = { created, modified, by: ownerId };
  const values = commonValues(random, life);
  if (!isContact) {
    const [queue] = org.type('Group').all;
    const owner = random.chance(0.15) && queue !== undefined ? queue.id : ownerId;
    const lead = org.seed(org.type('Lead'), { ...values, ...leadValues(random, life), OwnerId: owner }, time);
    return { lead, contact: undefined, account: undefined, ownerId };
  }
  const account = isConsumer(org, life, random)
    ? consumerOf(org, life, values, time, ownerId)
    : accountOf(person, random);
  const contact = org.seed(org.type('Contact'), { ...values, ...contactValues(life, account), OwnerId: ownerId }, time);
  if (account?.flag('IsPersonAccount') === true) link(account, contact);
  if (!wasLead) return { lead: undefined, contact, account, ownerId };
  const convertedAt = Math.min(modified, created + Math.floor(random.next() * 20 * DAY));
  const converted = {
    Status: 'Closed - Converted',
    IsConverted: true,
    ConvertedDate: dayIn(org.settings.timeZone, convertedAt),
    ConvertedContactId: contact.id,
    ConvertedAccountId: account?.id ?? null,
  };
  const lead = org.seed(
    org.type('Lead'),
    { ...values, ...leadValues(random, life), OwnerId: ownerId, ...converted },
    { ...time, modified: convertedAt },
  );
  return { lead, contact, account, ownerId };
}

/** What a lead and a contact have both. */
export function commonValues(
  random: Random,
  { person, behaviour, email, timeframe }: Life,
): Record<string, FieldValue> {
  const { firstname = '', lastname = '[not provided]', jobtitle, phone, product_interest } = person.values;
  const first = firstname.slice(0, 40);
  const source =
    behaviour.sent.length > 0 || behaviour.views.length > 0 ? 'Web' : random.pick(['Purchased List', 'Other']);
  return {
    FirstName: first === '' ? null : first,
    LastName: lastname,
    Name: fullName(first, lastname),
    Title: textOf(jobtitle, 128),
    Email: email ?? null,
    Phone: phone ?? null,
    LeadSource: source,
    HasOptedOutOfEmail: random.chance(0.03),
    Timeframe__c: timeframe ?? null,
    Product_Interest__c: product_interest ?? null,
  };
}

export function leadValues(random: Random, { person }: Life): Record<string, FieldValue> {
  const { company, country, city, state, website, industry, annualrevenue, numemployees } = person.values;
  const status = random.weighted([
    [60, 'Open - Not Contacted'],
    [30, 'Working - Contacted'],
    [10, 'Closed - Not Converted'],
  ]);
  return {
    Company: textOf(company, 255) ?? '[not provided]',
    Country: textOf(country, 80),
    City: textOf(city, 40),
    State: textOf(state, 80),
    Website: website ?? null,
    Industry: industry === undefined ? null : salesforceIndustry(industry),
    AnnualRevenue: revenueOf(annualrevenue),
    NumberOfEmployees: numemployees === undefined ? null : (person.company?.employees ?? null),
    Status: status,
    IsUnreadByOwner: status.startsWith('Open'),
  };
}

export function contactValues({ person }: Life, account: SalesforceRecord | undefined): Record<string, FieldValue> {
  const { country, city, state } = person.values;
  return {
    AccountId: account?.id ?? null,
    IsPersonAccount: account?.flag('IsPersonAccount') ?? false,
    MailingCountry: textOf(country, 80),
    MailingCity: textOf(city, 40),
    MailingState: textOf(state, 80),
  };
}

/** Somebody who writes from a private address and works nowhere that is known. */
function isConsumer(org: Org, { person }: Life, random: Random): boolean {
  return org.settings.personAccounts && person.mail === 'personal' && random.chance(0.12);
}

function consumerOf(
  org: Org,
  { person }: Life,
  values: Record<string, FieldValue>,
  time: { readonly created: number; readonly modified: number; readonly by: string },
  ownerId: string,
): SalesforceRecord {
  const { country, city, state } = person.values;
  return org.seed(
    org.type('Account'),
    {
      IsPersonAccount: true,
      Name: values.Name ?? null,
      FirstName: values.FirstName ?? null,
      LastName: values.LastName ?? null,
      PersonEmail: values.Email ?? null,
      PersonTitle: textOf(String(values.Title ?? ''), 80),
      PersonLeadSource: values.LeadSource ?? null,
      PersonHasOptedOutOfEmail: values.HasOptedOutOfEmail ?? false,
      PersonMailingCountry: textOf(country, 80),
      PersonMailingCity: textOf(city, 40),
      PersonMailingState: textOf(state, 80),
      Timeframe__pc: values.Timeframe__c ?? null,
      Product_Interest__pc: values.Product_Interest__c ?? null,
      OwnerId: ownerId,
    },
    time,
  );
}

function link(account: SalesforceRecord, contact: SalesforceRecord): void {
  const field = account.type.field('PersonContactId');
  if (field !== undefined) account.type.write(account, field, contact.id);
}

/** As Salesforce keeps text: trimmed, cut to its length, none where it is empty. */
export function textOf(text: string | undefined, length: number): string | null {
  const trimmed = text?.trim().slice(0, length) ?? '';
  return trimmed === '' ? null : trimmed;
}

/** What was typed counts where it is a number that the field takes. */
function revenueOf(typed: string | undefined): number | null {
  const value = Number(typed ?? Number.NaN);
  return Number.isFinite(value) && Math.abs(value) < 1e15 ? value : null;
}
