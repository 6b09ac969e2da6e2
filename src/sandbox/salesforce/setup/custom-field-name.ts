import { refusal } from '../http/salesforce-error.ts';
import type { ObjectType } from '../org/object-type.ts';
import type { Org } from '../org/org.ts';

/** Which object is to have the field, and what it is to be called. */
export interface CustomFieldName {
  readonly object: ObjectType;
  /** `Leadgauge_Score__c`. */
  readonly name: string;
  /** `Leadgauge_Score`. */
  readonly developerName: string;
}

/** Custom fields of tasks and events belong to an object of their own, Activity, which the sandbox does not have. */
const CUSTOMIZABLE = ['Lead', 'Contact', 'Account', 'Opportunity', 'Campaign', 'CampaignMember', 'User'];

const LONGEST = 40;

/** Reads `Lead.Leadgauge_Score__c`. @throws what Salesforce says of a name that cannot be */
export function readFullName(org: Org, fullName: string): CustomFieldName {
  const [objectName = '', name = '', ...rest] = fullName.split('.');
  const object = CUSTOMIZABLE.some((one) => one.toLowerCase() === objectName.toLowerCase())
    ? org.object(objectName)
    : undefined;
  if (object === undefined || rest.length > 0) {
    throw refusal(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `Entity Enumeration Or ID: bad value for restricted picklist field: ${objectName}`,
      { fields: ['TableEnumOrId'] },
    );
  }
  const developerName = name.replace(/__c$/i, '');
  if (!/__c$/.test(name) || !/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(developerName)) {
    throw refusal(
      'FIELD_INTEGRITY_EXCEPTION',
      'The Custom Field Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.',
      { fields: ['DeveloperName'] },
    );
  }
  if (developerName.length > LONGEST) {
    throw refusal(
      'STRING_TOO_LONG',
      `Custom Field Name: data value too large: ${developerName} (max length=${LONGEST})`,
      { fields: ['DeveloperName'] },
    );
  }
  return { object, name, developerName };
}
