import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { type ApiCall, dataPath, type SalesforceApi } from './api.ts';
import { WRITE_HEADERS } from './collections.ts';
import { readAs } from './read-as.ts';

/**
 * Creates one record and returns its id. It is asked for once: where the answer got lost, look before trying again.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_sobject_create.htm
 * @throws SalesforceRefusal for a record that the org does not take.
 */
export async function createRecord(
  api: SalesforceApi,
  object: string,
  fields: Readonly<Record<string, unknown>>,
  { kind = 'write', ...options }: CallOptions & Partial<Pick<ApiCall, 'kind' | 'timeout'>> = {},
): Promise<string> {
  const { body } = await api.call({
    ...options,
    kind,
    method: 'POST',
    path: dataPath(`/sobjects/${object}`),
    body: fields,
    headers: WRITE_HEADERS,
  });
  return readAs(z.object({ id: z.string() }), body, 'a new record').id;
}
