import type { RelatedRecords } from '../crm.ts';
import type { Company } from './api/companies.ts';
import { listCompanyContacts } from './api/company-contacts.ts';
import { COMPANY, companyProperties, companyVersion } from './company-fields.ts';
import type { HubspotConfig } from './config.ts';
import { readTime } from './outputs.ts';
import { PATHS } from './paths.ts';
import { SEARCH_LATENESS, searchWindow } from './search-window.ts';
import type { Transport } from './transport.ts';

/** Contacts have lastmodifieddate instead. */
const CHANGED = 'hs_lastmodifieddate';

/** Companies as far as fields of their contacts come from them. */
export function companyChanges(transport: Transport, config: HubspotConfig): RelatedRecords {
  const properties = [CHANGED, ...companyProperties(config)];
  return {
    name: COMPANY,
    ...SEARCH_LATENESS,
    async *changed(window, options) {
      const within = [{ property: CHANGED, window }];
      for await (const companies of searchWindow(transport, { path: PATHS.companySearch, within, properties }, options))
        yield companies.map((company) => ({
          id: company.id,
          version: companyVersion(config, company),
          changedAt: changeTime(company) ?? window.to,
        }));
    },
    // All who are associated, primary company or not: to those it is not the primary one of, it changes nothing.
    leadsOf: (ids, options) => listCompanyContacts(transport, ids, options),
  };
}

function changeTime({ properties, updatedAt }: Company): number | undefined {
  return readTime(properties[CHANGED]) ?? readTime(updatedAt);
}
