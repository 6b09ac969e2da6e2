import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { dataPath, type SalesforceApi } from './api.ts';
import { readAs } from './read-as.ts';

/**
 * What our user may see of an object: a field that their permissions hide is absent.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm
 * @throws SalesforceRefusal (NOT_FOUND) for an object that is not there, or not for our user.
 */
export async function describeObject(
  api: SalesforceApi,
  name: string,
  options: CallOptions = {},
): Promise<ObjectDescription> {
  const path = dataPath(`/sobjects/${encodeURIComponent(name)}/describe`);
  const { body } = await api.call({ ...options, kind: 'setup', method: 'GET', path });
  return readAs(objectSchema, body, `the description of ${name}`);
}

const picklistValue = z.object({ value: z.string(), active: z.boolean(), label: z.string().nullish() });

const field = z.object({
  name: z.string(),
  label: z.string(),
  /** `string`, `double`, `picklist`, `multipicklist`, `boolean`, `datetime`, `reference` and so on. */
  type: z.string(),
  /** `richtextarea` for a long text that is kept as HTML. */
  extraTypeInfo: z.string().nullish(),
  /** Of texts, in characters. */
  length: z.number(),
  updateable: z.boolean(),
  nillable: z.boolean(),
  calculated: z.boolean(),
  picklistValues: z
    .array(picklistValue)
    .nullish()
    .transform((values) => values ?? []),
});
export type FieldDescription = z.output<typeof field>;

const objectSchema = z.object({
  name: z.string(),
  /** Whether our user may create records of it. */
  createable: z.boolean().optional(),
  /** Whether our user may change records of it. */
  updateable: z.boolean().optional(),
  fields: z.array(field),
});
export type ObjectDescription = z.output<typeof objectSchema>;
