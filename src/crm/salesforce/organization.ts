import { LeadgaugeError } from '../../base/errors.ts';
import type { CallOptions } from '../crm.ts';
import type { SalesforceApi } from './api/api.ts';
import { queryTogether } from './api/query.ts';
import { longId } from './api/record-id.ts';
import { rowSchema, textOf } from './row.ts';

/** The id of the org, in 18 characters; undefined while Salesforce does not tell. Asked for once, and only when somebody wants to know. */
export type Organization = (options?: CallOptions) => Promise<string | undefined>;

export function organization(api: SalesforceApi): Organization {
  let id: Promise<string | undefined> | undefined;
  return async (options) => {
    id ??= readId(api, options);
    try {
      return await id;
    } catch (error) {
      id = undefined;
      if (!(error instanceof LeadgaugeError)) throw error;
      return undefined;
    }
  };
}

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm */
async function readId(api: SalesforceApi, options?: CallOptions): Promise<string | undefined> {
  const soql = 'SELECT Id FROM Organization';
  const [[row] = []] = await queryTogether(api, [{ soql, row: rowSchema }], { kind: 'setup', ...options });
  const id = row === undefined ? undefined : textOf(row, 'Id');
  return id === undefined ? undefined : longId(id);
}
