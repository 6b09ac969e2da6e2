import type { ObjectType } from '../org/object-type.ts';
import type { Org } from '../org/org.ts';
import { describeField } from './describe-field.ts';
import { visibleFields } from './record-answer.ts';

interface Viewer {
  readonly userId: string;
  /** Of the API as in the path: `v68.0`. */
  readonly version: string;
}

/** What an object is, without its fields. */
export function describeBriefly(org: Org, type: ObjectType, { userId, version }: Viewer): Record<string, unknown> {
  const url = `/services/data/${version}/sobjects/${type.name}`;
  const may = (permission: 'Create' | 'Edit' | 'Delete') =>
    type.writable && org.access.mayReach(userId, type, permission);
  const deletable = may('Delete') && type.field('IsDeleted') !== undefined;
  const isPerson = MERGEABLE.has(type.name);
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: may('Create'),
    custom: type.name.endsWith('__c'),
    customSetting: false,
    deepCloneable: false,
    deletable,
    deprecatedAndHidden: false,
    feedEnabled: isPerson,
    hasSubtypes: type.name === 'Account' && org.settings.personAccounts,
    isInterface: false,
    isSubtype: false,
    keyPrefix: type.keyPrefix,
    label: type.label,
    labelPlural: type.labelPlural,
    layoutable: type.writable,
    mergeable: isPerson,
    mruEnabled: isPerson,
    name: type.name,
    queryable: true,
    replicateable: type.field('SystemModstamp') !== undefined,
    retrieveable: true,
    searchable: isPerson,
    triggerable: type.writable,
    undeletable: deletable,
    updateable: may('Edit'),
    urls: { describe: `${url}/describe`, rowTemplate: `${url}/{ID}`, sobject: url },
  };
}

/** What an object is, with the fields that this user sees: one without field-level access is not there. */
export function describeObject(org: Org, type: ObjectType, viewer: Viewer): Record<string, unknown> {
  const fields = visibleFields(org, viewer.userId, type).map((field) =>
    describeField(field, type.writable && org.access.canEdit(viewer.userId, type, field)),
  );
  return {
    actionOverrides: [],
    ...describeBriefly(org, type, viewer),
    childRelationships: childRelationships(org, type),
    compactLayoutable: type.writable,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields,
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [MASTER_RECORD_TYPE],
    searchLayoutable: type.writable,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [
      { label: `All ${type.labelPlural.toLowerCase()}`, name: 'everything' },
      { label: `My ${type.labelPlural.toLowerCase()}`, name: 'mine' },
    ],
  };
}

const MERGEABLE: ReadonlySet<string> = new Set(['Lead', 'Contact', 'Account']);

const MASTER_RECORD_TYPE = {
  active: true,
  available: true,
  defaultRecordTypeMapping: true,
  developerName: 'Master',
  master: true,
  name: 'Master',
  recordTypeId: '012000000000000AAA',
  urls: {},
};

function childRelationships(org: Org, parent: ObjectType): Record<string, unknown>[] {
  return org.objects().flatMap((child) =>
    child
      .fields()
      .filter(({ referenceTo }) => referenceTo.includes(parent.name))
      .map(({ name, childRelationship }) => ({
        cascadeDelete: false,
        childSObject: child.name,
        deprecatedAndHidden: false,
        field: name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: childRelationship ?? null,
        restrictedDelete: false,
      })),
  );
}
