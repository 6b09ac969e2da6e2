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
}

/** @throws SoqlError INVALID_TYPE where there is no such object, or none that this user may see */
export function scopeOf(org: Org, object: string, asking: Asking, alias?: string): Scope {
  const type = org.object(object);
  if (type === undefined || !org.access.mayReach(asking.user, type, 'Read')) {
    const custom =
      "If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.";
    throw new SoqlError('INVALID_TYPE', `sObject type '${object}' is not supported. ${custom}`);
  }
  return { org, type, asking, alias };
}

/** Whether a query shows it at all. */
export function isSeen({ asking }: Scope, record: SalesforceRecord): boolean {
  return !record.isPurged && (asking.all === true || !record.isDeleted);
}
