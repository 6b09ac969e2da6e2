import type { SalesforceConfig } from '../../src/crm/salesforce/config.ts';
import type { Config } from '../../src/settings/config.ts';
import type { CrmFile } from '../../src/settings/crm-file.ts';
import { editedConfig } from './edited-config.ts';

/** Fields that an org has only where somebody made them. */
const CUSTOM = ['timeframe', 'product_interest', 'bounces'];

/** The config of this repository with both CRMs on, for an org that has no custom fields of its own. */
export function shippedConfig(): Config {
  const config = editedConfig((yaml) => yaml.replace(/^role: off$/m, 'role: both'), 'salesforce.yaml');
  const file = salesforceOf(config);
  const fields = Object.fromEntries(Object.entries(file.value.fields).filter(([name]) => !CUSTOM.includes(name)));
  return { ...config, salesforce: { ...file, value: { ...file.value, fields } } };
}

/** @throws Error where Salesforce is off. */
export function salesforceOf({ salesforce }: Config): CrmFile<SalesforceConfig> {
  if (salesforce !== undefined) return salesforce;
  throw new Error('Salesforce is off in this config');
}
