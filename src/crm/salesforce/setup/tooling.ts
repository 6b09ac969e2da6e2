import { z } from 'zod';
import { ConfigError } from '../../../base/errors.ts';
import { dataPath, type SalesforceApi } from '../api/api.ts';
import { SalesforceRefusal } from '../api/error-table.ts';
import { readAs } from '../api/read-as.ts';
import { oneOfTexts } from '../api/soql.ts';
import type { FieldMetadata } from './field-metadata.ts';
import type { SetupObject } from './wanted-fields.ts';

/** A custom field as the Tooling API lists it: also one that nobody may see. */
export interface CustomField {
  readonly id: string;
  readonly object: SetupObject;
  /** `Leadgauge_Score__c`, with the prefix of its package where it has one. */
  readonly name: string;
}

/**
 * Every custom field of these objects, whoever may see it.
 * https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_customfield.htm
 * @throws ConfigError where our user may not look at the set-up of the org.
 */
export async function listCustomFields(api: SalesforceApi, objects: readonly SetupObject[]): Promise<CustomField[]> {
  const soql = `SELECT Id,DeveloperName,NamespacePrefix,TableEnumOrId FROM CustomField WHERE TableEnumOrId IN ${oneOfTexts(objects)}`;
  const fields: CustomField[] = [];
  let path: string | undefined = `${dataPath('/tooling/query')}?q=${encodeURIComponent(soql)}`;
  while (path !== undefined) {
    const { body } = await api.call({ kind: 'setup', method: 'GET', path }).catch(throwNoSetup);
    const page: { rows: z.output<typeof rowSchema>[]; next: string | undefined } = readToolingPage(body);
    for (const { Id, DeveloperName, NamespacePrefix, TableEnumOrId } of page.rows) {
      const object = objects.find((each) => each === TableEnumOrId);
      const prefix = NamespacePrefix ? `${NamespacePrefix}__` : '';
      if (object !== undefined) fields.push({ id: Id, object, name: `${prefix}${DeveloperName}__c` });
    }
    path = page.next;
  }
  return fields;
}

const rowSchema = z.looseObject({
  Id: z.string(),
  DeveloperName: z.string(),
  NamespacePrefix: z.string().nullish(),
  TableEnumOrId: z.string(),
});

const pageSchema = z.object({ done: z.boolean(), nextRecordsUrl: z.string().nullish(), records: z.array(rowSchema) });

function readToolingPage(body: unknown) {
  const { done, nextRecordsUrl, records } = readAs(pageSchema, body, 'a query of the set-up');
  return { rows: records, next: done ? undefined : (nextRecordsUrl ?? undefined) };
}

const CUSTOM_FIELD = '/tooling/sobjects/CustomField';

/** Makes `Lead.Leadgauge_Score__c`. Until a permission set grants it, nobody sees the field, its maker included. */
export async function createCustomField(api: SalesforceApi, name: string, metadata: FieldMetadata): Promise<void> {
  const body = { FullName: name, Metadata: metadata };
  await api.call({ kind: 'setup', method: 'POST', path: dataPath(CUSTOM_FIELD), body }).catch(throwNoSetup);
}

/** What a field is made of, as the Tooling API tells it of one field at a time. */
export const metadataSchema = z.looseObject({
  label: z.string().nullish(),
  type: z.string().nullish(),
  length: z.number().nullish(),
  description: z.string().nullish(),
  formula: z.string().nullish(),
  summaryOperation: z.string().nullish(),
  required: z.boolean().nullish(),
  valueSet: z
    .looseObject({
      valueSetDefinition: z
        .looseObject({
          value: z.array(z.looseObject({ valueName: z.string(), isActive: z.boolean().nullish() })),
        })
        .nullish(),
    })
    .nullish(),
});
export type ToldMetadata = z.output<typeof metadataSchema>;

export async function readCustomField(api: SalesforceApi, id: string): Promise<ToldMetadata> {
  const path = dataPath(`${CUSTOM_FIELD}/${id}`);
  const { body } = await api.call({ kind: 'setup', method: 'GET', path }).catch(throwNoSetup);
  return readAs(z.looseObject({ Metadata: metadataSchema }), body, 'a custom field').Metadata;
}

/** Takes the place of all that was said of the field before. */
export async function updateCustomField(api: SalesforceApi, id: string, metadata: object): Promise<void> {
  const path = dataPath(`${CUSTOM_FIELD}/${id}`);
  await api.call({ kind: 'setup', method: 'PATCH', path, body: { Metadata: metadata } }).catch(throwNoSetup);
}

/** With all values that records hold in it; Salesforce keeps them for 15 days. */
export async function deleteCustomField(api: SalesforceApi, id: string): Promise<void> {
  await api.call({ kind: 'setup', method: 'DELETE', path: dataPath(`${CUSTOM_FIELD}/${id}`) });
}

/** For `catch`: who may not change the set-up is told how else it is done. */
export function throwNoSetup(error: unknown): never {
  const denied =
    error instanceof SalesforceRefusal &&
    error.codes.some((code) => /^(?:INSUFFICIENT_ACCESS|INVALID_TYPE)/.test(code));
  if (!denied) throw error;
  throw new ConfigError(
    'the integration user may not change the set-up of the org: give it the permissions "Customize Application", "View Setup and Configuration" and "Manage Profiles and Permission Sets" for the time of the set-up, or have an administrator deploy the source folder that "leadgauge setup" writes',
  );
}
