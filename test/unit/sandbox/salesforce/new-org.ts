import { type People, peopleOf } from '../../../../src/sandbox/salesforce/org/acts/acts.ts';
import type { Org } from '../../../../src/sandbox/salesforce/org/org.ts';
import { createOrg, type NewOrg } from '../../../../src/sandbox/salesforce/population/create-org.ts';
import { evaluate } from '../../../../src/sandbox/salesforce/soql/evaluate.ts';
import { restRow } from '../../../../src/sandbox/salesforce/soql/rest-row.ts';
import { createTestClock, type TestClock } from '../../../support/test-clock.ts';

/** An empty org, the people in it, and a clock that stands still. */
export function newOrg(options: NewOrg = {}): { org: Org; people: People; clock: TestClock; api: { by: string } } {
  const clock = createTestClock();
  const org = createOrg({ clock, ...options });
  return { org, people: peopleOf(org), clock, api: { by: org.integrationUserId } };
}

/** Gives the API's user a permission set that grants these fields, such as `Lead.Score__c`. */
export function grant(org: Org, ...fields: string[]): void {
  const set = org.insert('PermissionSet', {
    Name: `Grants_${fields.length}_${org.type('PermissionSet').all.length}`,
    Label: 'Grants',
  });
  if (!set.success) throw new Error('no permission set');
  for (const field of fields) {
    const values = { ParentId: set.id, SobjectType: field.split('.')[0], Field: field, PermissionsEdit: true };
    const result = org.insert('FieldPermissions', values);
    if (!result.success) throw new Error(result.errors[0]?.message);
  }
  org.insert('PermissionSetAssignment', { PermissionSetId: set.id, AssigneeId: org.integrationUserId });
}

/** What REST answers to a query of the API's user, without `attributes`. */
export function query(org: Org, soql: string, options: { all?: boolean } = {}): unknown[] {
  const rows = evaluate(org, soql, { user: org.integrationUserId, ...options }).rows();
  return rows.map((row) => plain(restRow(row, '/services/data/v68.0')));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== 'attributes');
  return Object.fromEntries(entries.map(([name, inner]) => [name, plain(inner)]));
}
