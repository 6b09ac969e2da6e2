import type { Company } from '../../src/sandbox/sandbox.ts';
import { type Config, hubspotOf } from '../../src/settings/config.ts';
import type { Sales } from '../../src/settings/sales.ts';
import { editedConfig } from './edited-config.ts';
import { addProspect } from './people.ts';
import type { World } from './world.ts';

/** The config of this repository with an account score in its model, and no fields that come from companies. */
export function accountConfig(account = 'account: { of: total, roll_up: max }'): Config {
  return withoutCompanyFields(editedConfig((yaml) => `${yaml}\n${account}\n`));
}

export function withoutCompanyFields(config: Config): Config {
  const hubspot = hubspotOf(config);
  // Routing may ask for a company's owner.
  const sales: Sales = { ...config.sales, owner: ['existing', 'round_robin'] };
  return { ...config, sales, hubspot: { ...hubspot, value: { ...hubspot.value, company_fields: {} } } };
}

export function addCompany(world: World, name = 'acme'): Company {
  return world.sandbox.people.createCompany({ name, domain: `${name}.example` });
}

/** Somebody who fits and works there. */
export function addColleague(world: World, company: Company | undefined, name: string, extra = {}) {
  return addProspect(world, name, { ...(company && { associatedcompanyid: company.id }), ...extra });
}

/** What the company holds. */
export function accountScore({ sandbox }: World, company: Company, property = 'leadgauge_account_score') {
  return sandbox.portal.companyTable.valueOf(company, property);
}

/** Requests about companies that the sandbox has had, since `from` of them. */
export function companyRequests({ sandbox }: World): readonly string[] {
  return sandbox.requests
    .all()
    .map(({ method, path }) => `${method} ${path}`)
    .filter((line) => line.includes('/companies'));
}
