import type { ObjectDefinition } from '../object-type.ts';
import { flag, READ_ONLY, reference, text, time } from './fields.ts';

/** The values are of any type, as the fields are that they were in: here they are texts, and stand for themselves. */
function historyObject(subject: string, keyPrefix: string): ObjectDefinition {
  return {
    name: `${subject}History`,
    label: `${subject} History`,
    labelPlural: `${subject} History`,
    keyPrefix,
    writable: false,
    fields: [
      { name: 'Id', label: 'History ID', type: 'id', ...READ_ONLY },
      flag('IsDeleted', 'Deleted', READ_ONLY),
      reference(`${subject}Id`, `${subject} ID`, [subject], { ...READ_ONLY, childRelationship: 'Histories' }),
      reference('CreatedById', 'Created By ID', ['User'], READ_ONLY),
      time('CreatedDate', 'Created Date', READ_ONLY),
      text('Field', 'Changed Field', 255, READ_ONLY),
      text('DataType', 'Datatype', 40, READ_ONLY),
      text('OldValue', 'Old Value', 255, READ_ONLY),
      text('NewValue', 'New Value', 255, READ_ONLY),
    ],
  };
}

/** In Salesforce the ids of all histories begin alike. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_leadhistory.htm */
export const LEAD_HISTORY = historyObject('Lead', '017');
/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_associated_objects_history.htm */
export const CONTACT_HISTORY = historyObject('Contact', '01h');
