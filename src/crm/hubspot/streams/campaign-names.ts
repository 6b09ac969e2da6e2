import type { CallOptions } from '../../crm.ts';
import { readCampaignName } from '../api/email-events.ts';
import { ForbiddenError, RefusedError } from '../refusal.ts';
import type { Transport } from '../transport.ts';

/** What marketing calls the e-mail with this id of a campaign; undefined where HubSpot does not tell. */
export type CampaignNames = (id: number, options?: CallOptions) => Promise<string | undefined>;

/** One call for each campaign that this process ever meets. A failure that may pass is thrown and not remembered. */
export function campaignNames(transport: Transport): CampaignNames {
  const names = new Map<number, Promise<string | undefined>>();
  return (id, options) => {
    const name = names.get(id) ?? nameOf(transport, id, options);
    names.set(id, name);
    name.catch(() => names.delete(id));
    return name;
  };
}

/** An e-mail that was deleted, or may not be read, has no name, and what people did with it counts all the same. */
async function nameOf(transport: Transport, id: number, options?: CallOptions): Promise<string | undefined> {
  try {
    return await readCampaignName(transport, id, options);
  } catch (error) {
    if (error instanceof RefusedError || error instanceof ForbiddenError) return undefined;
    throw error;
  }
}
