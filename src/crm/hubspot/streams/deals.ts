import type { CallOptions } from '../../crm.ts';
import { listOneSalesRecord, readPipelineLabels } from '../api/sales-records.ts';
import { ForbiddenError, RefusedError } from '../refusal.ts';
import type { Transport } from '../transport.ts';
import { type SalesSource, salesStream } from './sales-stream.ts';
import type { StreamKind } from './stream-kind.ts';

export const dealsKind: StreamKind = {
  key: 'deals',
  what: 'deals',
  scopes: ['crm.objects.contacts.read', 'crm.objects.deals.read'],
  delivers: ['deal-won'],
  probe: (transport) => listOneSalesRecord(transport, 'deals'),
  open: ({ transport }) => salesStream(transport, DEALS),
};

/** Won ones, by the name of their pipeline. https://developers.hubspot.com/docs/api-reference/latest/crm/objects/deals/guide */
const DEALS: SalesSource = {
  type: 'deals',
  name: 'deal-won',
  properties: ['hs_is_closed_won', 'pipeline'],
  times: ['closedate'],
  where: { hs_is_closed_won: 'true' },
  reader: (transport, options) => {
    let labels: ReturnType<typeof labelsOf> | undefined;
    return async ({ properties }) => {
      const pipeline = properties.pipeline?.trim();
      const isWon = properties.hs_is_closed_won?.toLowerCase() === 'true';
      if (!isWon || !pipeline) return { activity: { type: 'deal-won' }, withdrawn: !isWon };
      // Asked for anew with each window, as pipelines are renamed, and only where there is something to name.
      labels ??= labelsOf(transport, options);
      return { activity: { type: 'deal-won', name: (await labels).get(pipeline) || pipeline } };
    };
  },
};

/** A deal counts whatever its pipeline is called: where HubSpot does not tell, the id is its name. */
async function labelsOf(transport: Transport, options?: CallOptions): Promise<ReadonlyMap<string, string>> {
  try {
    return await readPipelineLabels(transport, options);
  } catch (error) {
    if (!(error instanceof ForbiddenError || error instanceof RefusedError)) throw error;
    transport.log?.warn('HubSpot does not tell what the pipelines of deals are called: they go by their ids');
    return new Map();
  }
}
