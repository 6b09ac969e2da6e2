import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { pageSchema } from './contacts.ts';

/** What sales keeps about contacts, by HubSpot's names. */
export type SalesType = 'meetings' | 'calls' | 'emails' | 'deals';

/** One of them, if there is any: whether this is allowed. https://developers.hubspot.com/docs/api-reference/latest/crm/activities/meetings/guide */
export async function listOneSalesRecord(transport: Transport, type: SalesType): Promise<void> {
  const query = { limit: '1', properties: 'hs_object_id', archived: 'false' };
  const path = `${PATHS.objects}/${type}`;
  await transport.call({ kind: 'setup', method: 'GET', path, query, schema: pageSchema });
}

const pipelinesSchema = z.object({ results: z.array(z.object({ id: z.string(), label: z.string() })) });

/** What the pipelines of deals are called, by their ids. https://developers.hubspot.com/docs/api-reference/latest/crm/pipelines/guide */
export async function readPipelineLabels(
  transport: Transport,
  options?: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  const call = { kind: 'activity', method: 'GET', path: PATHS.dealPipelines, schema: pipelinesSchema } as const;
  const { results } = await transport.call(call, options);
  return new Map(results.map(({ id, label }) => [id, label.trim()]));
}
