import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { dataPath, type SalesforceApi } from './api.ts';
import { readAs } from './read-as.ts';

/** `DailyApiRequests`, `DailyBulkV2QueryJobs` and so on: how much there is in all, and what is left. */
export type Limits = Readonly<Record<string, { readonly max: number; readonly remaining: number }>>;

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_limits.htm */
export async function readLimits(api: SalesforceApi, options: CallOptions = {}): Promise<Limits> {
  const { body } = await api.call({ ...options, kind: 'setup', method: 'GET', path: dataPath('/limits') });
  return readAs(schema, body, 'the limits of the org');
}

const schema = z.record(
  z.string(),
  z
    .object({ Max: z.number(), Remaining: z.number() })
    .transform(({ Max, Remaining }) => ({ max: Max, remaining: Remaining })),
);
