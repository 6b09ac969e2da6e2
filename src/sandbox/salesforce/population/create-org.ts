import { type Clock, systemClock } from '../../../base/clock.ts';
import { mintId } from '../org/ids.ts';
import { Org } from '../org/org.ts';
import type { OrgSettings } from '../org/settings.ts';
import { addOwnFields } from './own-fields.ts';
import { populateOrg } from './populate-org.ts';

export interface NewOrg extends Partial<OrgSettings> {
  readonly clock?: Clock;
  /** How many people to begin with, leads and contacts together; none unless told. */
  readonly leads?: number;
  /** The same seed, number of people and present time make the same org, and the people of the HubSpot portal of that seed. */
  readonly seed?: number;
  /** The present of the population, in milliseconds since 1970; the clock's unless told. */
  readonly now?: number;
  /** So many of the people share one SystemModstamp, as after a bulk import. */
  readonly sameTimestamp?: number;
}

/** An org with people in it, their past, three users of sales and one for integrations. */
export function createOrg({ leads = 0, seed = 1, now, sameTimestamp = 0, ...settings }: NewOrg = {}): Org {
  const clock = settings.clock ?? systemClock;
  const org = new Org({
    organizationId: mintId('00D', 24_500_000 + (seed % 100_000)),
    name: 'Gaugeworks',
    edition: 'Enterprise Edition',
    myDomain: 'gaugeworks',
    isSandbox: false,
    dailyRequests: 100_000,
    users: [
      { firstName: 'Dana', lastName: 'Whitlock', email: 'dana.whitlock@gaugeworks.example' },
      { firstName: 'Marco', lastName: 'Ferri', email: 'marco.ferri@gaugeworks.example' },
      { firstName: 'Aiko', lastName: 'Mori', email: 'aiko.mori@gaugeworks.example' },
    ],
    integrationUser: {
      firstName: 'Leadgauge',
      lastName: 'Integration',
      email: 'leadgauge@gaugeworks.example',
      profile: 'System Administrator',
    },
    timeZone: 'UTC',
    personAccounts: true,
    businessUnitId: undefined,
    ...settings,
    clock,
  });
  addOwnFields(org);
  populateOrg(org, { leads, seed, now: now ?? clock.now(), sameTimestamp });
  return org;
}
