import { z } from 'zod';
import { RetryableError } from '../../../base/errors.ts';
import { dataPath, type SalesforceApi } from '../api/api.ts';
import { readAs } from '../api/read-as.ts';
import { longId } from '../api/record-id.ts';

/** Who leadgauge is signed in as, and where: ids of 18 characters. */
export interface CurrentUser {
  readonly userId: string;
  readonly orgId: string;
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_discoveryresource.htm */
export async function currentUser(api: SalesforceApi): Promise<CurrentUser> {
  const { body } = await api.call({ kind: 'setup', method: 'GET', path: dataPath('') });
  const { identity } = readAs(z.looseObject({ identity: z.string() }), body, 'a list of its resources');
  const [, orgId, userId] = /\/id\/(00D\w{12,15})\/(005\w{12,15})$/.exec(identity) ?? [];
  if (orgId === undefined || userId === undefined)
    throw new RetryableError('Salesforce does not tell who leadgauge is signed in as');
  return { userId: longId(userId), orgId: longId(orgId) };
}
