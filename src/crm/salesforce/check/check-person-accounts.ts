import type { Finding } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { describeObject, type ObjectDescription } from '../api/describe.ts';
import { SalesforceRefusal } from '../api/error-table.ts';
import { tellsOfPersonAccounts } from '../setup/person-accounts.ts';

/** Whether our user may write to person accounts: the fields of contacts, which it may write, do not tell. */
export async function checkPersonAccounts(
  api: SalesforceApi,
  contact: ObjectDescription,
  account: ObjectDescription | undefined,
): Promise<Finding[]> {
  if (!tellsOfPersonAccounts(contact)) return [];
  const seen = account ?? (await describeObject(api, 'Account').catch(unseen));
  return seen?.updateable === true ? [] : [{ level: 'problem', message: MAY_NOT }];
}

const MAY_NOT =
  'the org has person accounts, which are written to as accounts, and the integration user may not edit accounts: run "leadgauge setup", or deploy what "leadgauge setup salesforce --project --person-accounts" writes';

/** For `catch`. */
function unseen(error: unknown): undefined {
  if (!(error instanceof SalesforceRefusal)) throw error;
}
