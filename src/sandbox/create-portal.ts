import { type Clock, systemClock } from '../base/clock.ts';
import { populate } from './population/populate.ts';
import { Portal, type PortalSettings } from './portal/portal.ts';

export interface NewPortal extends Partial<PortalSettings> {
  readonly clock?: Clock;
  /** How many contacts to begin with; none unless told. */
  readonly leads?: number;
  /** The same seed, number of leads and present time make the same portal. */
  readonly seed?: number;
  /** The present of the population, in milliseconds since 1970; the clock's unless told. */
  readonly now?: number;
  /** So many of the contacts share one lastmodifieddate, as after a bulk import. */
  readonly sameTimestamp?: number;
}

/** A portal with people in it, their past and three owners. */
export function createPortal({ leads = 0, seed = 1, now, sameTimestamp = 0, ...settings }: NewPortal = {}): Portal {
  const clock = settings.clock ?? systemClock;
  const portal = new Portal({
    tier: 'enterprise',
    portalId: 24_500_000 + (seed % 100_000),
    timeZone: 'UTC',
    accountType: 'DEVELOPER_TEST',
    badValues: 'fail-batch',
    visitsTouch: true,
    mergeKeepsId: false,
    participations: 'every-state',
    currency: 'USD',
    hosting: 'na1',
    website: 'https://www.gaugeworks.example',
    ...settings,
    clock,
  });
  populate(portal, { leads, seed, now: now ?? clock.now(), sameTimestamp });
  return portal;
}
