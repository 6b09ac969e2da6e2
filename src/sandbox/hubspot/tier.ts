import { HubSpotError } from '../http/answer.ts';
import type { Portal, Tier } from '../portal/portal.ts';

const TIERS: readonly Tier[] = ['free', 'starter', 'professional', 'enterprise'];

/**
 * @param what as in "… need an Enterprise subscription"
 * @throws HubSpotError 403 where the account has a lower edition than this
 */
export function needTier({ settings }: Portal, tier: Tier, what: string): void {
  if (TIERS.indexOf(settings.tier) >= TIERS.indexOf(tier)) return;
  const name = tier.replace(/^./, (letter) => letter.toUpperCase());
  const message = `The account does not have access to ${what}: they need a subscription of the ${name} edition.`;
  throw new HubSpotError(403, 'FORBIDDEN', message);
}
