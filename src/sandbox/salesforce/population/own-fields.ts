import type { NewField } from '../org/field.ts';
import type { Org } from '../org/org.ts';

/** What this org has made of its own on leads and contacts, long ago. */
const FIELDS: readonly NewField[] = [
  { name: 'Timeframe__c', label: 'Time Frame', type: 'string', length: 40 },
  { name: 'Product_Interest__c', label: 'Product Interest', type: 'string', length: 80 },
  { name: 'Email_Bounces__c', label: 'Email Bounces', type: 'double', precision: 9, scale: 0 },
];

/** Adds the custom fields of the org, which every profile shows and lets its users edit. */
export function addOwnFields(org: Org): void {
  const at = org.type('Organization').all[0]?.systemModstamp ?? org.now();
  const sets = org.type('PermissionSet').live();
  for (const object of ['Lead', 'Contact']) {
    for (const field of FIELDS) {
      org.addField(object, field);
      for (const { id } of sets) {
        const granted = { Field: `${object}.${field.name}`, PermissionsRead: true, PermissionsEdit: true };
        const values = { ParentId: id, SobjectType: object, ...granted };
        org.seed(org.type('FieldPermissions'), values, { created: at, modified: at });
      }
    }
  }
  org.access.forget();
}
