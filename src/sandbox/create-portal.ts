import { type Clock, systemClock } from '../base/clock.ts';
import type { Buyers } from './population/by-rule.ts';
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
  /** `by-rule`: who buys, and what tells of it, follows a rule that is known, see `by-rule.ts`. By chance unless told. */
  readonly buyers?: Buyers;
}

/** What is kept of changes in a larger portal would take gigabytes of memory once all contacts were scored. */
const MOST_WITH_HISTORY = 100_000;

/** A portal with people in it, their past and three owners. */
export function createPortal(options: NewPortal = {}): Portal {
  const { leads = 0, seed = 1, now, sameTimestamp = 0, buyers = 'by-chance', ...settings } = options;
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
    keepsHistory: leads <= MOST_WITH_HISTORY,
    hosting: 'na1',
    website: 'https://www.gaugeworks.example',
    ...settings,
    clock,
  });
  populate(portal, { leads, seed, now: now ?? clock.now(), sameTimestamp, buyers });
  return portal;
}
