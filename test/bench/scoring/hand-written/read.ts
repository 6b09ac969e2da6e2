import { countryOf } from '../../../../src/leads/country.ts';
import { type DomainKind, domainClassifier, domainOf } from '../../../../src/leads/email-domain.ts';
import type { JobFunction } from '../../../../src/leads/job-function-table.ts';
import type { Lead } from '../../../../src/leads/lead.ts';
import { listKeys } from '../../../../src/leads/list-keys.ts';
import type { Lists } from '../../../../src/leads/lists.ts';
import { type NumberRange, parseNumberRange } from '../../../../src/leads/number.ts';
import type { Seniority } from '../../../../src/leads/seniority-table.ts';
import { normaliseText } from '../../../../src/leads/text.ts';
import { NO_OWN_TITLES, titleReader } from '../../../../src/leads/titles.ts';

/** What the model asks about a lead, each thing read once. */
export interface Profile {
  readonly email: string | undefined;
  readonly company: string | undefined;
  readonly title: string | undefined;
  readonly industry: string | undefined;
  readonly timeframe: string | undefined;
  readonly unsubscribed: string | undefined;
  readonly rank: Seniority | undefined;
  readonly jobFunction: JobFunction | undefined;
  readonly persona: 'buyer' | 'engineer' | undefined;
  readonly employees: NumberRange | undefined;
  readonly revenue: NumberRange | undefined;
  readonly country: string | undefined;
  readonly mail: DomainKind | undefined;
  readonly atTargetAccount: boolean;
  readonly websiteOfTarget: boolean;
  readonly inTargetIndustry: boolean;
  readonly atCompetitor: boolean;
}

/** Reads leads for the model, with the same readers of titles, domains, numbers and countries as the scorer. */
export function profileReader(lists: Lists): (lead: Lead) => Profile {
  const { seniorityOf, functionOf } = titleReader(NO_OWN_TITLES);
  const kindOf = domainClassifier(lists);
  const targetAccounts = lists.get('target-accounts') ?? NONE;
  const targetIndustries = lists.get('target-industries') ?? NONE;
  const competitors = lists.get('competitors') ?? NONE;
  return ({ fields, emails }) => {
    const email = normaliseText(fields.email) ?? emails[0];
    const company = normaliseText(fields.company);
    const title = normaliseText(fields.job_title);
    const industry = normaliseText(fields.industry);
    const website = normaliseText(fields.website);
    const country = normaliseText(fields.country);
    const employees = normaliseText(fields.employees);
    const revenue = normaliseText(fields.annual_revenue);
    const rank = title === undefined ? undefined : seniorityOf(title);
    const jobFunction = title === undefined ? undefined : functionOf(title);
    const domain = email === undefined ? undefined : domainOf(email);
    const emailKeys = email === undefined ? undefined : listKeys(email);
    return {
      email,
      company,
      title,
      industry,
      timeframe: normaliseText(fields.timeframe),
      unsubscribed: normaliseText(fields.unsubscribed),
      rank,
      jobFunction,
      persona: isBuyer(rank) ? 'buyer' : jobFunction === 'engineering' ? 'engineer' : undefined,
      employees: employees === undefined ? undefined : parseNumberRange(employees),
      revenue: revenue === undefined ? undefined : parseNumberRange(revenue),
      country: country === undefined ? undefined : countryOf(country),
      mail: domain === undefined ? undefined : kindOf(domain),
      atTargetAccount: holdsAny(targetAccounts, emailKeys),
      websiteOfTarget: website !== undefined && holdsAny(targetAccounts, listKeys(website)),
      inTargetIndustry: industry !== undefined && holdsAny(targetIndustries, listKeys(industry)),
      atCompetitor:
        holdsAny(competitors, emailKeys) || (company !== undefined && holdsAny(competitors, listKeys(company))),
    };
  };
}

const NONE: ReadonlySet<string> = new Set();

function isBuyer(rank: Seniority | undefined): boolean {
  return rank === 'c-level' || rank === 'vp' || rank === 'director';
}

function holdsAny(list: ReadonlySet<string>, keys: readonly string[] | undefined): boolean {
  if (keys !== undefined) for (const key of keys) if (list.has(key)) return true;
  return false;
}
