import { ConfigError } from '../base/errors.ts';
import { initProgress } from '../ledger/progress.ts';
import type { Connection } from './connection.ts';

/**
 * Notes whose portal this Redis knows of, or makes sure that it is this one: by what was learnt of another portal, every lead of this one
 * would be none, and be forgotten. Where the CRM does not tell its name, nothing is compared.
 * @throws ConfigError where the token is for another portal.
 */
export async function claimPortal({ crm, space }: Connection): Promise<void> {
  const portal = await crm.portalId();
  if (portal === undefined) return;
  const known = await initProgress(space, 'portal', portal);
  if (known === portal) return;
  throw new ConfigError(
    `this Redis holds what leadgauge knows of the portal ${known}, and the token is for the portal ${portal}: put the token of ${known} back, or give ${portal} a Redis of its own, such as another database of the same one (REDIS_URL=redis://127.0.0.1:6379/1)`,
  );
}
