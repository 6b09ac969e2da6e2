import { suggestion } from '../../base/nearest-word.ts';
import { listOneCompany } from './api/companies.ts';
import { type ContactList, searchLists } from './api/lists.ts';
import { listProperties } from './api/properties.ts';
import type { HubspotConfig } from './config.ts';
import { listsNamed } from './list-fields.ts';
import type { PortalProblem } from './portal-problem.ts';
import { nearestProperty } from './property-hint.ts';
import { ForbiddenError } from './refusal.ts';
import type { Transport } from './transport.ts';

/** What the portal has of companies and lists, as far as fields come from them. */
export interface RelatedAccess {
  /** The names of all company properties; `'forbidden'` where the credential may not read companies: then contacts go without. */
  readonly companyProperties: ReadonlySet<string> | 'forbidden' | 'unused';
  readonly lists: readonly ContactList[];
}

export const NOTHING_RELATED: RelatedAccess = { companyProperties: 'unused', lists: [] };

/** No call where config names neither. @throws FatalError where lists are named and cannot be read: there is no other value for them. */
export async function relatedAccess(transport: Transport, config: HubspotConfig): Promise<RelatedAccess> {
  const { company_fields, lists } = config;
  return {
    companyProperties: Object.keys(company_fields).length === 0 ? 'unused' : await readableCompanies(transport),
    lists: Object.keys(lists).length === 0 ? [] : await searchLists(transport, { kind: 'setup' }),
  };
}

async function readableCompanies(transport: Transport): Promise<ReadonlySet<string> | 'forbidden'> {
  try {
    await listOneCompany(transport);
    return new Set((await listProperties(transport, 'companies')).map(({ name }) => name));
  } catch (error) {
    if (!(error instanceof ForbiddenError)) throw error;
    transport.log?.warn(
      'the credential may not read companies: fields of company_fields stay empty where the contact has no value. Run "leadgauge check"',
    );
    return 'forbidden';
  }
}

/** In what config and portal do not fit. */
export function relatedProblems(config: HubspotConfig, access: RelatedAccess): PortalProblem[] {
  return [...companyFieldProblems(config, access), ...listProblems(config, access)];
}

function companyFieldProblems({ company_fields }: HubspotConfig, access: RelatedAccess): PortalProblem[] {
  const { companyProperties } = access;
  if (typeof companyProperties === 'string') return [];
  const unknown = Object.entries(company_fields).filter(([, property]) => !companyProperties.has(property));
  return unknown.map(([field, property]): PortalProblem => {
    const message = `the portal has no company property "${property}"${nearestProperty(property, companyProperties)}`;
    return { about: 'company_fields', path: ['company_fields', field], message };
  });
}

function listProblems(config: HubspotConfig, { lists }: RelatedAccess): PortalProblem[] {
  return Object.entries(config.lists).flatMap(([field, wanted]): PortalProblem[] => {
    const found = listsNamed(wanted, lists);
    if (found.length === 1) return [];
    const names = lists.map(({ name }) => name);
    const message =
      found.length === 0
        ? `the portal has no list of contacts "${wanted}"${nearestList(wanted, names)}`
        : `the portal has ${found.length} lists named "${wanted}": write the id of the one you mean (${found.map(({ listId }) => listId).join(', ')})`;
    return [{ about: 'lists', path: ['lists', field], message }];
  });
}

/** A portal may have a thousand lists: without a near one, naming some helps nobody. */
function nearestList(word: string, names: readonly string[]): string {
  const hint = suggestion(word, names);
  return hint.startsWith(': did you mean') ? hint : ': look up its name or its id under Segments (lists)';
}
