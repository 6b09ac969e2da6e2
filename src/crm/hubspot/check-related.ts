import { allOf } from '../../base/all-of.ts';
import { formatProblem } from '../../base/errors.ts';
import type { Finding } from '../crm.ts';
import { listOneCompany } from './api/companies.ts';
import { addToList, searchLists } from './api/lists.ts';
import { listProperties } from './api/properties.ts';
import type { HubspotConfig } from './config.ts';
import { nurtureLists } from './nurture-lists.ts';
import { toConfigProblem } from './portal-problem.ts';
import { type Probe, tryOut } from './probes.ts';
import { NOTHING_RELATED, type RelatedAccess, relatedProblems } from './related-access.ts';
import type { SetupContext } from './setup.ts';

/** Whether fields can come from companies and lists, as far as config wants that; no call where it does not. */
export async function checkRelated(context: SetupContext): Promise<Finding[]> {
  return [
    ...(await checkCompanyFields(context)),
    ...(await checkCompanyOwners(context)),
    ...(await checkLists(context)),
  ];
}

/** Contacts go without what cannot be read, so that a lack is no problem, but for fields that come from nowhere else. */
async function checkCompanyFields(context: SetupContext): Promise<Finding[]> {
  const { transport, config } = context;
  const wanted = Object.keys(config.company_fields);
  if (wanted.length === 0) return [];
  const companies = await tryOut({
    what: 'companies can be read, for fields that a contact lacks',
    scope: 'crm.objects.companies.read',
    call: () => listOneCompany(transport),
  });
  const properties = await tryOut({
    what: 'company properties can be read, for fields that a contact lacks',
    scope: 'crm.schemas.companies.read',
    call: () => listProperties(transport, 'companies'),
  });
  const lacks = [companies.finding, properties.finding].filter(({ level }) => level === 'problem');
  if (lacks.length > 0 || properties.value === undefined)
    return lacks.map(({ message }) => ({ level: 'warning', message: `${message}. Until then: ${without(config)}` }));
  const companyProperties = new Set(properties.value.map(({ name }) => name));
  const fine = allOf(
    wanted.length,
    'the company field is a property of companies',
    'company fields are properties of companies',
  );
  return [companies.finding, ...fits(context, { ...NOTHING_RELATED, companyProperties }, fine)];
}

/** Where no field comes from companies, so that nothing was said of them yet. */
async function checkCompanyOwners({ transport, config, needs }: SetupContext): Promise<Finding[]> {
  if (needs?.accountOwners !== true || Object.keys(config.company_fields).length > 0) return [];
  const { finding } = await tryOut({
    what: 'companies can be read, for who owns them',
    scope: 'crm.objects.companies.read',
    call: () => listOneCompany(transport),
  });
  if (finding.level !== 'problem') return [finding];
  return [{ level: 'warning', message: `${finding.message}. Until then: no lead goes to the owner of its company` }];
}

function without({ fields, company_fields }: HubspotConfig): string {
  const names = Object.keys(company_fields);
  const nowhere = names.filter((field) => !Object.hasOwn(fields, field));
  const empty = nowhere.length === 0 ? '' : `; nobody has ${nowhere.join(', ')}`;
  return `${names.join(', ')} come from contacts alone${empty}`;
}

async function checkLists(context: SetupContext): Promise<Finding[]> {
  const { config, transport } = context;
  const wanted = Object.keys(config.lists).length + Object.keys(config.nurture).length;
  if (wanted === 0) return [];
  const probe: Probe<RelatedAccess['lists']> = {
    what: 'lists can be read',
    scope: 'crm.lists.read',
    call: () => searchLists(transport, { kind: 'setup' }),
  };
  const { finding, value: lists } = await tryOut(probe);
  if (lists === undefined) return [finding];
  return [
    ...fits(context, { ...NOTHING_RELATED, lists }, allOf(wanted, 'the list is there', 'lists are there')),
    ...(await checkEnrolment(context, lists)),
  ];
}

/** Puts nobody on a list, which HubSpot may refuse as empty where it is allowed. */
async function checkEnrolment({ config, transport }: SetupContext, lists: RelatedAccess['lists']): Promise<Finding[]> {
  const [listId] = nurtureLists(config, lists).values();
  if (listId === undefined) return [];
  const { finding } = await tryOut({
    what: 'contacts can be put on lists',
    scope: 'crm.lists.write',
    empty: true,
    call: () => addToList(transport, { listId, contactIds: [], kind: 'setup' }),
  });
  return [finding];
}

function fits({ config, locate }: SetupContext, access: RelatedAccess, fine: string): Finding[] {
  const ofLists = access.companyProperties === 'unused';
  const about = ofLists ? { ...config, company_fields: {} } : { ...config, lists: {}, nurture: {} };
  const wrong = relatedProblems(about, access);
  if (wrong.length === 0) return [{ level: 'ok', message: fine }];
  return wrong.map((problem) => ({ level: 'problem', message: formatProblem(toConfigProblem(problem, locate)) }));
}
