import { type Clock, systemClock } from '../../../base/clock.ts';
import type { Buyers } from '../../population/by-rule.ts';
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
  /** `by-rule`: who buys, and what tells of it, follows the rule of `by-rule.ts`. By chance unless told. */
  readonly buyers?: Buyers;
}

/** What an administrator of such an org would have chosen. */
const TRACKED = {
  Lead: ['Address', 'Company', 'Industry', 'OwnerId', 'Status', 'Title', 'Timeframe__c', 'Product_Interest__c'],
  Contact: ['MailingAddress', 'OwnerId', 'Title', 'Timeframe__c', 'Product_Interest__c'],
};

/** An org with people in it, their past, three users of sales and one for integrations. */
export function createOrg(options: NewOrg = {}): Org {
  const { leads = 0, seed = 1, now, sameTimestamp = 0, buyers = 'by-chance', ...settings } = options;
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
    tracked: TRACKED,
    businessUnitId: undefined,
    ...settings,
    clock,
  });
  addOwnFields(org);
  populateOrg(org, { leads, seed, now: now ?? clock.now(), sameTimestamp, buyers });
  return org;
}
