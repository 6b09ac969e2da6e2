import { z } from 'zod';
import { RetryableError } from '../../../base/errors.ts';
import type { SalesforceApi } from '../api/api.ts';
import { queryPages } from '../api/query.ts';

export interface OrganizationFacts {
  /** Such as `Enterprise Edition`. */
  readonly edition: string;
  readonly isSandbox: boolean;
}

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm */
export async function readOrganization(api: SalesforceApi): Promise<OrganizationFacts> {
  const soql = 'SELECT OrganizationType,IsSandbox FROM Organization';
  for await (const [row] of queryPages(api, soql, schema, { kind: 'setup' }))
    if (row !== undefined) return { edition: row.OrganizationType, isSandbox: row.IsSandbox };
  throw new RetryableError('Salesforce does not tell of the org');
}

const schema = z.looseObject({ OrganizationType: z.string(), IsSandbox: z.boolean() });
