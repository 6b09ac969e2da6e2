import { z } from 'zod';

/** Letters, digits and single underscores, perhaps behind the prefix of a package and before `__c`. */
const API_NAME = /^(?:[A-Za-z][A-Za-z0-9]{0,14}__)?[A-Za-z](?:_?[A-Za-z0-9])*(?:__p?c)?$/;

/** How long the name of a custom field may be, before its `__c`. */
export const LONGEST_NAME = 40;

/** A field as Salesforce names it under Setup, Object Manager, "Fields & Relationships", in the column "Field Name". */
export const fieldName = z
  .string()
  .max(80)
  .regex(API_NAME, {
    error: 'write the field name (API name) of a Salesforce field: letters, digits and _, such as Title or Budget__c',
  })
  .meta({ description: 'The API name of a Salesforce field, such as Title or Budget__c.' });

/** A field that people made: leadgauge writes to no other. */
export const customFieldName = z
  .string()
  .max(80)
  .regex(/^(?:[A-Za-z][A-Za-z0-9]{0,14}__)?[A-Za-z](?:_?[A-Za-z0-9])*__c$/, {
    error: 'write the API name of a custom field, which ends in __c, such as Leadgauge_Score__c',
  })
  .meta({ description: 'The API name of a custom field, such as Leadgauge_Score__c.' });

/** On a contact, a field may also be one of its account. */
export const contactFieldName = z
  .string()
  .max(90)
  .refine((text) => API_NAME.test(text.replace(/^Account\./, '')), {
    error:
      'write the API name of a field of contacts, or one of their account with Account. before it: Account.Industry',
  })
  .meta({ description: 'The API name of a field of contacts, such as Title, or of their account: Account.Industry.' });

/** `mql_at` of the model `new-services` is `Leadgauge_New_Services_MQL_At__c`; of the main model `Leadgauge_MQL_At__c`. */
export function defaultName(key: string, model = ''): string {
  const words = [model, key].flatMap((part) => part.split(/[-_]/)).filter((word) => word !== '');
  return `Leadgauge_${words.map(capitalised).join('_')}__c`;
}

function capitalised(word: string): string {
  return word === 'mql' ? 'MQL' : `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
