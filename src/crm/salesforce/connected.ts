import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { ActivityType } from '../../leads/activity.ts';
import type { ActivityStream, LeadRecord, RelatedRecords } from '../crm.ts';
import type { ModelOutputs } from '../outputs/output-model.ts';
import { accountColumns } from './account-fields.ts';
import { bulkListing, type ListAll, leadMaking } from './bulk-listing.ts';
import { createMappings } from './leads.ts';
import type { OrgFacts } from './org-facts.ts';
import type { Organization } from './organization.ts';
import { type PastListing, pastListing } from './past/past-listing.ts';
import type { Reading } from './read-batch.ts';
import { createRecentPlaces } from './recent-places.ts';
import { recordLink } from './record-link.ts';
import { relatedAccounts } from './related-accounts.ts';
import { openStreams } from './streams/open-streams.ts';
import type { Probing } from './streams/stream-kind.ts';
import { deliveredTypes } from './streams/stream-states.ts';
import { createToldBefore, type ToldBefore } from './told-before.ts';
import { hasField, visibleFields } from './visible-fields.ts';
import type { WriteContext } from './write.ts';

/** What is known once the org was described. */
export interface Connected {
  readonly reading: Reading;
  readonly listLeads: ListAll<LeadRecord>;
  readonly past: PastListing;
  /** Of leads that were deleted or converted. */
  readonly told: ToldBefore;
  readonly related: readonly RelatedRecords[];
  readonly streams: readonly ActivityStream[];
  readonly delivers: ReadonlySet<ActivityType>;
  readonly writing: WriteContext;
  readonly fallbackOwner: string | undefined;
  readonly owners: readonly string[];
  /** The ids of campaigns, by nurture rule. */
  readonly nurture: ReadonlyMap<string, string>;
  /** As of `Crm.linkTo`. */
  linkTo(leadId: string): string | undefined;
}

interface Context extends Probing {
  readonly clock: Clock;
  readonly random: () => number;
  readonly models: readonly ModelOutputs[];
  /** The id of the model with which the stage goes. */
  readonly main: string | undefined;
  readonly dayOf: Organization['dayOf'];
  readonly log?: Log | undefined;
  /** The org's own address, without a slash at the end. */
  readonly instanceUrl: string;
  readonly accountOwners?: boolean | undefined;
}

export function connectedTo(context: Context, org: OrgFacts): Connected {
  const { api, config, models, main, clock, random, dayOf, log, instanceUrl, accountOwners } = context;
  const { streams: states, campaigns, nurture, owners, choices } = org;
  const visible = {
    Lead: visibleFields(org.Lead.fields),
    Contact: visibleFields(org.Contact.fields),
    Account: visibleFields(org.Account?.fields ?? []),
  };
  const places = createRecentPlaces();
  const mappings = createMappings({ config, models, main, visible, accountOwners, onContact: places.note });
  const reading = { api, mappings };
  const columns = accountColumns(config, visible.Account);
  const personAccounts = hasField(visible.Contact, 'IsPersonAccount');
  return {
    reading,
    listLeads: bulkListing(reading, clock, leadMaking(reading, clock)),
    past: pastListing({ reading, clock, config, models, visible, described: org }),
    told: createToldBefore(),
    related: columns.length > 0 ? [relatedAccounts(api, columns)] : [],
    streams: openStreams({ ...context, states, campaigns: campaigns.byKey }),
    delivers: deliveredTypes(config, states),
    writing: {
      api,
      config,
      models,
      clock,
      random,
      dayOf,
      log,
      personAccounts,
      leadStatuses: choices.leadStatuses,
      placeOf: places.of,
    },
    fallbackOwner: owners.fallback === 'missing' ? undefined : owners.fallback,
    owners: owners.inTurn.filter((owner) => owner !== 'missing'),
    nurture: nurture.byRule,
    linkTo: (leadId) => recordLink(instanceUrl, leadId, places.of(leadId)),
  };
}
