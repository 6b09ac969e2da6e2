import { type MetadataElement, metadataXml } from '../definitions/metadata-xml.ts';
import type { WantedSet } from '../setup/permission-sets.ts';

/** https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm */
export function permissionSetXml({ label, description, fields, objects }: WantedSet): string {
  return metadataXml('PermissionSet', [
    ['description', description],
    ...inOrder(fields).map(([field, mayEdit]): MetadataElement => {
      const access: MetadataElement[] = [
        ['editable', String(mayEdit)],
        ['field', field],
        ['readable', 'true'],
      ];
      return ['fieldPermissions', access];
    }),
    ['hasActivationRequired', 'false'],
    ['label', label],
    ...inOrder(objects).map(([object, mayEdit]): MetadataElement => {
      const access: MetadataElement[] = [
        ['allowCreate', 'false'],
        ['allowDelete', 'false'],
        ['allowEdit', String(mayEdit)],
        ['allowRead', 'true'],
        ['modifyAllRecords', 'false'],
        ['object', object],
        ['viewAllRecords', 'false'],
      ];
      return ['objectPermissions', access];
    }),
  ]);
}

function inOrder(access: ReadonlyMap<string, boolean>): (readonly [string, boolean])[] {
  return [...access].sort(([one], [other]) => (one < other ? -1 : 1));
}
