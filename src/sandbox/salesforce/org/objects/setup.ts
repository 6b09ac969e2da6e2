import type { NewField } from '../field.ts';
import type { ObjectDefinition } from '../object-type.ts';
import { flag, number, ONCE, pick, READ_ONLY, reference, system, text, time } from './fields.ts';

const SORTED: NewField[] = [
  text('MasterLabel', 'Master Label', 255),
  text('ApiName', 'API Name', 255),
  number('SortOrder', 'Sort Order'),
];

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_leadstatus.htm */
export const LEAD_STATUS: ObjectDefinition = {
  name: 'LeadStatus',
  label: 'Lead Status Value',
  labelPlural: 'Lead Status Values',
  keyPrefix: '01J',
  writable: false,
  fields: [
    ...system({ deletable: false }),
    ...SORTED,
    flag('IsDefault', 'Is Default'),
    flag('IsConverted', 'Is Converted'),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitystage.htm */
export const OPPORTUNITY_STAGE: ObjectDefinition = {
  name: 'OpportunityStage',
  label: 'Opportunity Stage',
  labelPlural: 'Opportunity Stages',
  keyPrefix: '01K',
  writable: false,
  fields: [
    ...system({ deletable: false }),
    ...SORTED,
    flag('IsActive', 'Is Active'),
    flag('IsClosed', 'Closed'),
    flag('IsWon', 'Won'),
    { name: 'DefaultProbability', label: 'Probability (%)', type: 'percent', precision: 3 },
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm */
export const ORGANIZATION: ObjectDefinition = {
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  writable: false,
  fields: [
    ...system({ deletable: false }),
    text('Name', 'Name', 80),
    text('OrganizationType', 'Edition', 40),
    text('InstanceName', 'Instance Name', 5),
    flag('IsSandbox', 'Is Sandbox'),
    text('NamespacePrefix', 'Namespace Prefix', 15),
    time('TrialExpirationDate', 'Trial Expiration Date'),
    text('TimeZoneSidKey', 'Time Zone', 40),
    text('LanguageLocaleKey', 'Language', 40),
  ],
};

export const PROFILE: ObjectDefinition = {
  name: 'Profile',
  label: 'Profile',
  labelPlural: 'Profiles',
  keyPrefix: '00e',
  writable: false,
  fields: [...system({ deletable: false }), text('Name', 'Name', 255)],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionset.htm */
export const PERMISSION_SET: ObjectDefinition = {
  name: 'PermissionSet',
  label: 'Permission Set',
  labelPlural: 'Permission Sets',
  keyPrefix: '0PS',
  fields: [
    ...system({ deletable: false }),
    text('Name', 'Permission Set Name', 80, { required: true, unique: true }),
    text('Label', 'Permission Set Label', 80, { required: true }),
    text('Description', 'Description', 255),
    flag('IsCustom', 'Custom', { ...READ_ONLY, defaultValue: true }),
    flag('IsOwnedByProfile', 'Is Owned By Profile', READ_ONLY),
    reference('ProfileId', 'Profile ID', ['Profile'], READ_ONLY),
    text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionsetassignment.htm */
export const PERMISSION_SET_ASSIGNMENT: ObjectDefinition = {
  name: 'PermissionSetAssignment',
  label: 'Permission Set Assignment',
  labelPlural: 'Permission Set Assignments',
  keyPrefix: '0Pa',
  fields: [
    { name: 'Id', label: 'Permission Set Assignment ID', type: 'id', ...READ_ONLY },
    time('SystemModstamp', 'System Modstamp', READ_ONLY),
    reference('PermissionSetId', 'Permission Set ID', ['PermissionSet'], {
      ...ONCE,
      required: true,
      childRelationship: 'Assignments',
    }),
    reference('AssigneeId', 'Assignee ID', ['User'], {
      ...ONCE,
      required: true,
      childRelationship: 'PermissionSetAssignments',
    }),
    flag('IsActive', 'Is Active', { ...READ_ONLY, defaultValue: true }),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_fieldpermissions.htm */
export const FIELD_PERMISSIONS: ObjectDefinition = {
  name: 'FieldPermissions',
  label: 'Field Permissions',
  labelPlural: 'Field Permissions',
  keyPrefix: '01k',
  fields: [
    { name: 'Id', label: 'Field Permissions ID', type: 'id', ...READ_ONLY },
    time('SystemModstamp', 'System Modstamp', READ_ONLY),
    reference('ParentId', 'Parent ID', ['PermissionSet'], { ...ONCE, required: true, childRelationship: 'FieldPerms' }),
    text('SobjectType', 'Sobject Type Name', 40, { ...ONCE, required: true }),
    text('Field', 'Field Name', 255, { ...ONCE, required: true }),
    flag('PermissionsRead', 'Read Field'),
    flag('PermissionsEdit', 'Edit Field'),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_objectpermissions.htm */
export const OBJECT_PERMISSIONS: ObjectDefinition = {
  name: 'ObjectPermissions',
  label: 'Object Permissions',
  labelPlural: 'Object Permissions',
  keyPrefix: '110',
  fields: [
    { name: 'Id', label: 'Object Permissions ID', type: 'id', ...READ_ONLY },
    time('SystemModstamp', 'System Modstamp', READ_ONLY),
    reference('ParentId', 'Parent ID', ['PermissionSet'], {
      ...ONCE,
      required: true,
      childRelationship: 'ObjectPerms',
    }),
    pick('SobjectType', 'Sobject Type Name', [], { ...ONCE, required: true }),
    ...['Create', 'Read', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords'].map((permission) =>
      flag(`Permissions${permission}`, permission),
    ),
  ],
};
