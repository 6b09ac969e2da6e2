import { z } from 'zod';
import type { SalesforceApi } from '../api/api.ts';
import { queryTogether } from '../api/query.ts';
import { oneOf, oneOfTexts } from '../api/soql.ts';
import { throwNoSetup } from './tooling.ts';

/** What a permission set of the org grants now. */
export interface Granted {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** By `lead.leadgauge_score__c`. */
  readonly fields: ReadonlyMap<string, Grant>;
  /** By `lead`. */
  readonly objects: ReadonlyMap<string, Grant>;
  /** The assignments by the ids of the users who have it. */
  readonly users: ReadonlyMap<string, string>;
}

export interface Grant {
  readonly id: string;
  readonly mayEdit: boolean;
}

/**
 * The permission sets of these names, by their names in small letters; two calls.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionset.htm
 */
export async function readGranted(api: SalesforceApi, names: readonly string[]): Promise<ReadonlyMap<string, Granted>> {
  const call = { kind: 'setup' } as const;
  const named = `SELECT Id,Name,Description FROM PermissionSet WHERE Name IN ${oneOfTexts(names)}`;
  const [sets] = await queryTogether(api, [{ soql: named, row: setSchema }], call).catch(throwNoSetup);
  if (sets.length === 0) return new Map();
  const ids = oneOf(sets.map(({ Id }) => Id));
  const grant = 'Id,ParentId,PermissionsRead,PermissionsEdit';
  const [fields, objects, users] = await queryTogether(
    api,
    [
      { soql: `SELECT ${grant},Field FROM FieldPermissions WHERE ParentId IN ${ids}`, row: fieldSchema },
      { soql: `SELECT ${grant},SobjectType FROM ObjectPermissions WHERE ParentId IN ${ids}`, row: objectSchema },
      {
        soql: `SELECT Id,PermissionSetId,AssigneeId FROM PermissionSetAssignment WHERE PermissionSetId IN ${ids}`,
        row: userSchema,
      },
    ],
    call,
  ).catch(throwNoSetup);
  const granted = sets.map(({ Id, Name, Description }): Granted => {
    const own = fields.filter((each) => each.ParentId === Id);
    const ownObjects = objects.filter((each) => each.ParentId === Id);
    const assigned = users.filter((each) => each.PermissionSetId === Id);
    return {
      id: Id,
      name: Name,
      description: Description ?? '',
      fields: new Map(own.map((each) => [each.Field.toLowerCase(), grantOf(each)])),
      objects: new Map(ownObjects.map((each) => [each.SobjectType.toLowerCase(), grantOf(each)])),
      users: new Map(assigned.map((each) => [each.AssigneeId, each.Id])),
    };
  });
  return new Map(granted.map((set) => [set.name.toLowerCase(), set]));
}

const grantOf = ({ Id, PermissionsEdit }: { Id: string; PermissionsEdit: boolean }): Grant => ({
  id: Id,
  mayEdit: PermissionsEdit,
});

const setSchema = z.looseObject({ Id: z.string(), Name: z.string(), Description: z.string().nullish() });
const grantSchema = z.looseObject({ Id: z.string(), ParentId: z.string(), PermissionsEdit: z.boolean() });
const fieldSchema = grantSchema.extend({ Field: z.string() });
const objectSchema = grantSchema.extend({ SobjectType: z.string() });
const userSchema = z.looseObject({ Id: z.string(), PermissionSetId: z.string(), AssigneeId: z.string() });
