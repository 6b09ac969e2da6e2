import type { SalesforceApi } from '../api/api.ts';
import { describeObject, type ObjectDescription } from '../api/describe.ts';
import { SalesforceRefusal } from '../api/error-table.ts';
import { PERSON_ACCOUNT } from '../to-lead.ts';

/** Other orgs do not have the field. */
export const tellsOfPersonAccounts = ({ fields }: Pick<ObjectDescription, 'fields'>) =>
  fields.some(({ name }) => name === PERSON_ACCOUNT);

/** Whether the org has person accounts, as far as our user may see contacts: before the first set-up it may not. */
export async function hasPersonAccounts(api: SalesforceApi): Promise<boolean> {
  try {
    return tellsOfPersonAccounts(await describeObject(api, 'Contact'));
  } catch (error) {
    if (error instanceof SalesforceRefusal) return false;
    throw error;
  }
}
