import { subjectOf } from '../org/field-history.ts';
import type { ObjectType } from '../org/object-type.ts';
import type { Org } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import { SoqlError } from './soql-error.ts';

export interface Asking {
  /** The id of the user who asks: what they may not see is not there. Undefined is the org itself. */
  readonly user: string | undefined;
  /** `queryAll`: those in the recycle bin, too. */
  readonly all?: boolean;
}

/** One object as one user sees it: what a query, or a query within a query, is about. */
export interface Scope {
  readonly org: Org;
  readonly type: ObjectType;
  readonly asking: Asking;
  /** What the query calls the object besides its name. */
  readonly alias: string | undefined;
  /** Of a history, whether a row is about a field that the user does not see; undefined of all other objects. */
  readonly hides: ((record: SalesforceRecord) => boolean) | undefined;
}

/** @throws SoqlError INVALID_TYPE where there is no such object, or none that this user may see */
export function scopeOf(org: Org, object: string, asking: Asking, alias?: string): Scope {
  const type = org.object(object);
  if (type === undefined || !org.access.mayReach(asking.user, type, 'Read')) {
    const custom =
      "If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.";
    throw new SoqlError('INVALID_TYPE', `sObject type '${object}' is not supported. ${custom}`);
  }
  return { org, type, asking, alias, hides: hiddenRows(org, type, asking) };
}

/** Whether a query shows it at all. */
export function isSeen({ asking, hides }: Scope, record: SalesforceRecord): boolean {
  return !record.isPurged && (asking.all === true || !record.isDeleted) && hides?.(record) !== true;
}

function hiddenRows(org: Org, { name }: ObjectType, { user }: Asking): Scope['hides'] {
  const subject = subjectOf(name);
  if (subject === undefined || user === undefined) return undefined;
  const type = org.type(subject);
  return (record) => {
    const about = record.text('Field') ?? '';
    const field = type.field(about) ?? type.field(`${about}Id`);
    return field !== undefined && !org.access.canRead(user, type, field);
  };
}
