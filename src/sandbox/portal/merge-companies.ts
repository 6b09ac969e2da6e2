import { seedCompany } from './companies.ts';
import type { Company } from './company.ts';
import { isForward } from './lifecycle.ts';
import type { Portal } from './portal.ts';
import type { Value } from './record.ts';
import { moveCompany } from './sales.ts';

const NEVER_MERGED = new Set(['hs_object_id', 'createdate', 'hs_lastmodifieddate', 'num_associated_contacts']);

/**
 * Makes one company of two: the primary's values where it has any, and the people of both. A new id is minted unless the
 * portal keeps the primary's; every old id leads to the company returned.
 */
export function mergeCompanies(portal: Portal, primary: Company, other: Company): Company {
  if (primary === other) throw new Error(`Company ${primary.id} cannot be merged with itself`);
  const { companies, companyTable } = portal;
  const at = portal.now();
  const keep = portal.settings.mergeKeepsId;
  const formerOf = (company: Company) => companyTable.textOf(company, 'hs_merged_object_ids')?.split(';') ?? [];
  const former = [...(keep ? [] : [primary.id]), other.id, ...formerOf(primary), ...formerOf(other)];
  const values = { ...combine(portal, primary, other), hs_merged_object_ids: former.join(';') };

  let result = primary;
  if (keep) companyTable.write(primary, values, { at });
  else {
    const created = [primary, other].map((company) => companyTable.numberOf(company, 'createdate') ?? at);
    result = seedCompany(portal, values, { created: Math.min(...created), modified: at });
  }
  for (const old of keep ? [other] : [primary, other]) {
    for (const contact of [...old.contacts]) {
      portal.write(contact, { associatedcompanyid: result.number }, 'CRM_UI', { at });
    }
    old.state = 'merged';
    moveCompany(portal.sales, old, result);
    companies.redirect(old, formerOf(old), result);
  }
  return result;
}

function combine({ companyTable }: Portal, primary: Company, other: Company): Record<string, Value | undefined> {
  const values: Record<string, Value | undefined> = {};
  for (const { name, slot, options } of companyTable.properties.all()) {
    if (NEVER_MERGED.has(name)) continue;
    const [own, theirs] = [primary.values[slot], other.values[slot]];
    const further = name === 'lifecyclestage' && own !== undefined && isForward(options, own, theirs);
    values[name] = further ? (theirs ?? own) : (own ?? theirs);
  }
  return values;
}
