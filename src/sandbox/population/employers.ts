import { DAY } from '../../base/clock.ts';
import { seedCompany } from '../portal/companies.ts';
import type { Company } from '../portal/company.ts';
import type { Portal } from '../portal/portal.ts';
import type { Value } from '../portal/record.ts';
import { companyAt, type Company as Employer } from './companies.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';

/**
 * The company records of a population. The first person who works at a company brings its record; all others who do
 * have the same one. Universities and authorities have none.
 * @param end the last moment of the past, in milliseconds since 1970
 */
export function createEmployers(portal: Portal, end: number): (person: Person, random: Random) => Company | undefined {
  const byDomain = new Map<string, Company>();
  return (person, random) => {
    const domain = domainOf(person, random);
    if (domain === undefined) return undefined;
    let company = byDomain.get(domain);
    if (company === undefined) {
      const created = Math.floor(end - random.next() * 600 * DAY);
      const modified = random.chance(0.4) ? Math.floor(created + random.next() * (end - created)) : created;
      company = seedCompany(portal, describe(portal, domain, person, random), { created, modified });
      byDomain.set(domain, company);
    }
    return company;
  };
}

/** By the address, as HubSpot does it; whoever writes from a private one is seldom matched by hand. */
function domainOf({ kind, mail, mailDomain, company }: Person, random: Random): string | undefined {
  if (kind === 'student' || kind === 'government') return undefined;
  if (mail === 'business') return random.chance(0.97) ? mailDomain : undefined;
  return random.chance(0.1) ? company?.domain : undefined;
}

/** What of a company is known. */
function describe(portal: Portal, domain: string, { values: typed }: Person, random: Random): Record<string, Value> {
  // A competitor is none of the companies that people come from: its name is all there is.
  const employer: Employer | undefined = companyAt(domain);
  const values: Record<string, Value> = { name: employer?.name ?? typed.company ?? domain, domain };
  if (random.chance(0.4)) values.hubspot_owner_id = random.pick(portal.owners.all).id;
  if (employer === undefined) return values;
  const { website, industry, employees, revenue, countries, city, state } = employer;
  values.website = website;
  values.city = city;
  if (random.chance(0.9)) values.country = countries[0] ?? '';
  if (random.chance(0.85)) values.industry = industry;
  if (random.chance(0.85)) values.numberofemployees = employees;
  if (random.chance(0.6)) values.annualrevenue = revenue;
  if (state !== undefined && random.chance(0.6)) values.state = state;
  return values;
}
