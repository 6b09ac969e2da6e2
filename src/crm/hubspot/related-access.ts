import { suggestion } from '../../base/nearest-word.ts';
import type { SalesNeeds } from '../sales-needs.ts';
import { listOneCompany } from './api/companies.ts';
import { type ContactList, searchLists } from './api/lists.ts';
import { listProperties } from './api/properties.ts';
import type { HubspotConfig } from './config.ts';
import { listsNamed } from './list-fields.ts';
import type { PortalProblem } from './portal-problem.ts';
import { nearestProperty } from './property-hint.ts';
import { ForbiddenError } from './refusal.ts';
import type { Transport } from './transport.ts';

/** What the portal has of companies and lists, as far as they are asked for. */
export interface RelatedAccess {
  /** The names of all company properties; `'forbidden'` where the credential may not read companies: then contacts go without. */
  readonly companyProperties: ReadonlySet<string> | 'forbidden' | 'unused';
  readonly lists: readonly ContactList[];
}

export const NOTHING_RELATED: RelatedAccess = { companyProperties: 'unused', lists: [] };

/** No call where neither is asked for. @throws FatalError where lists are named and cannot be read: there is no other value for them. */
export async function relatedAccess(
  transport: Transport,
  config: HubspotConfig,
  { accountOwners = false }: SalesNeeds = {},
): Promise<RelatedAccess> {
  const asksCompany = accountOwners || Object.keys(config.company_fields).length > 0;
  return {
    companyProperties: asksCompany ? await readableCompanies(transport) : 'unused',
    lists: namesLists(config) ? await searchLists(transport, { kind: 'setup' }) : [],
  };
}

/** Whether any list must be found in the portal. */
export function namesLists({ lists, nurture }: HubspotConfig): boolean {
  return Object.keys(lists).length > 0 || Object.keys(nurture).length > 0;
}

async function readableCompanies(transport: Transport): Promise<ReadonlySet<string> | 'forbidden'> {
  try {
    await listOneCompany(transport);
    return new Set((await listProperties(transport, 'companies')).map(({ name }) => name));
  } catch (error) {
    if (!(error instanceof ForbiddenError)) throw error;
    transport.log?.warn(
      'the credential may not read companies: fields of company_fields stay empty where the contact has no value, and who owns a company is not known. Run "leadgauge check"',
    );
    return 'forbidden';
  }
}

/** In what config and portal do not fit. */
export function relatedProblems(config: HubspotConfig, access: RelatedAccess): PortalProblem[] {
  return [...companyFieldProblems(config, access), ...listProblems(config, access), ...nurtureProblems(config, access)];
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
    const message = notOne(wanted, lists);
    return message === undefined ? [] : [{ about: 'lists', path: ['lists', field], message }];
  });
}

/** Nobody can be put on a list that fills itself by its filters. */
function nurtureProblems({ nurture }: HubspotConfig, { lists }: RelatedAccess): PortalProblem[] {
  return Object.entries(nurture).flatMap(([rule, { list: wanted }]): PortalProblem[] => {
    const problem = (message: string): PortalProblem[] => [
      { about: 'nurture', path: ['nurture', rule, 'list'], message },
    ];
    const missing = notOne(wanted, lists);
    if (missing !== undefined) return problem(missing);
    const isActive = listsNamed(wanted, lists).some(({ processingType }) => processingType === 'DYNAMIC');
    if (!isActive) return [];
    return problem(`the list "${wanted}" is an active one, which its filters fill: name a static list`);
  });
}

/** Why these words do not name one list; undefined where they do. */
function notOne(wanted: string, lists: readonly ContactList[]): string | undefined {
  const found = listsNamed(wanted, lists);
  if (found.length === 1) return undefined;
  const names = lists.map(({ name }) => name);
  return found.length === 0
    ? `the portal has no list of contacts "${wanted}"${nearestList(wanted, names)}`
    : `the portal has ${found.length} lists named "${wanted}": write the id of the one you mean (${found.map(({ listId }) => listId).join(', ')})`;
}

/** A portal may have a thousand lists: without a near one, naming some helps nobody. */
function nearestList(word: string, names: readonly string[]): string {
  const hint = suggestion(word, names);
  return hint.startsWith(': did you mean') ? hint : ': look up its name or its id under Segments (lists)';
}
