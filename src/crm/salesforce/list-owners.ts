import { z } from 'zod';
import { isTimeZone } from '../../base/local-time.ts';
import { normaliseEmail } from '../../leads/email.ts';
import type { CallOptions, Owner } from '../crm.ts';
import type { SalesforceApi } from './api/api.ts';
import { queryPages } from './api/query.ts';

/**
 * Every user who can own leads, in the order of their ids: those of the company and of its partners, and none of Chatter alone, of
 * customers' portals and of automations. One call for each 2,000.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm
 */
export async function listOwners(api: SalesforceApi, options?: CallOptions): Promise<Owner[]> {
  const owners: Owner[] = [];
  for await (const page of queryPages(api, USERS, userSchema, { kind: 'read', ...options })) owners.push(...page);
  return owners;
}

const USERS =
  "SELECT Id,Email,IsActive,TimeZoneSidKey,ManagerId FROM User WHERE UserType IN ('Standard','PowerPartner') ORDER BY Id";

const userSchema = z
  .looseObject({
    Id: z.string(),
    Email: z.string().nullish(),
    IsActive: z.boolean(),
    TimeZoneSidKey: z.string().nullish(),
    ManagerId: z.string().nullish(),
  })
  .transform(({ Id: id, Email, IsActive: isActive, TimeZoneSidKey: timeZone, ManagerId: managerId }): Owner => {
    const email = normaliseEmail(Email ?? undefined);
    return {
      id,
      isActive,
      ...(email === undefined ? {} : { email }),
      // Salesforce has names that others do not know, or not any more.
      ...(timeZone && isTimeZone(timeZone) ? { timeZone } : {}),
      ...(managerId ? { managerId } : {}),
    };
  });
