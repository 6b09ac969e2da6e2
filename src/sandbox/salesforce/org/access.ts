import type { Field } from './field.ts';
import { subjectOf } from './field-history.ts';
import type { ObjectType } from './object-type.ts';
import { PROFILES, type Profile } from './users.ts';

export type Permission = 'Read' | 'Create' | 'Edit' | 'Delete';

interface Granted {
  /** `lead.leadgauge_score__c`: those that may be read, and those that may be written. */
  readonly read: ReadonlySet<string>;
  readonly edit: ReadonlySet<string>;
  /** `lead.Read`. */
  readonly objects: ReadonlySet<string>;
}

/** Where permission sets and their assignments are kept. */
interface Objects {
  object(name: string): ObjectType | undefined;
}

/**
 * Field-level security: a standard field is seen by everybody, a custom one by those alone to whom a permission set gives it,
 * whoever made it. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_fieldpermissions.htm
 */
export class Access {
  readonly #objects: Objects;
  readonly #granted = new Map<string, Granted>();
  readonly #hidden = new Set<string>();

  constructor(objects: Objects) {
    this.#objects = objects;
  }

  /** Takes a standard field away from everybody, as an administrator may. */
  hide(type: string, field: string): void {
    this.#hidden.add(`${type}.${field}`.toLowerCase());
  }

  /** Whether this user sees the field; undefined is the org itself, which sees everything. */
  canRead(userId: string | undefined, type: ObjectType, field: Field): boolean {
    if (userId === undefined) return true;
    const key = keyOf(type, field);
    return field.custom ? this.#of(userId).read.has(key) : !this.#hidden.has(key);
  }

  /** Whether this user may write the field, if anybody may. */
  canEdit(userId: string | undefined, type: ObjectType, field: Field): boolean {
    if (userId === undefined) return true;
    const key = keyOf(type, field);
    return field.custom ? this.#of(userId).edit.has(key) : !this.#hidden.has(key);
  }

  /** Whether this user may do that with the records of this object. */
  mayReach(userId: string | undefined, type: ObjectType, permission: Permission): boolean {
    if (userId === undefined || this.profileOf(userId).allObjects) return true;
    // Who may read a record may read its history.
    const name = subjectOf(type.name) ?? type.name;
    if (!GUARDED.has(name)) return true;
    const [object, needed] = name === 'CampaignMember' ? memberAccess(permission) : [name, permission];
    return this.#of(userId).objects.has(`${object.toLowerCase()}.${needed}`);
  }

  /** May change fields and permission sets. */
  maySetUp(userId: string | undefined): boolean {
    return userId === undefined || this.profileOf(userId).setup;
  }

  profileOf(userId: string): Profile {
    const profileId = this.#objects.object('User')?.find(userId)?.text('ProfileId');
    const name = profileId === undefined ? undefined : this.#objects.object('Profile')?.find(profileId)?.get('Name');
    return PROFILES.find((profile) => profile.name === name) ?? { name: '', allObjects: false, setup: false };
  }

  /** To be called when permission sets, what they grant or who has them has changed. */
  forget(): void {
    this.#granted.clear();
  }

  #of(userId: string): Granted {
    let granted = this.#granted.get(userId);
    if (granted === undefined) {
      granted = this.#gather(userId);
      this.#granted.set(userId, granted);
    }
    return granted;
  }

  /** The ids of those that are assigned to the user, and of the one that the user's profile owns. */
  #setsOf(userId: string): readonly string[] {
    const assigned = this.#objects.object('PermissionSetAssignment')?.where('AssigneeId', userId) ?? [];
    const profileId = this.#objects.object('User')?.find(userId)?.text('ProfileId');
    const owned =
      profileId === undefined ? [] : (this.#objects.object('PermissionSet')?.where('ProfileId', profileId) ?? []);
    return [...assigned.flatMap((each) => each.text('PermissionSetId') ?? []), ...owned.map(({ id }) => id)];
  }

  #gather(userId: string): Granted {
    const [read, edit, objects] = [new Set<string>(), new Set<string>(), new Set<string>()];
    for (const setId of this.#setsOf(userId)) {
      for (const one of this.#objects.object('FieldPermissions')?.where('ParentId', setId) ?? []) {
        const key = (one.text('Field') ?? '').toLowerCase();
        if (one.flag('PermissionsRead')) read.add(key);
        if (one.flag('PermissionsEdit')) edit.add(key);
      }
      for (const one of this.#objects.object('ObjectPermissions')?.where('ParentId', setId) ?? []) {
        const object = (one.text('SobjectType') ?? '').toLowerCase();
        for (const permission of ['Read', 'Create', 'Edit', 'Delete'] as const) {
          if (one.flag(`Permissions${permission}`)) objects.add(`${object}.${permission}`);
        }
      }
    }
    return { read, edit, objects };
  }
}

/**
 * A campaign's members follow the campaign, and who may read it may put people into it.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_campaignmember.htm
 */
function memberAccess(permission: Permission): readonly [object: string, permission: Permission] {
  return ['Campaign', permission === 'Read' || permission === 'Create' ? 'Read' : 'Edit'];
}

/** What an API-only profile does not reach by itself. */
const GUARDED = new Set([
  'Lead',
  'Contact',
  'Account',
  'Campaign',
  'CampaignMember',
  'Opportunity',
  'OpportunityContactRole',
]);

/** A person account shows fields of its contact: who sees the one sees the other. */
function keyOf(type: ObjectType, field: Field): string {
  return (field.mirrors === undefined ? `${type.name}.${field.name}` : `Contact.${field.mirrors}`).toLowerCase();
}
