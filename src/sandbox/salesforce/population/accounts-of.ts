import { DAY } from '../../../base/clock.ts';
import { companyAt } from '../../population/companies.ts';
import type { Person } from '../../population/person.ts';
import type { Random } from '../../population/random.ts';
import type { FieldValue } from '../org/field.ts';
import type { Org } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import { salesforceIndustry } from './industries.ts';

/**
 * The accounts of a population. The first contact from a company brings its account; all others from there have the same one.
 * Universities and authorities have none.
 * @param end the last moment of the past, in milliseconds since 1970
 */
export function accountsOf(org: Org, end: number): (person: Person, random: Random) => SalesforceRecord | undefined {
  const byDomain = new Map<string, SalesforceRecord>();
  return (person, random) => {
    const domain = domainOf(person, random);
    if (domain === undefined) return undefined;
    let account = byDomain.get(domain);
    if (account === undefined) {
      const created = Math.floor(end - random.next() * 600 * DAY);
      const modified = random.chance(0.4) ? Math.floor(created + random.next() * (end - created)) : created;
      const owner = random.pick(org.sellers).id;
      const values = { ...describe(domain, person, random), OwnerId: owner };
      account = org.seed(org.type('Account'), values, { created, modified, by: owner });
      byDomain.set(domain, account);
    }
    return account;
  };
}

/** Whoever writes from a private address is matched with an employer by hand, or not at all. */
function domainOf({ kind, mail, mailDomain, company }: Person, random: Random): string | undefined {
  if (kind === 'student' || kind === 'government') return undefined;
  if (mail === 'business') return random.chance(0.97) ? mailDomain : undefined;
  return random.chance(0.6) ? company?.domain : undefined;
}

/** What of a company is known. */
function describe(domain: string, { values: typed }: Person, random: Random): Record<string, FieldValue> {
  // A competitor is none of the companies that people come from: its name is all there is.
  const company = companyAt(domain);
  if (company === undefined) return { Name: typed.company ?? domain };
  const { name, website, industry, employees, revenue, countries, city, state } = company;
  return {
    Name: name,
    Website: website,
    BillingCity: city,
    BillingCountry: random.chance(0.9) ? (countries[0] ?? null) : null,
    BillingState: random.chance(0.6) ? (state ?? null) : null,
    Industry: random.chance(0.85) ? salesforceIndustry(industry) : null,
    NumberOfEmployees: random.chance(0.85) ? employees : null,
    AnnualRevenue: random.chance(0.6) ? revenue : null,
  };
}
