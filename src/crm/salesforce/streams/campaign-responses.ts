import { z } from 'zod';
import type { ActivityType } from '../../../leads/activity.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { instant, oneOf } from '../api/soql.ts';
import { findCampaigns } from './find-campaigns.ts';
import { leadIdOf } from './lead-id.ts';
import { dateTime, day, recordId, stamped } from './row-fields.ts';
import { type FirstPage, sharedPoll } from './shared-poll.ts';
import { STAMPED_LATENESS, type StampedSource, stampedPages } from './stamped-pages.ts';
import type { StreamKind } from './stream-kind.ts';
import { dayBefore, timeOnDay } from './time-on-day.ts';
import { tryQueries } from './try-query.ts';

export const campaignsKind: StreamKind = {
  key: 'campaigns',
  what: 'responses to campaigns',
  needs: 'the permission Read on campaigns, and Read on leads and contacts',
  delivers: ({ campaigns }) => [...new Set(Object.values(campaigns).map(({ as }) => as))],
  probe: ({ api }) => tryQueries(api, [{ object: 'CampaignMember', fields: FIELDS }]),
  problems: async ({ api, config }) => (await findCampaigns(api, config.campaigns)).problems,
  open: ({ api, config, campaigns }) => {
    const streamed = Object.entries(config.campaigns).map(([key, { as }]) => ({
      key,
      as,
      ids: campaigns.get(key) ?? [],
    }));
    return campaignResponses(api, streamed);
  },
};

export interface StreamedCampaign {
  /** Our key in config. */
  readonly key: string;
  /** What a response counts as. */
  readonly as: ActivityType;
  /** The campaigns of Salesforce that go by it. */
  readonly ids: readonly string[];
}

/**
 * Who responded to each of these campaigns, one stream for each. A poll reads them all with one query: how many campaigns
 * there are makes no difference to the calls. A member responds once: who asks for a second demo is told of by no campaign.
 */
export function campaignResponses(api: SalesforceApi, campaigns: readonly StreamedCampaign[]): ActivityStream[] {
  const known = campaigns.filter(({ ids }) => ids.length > 0);
  if (known.length === 0) return [];
  const ofAll = sourceOf(known.flatMap(({ ids }) => ids));
  // Not together with what sales keeps: these are asked for every few seconds, and must not wait for the rest.
  const poll = sharedPoll(api);
  return known.map((campaign) => responses(api, campaign, poll.join(ofAll)));
}

function responses(api: SalesforceApi, campaign: StreamedCampaign, first: FirstPage<Member>): ActivityStream {
  const source = sourceOf(campaign.ids);
  const own = new Set(campaign.ids);

  async function* pull(window: StreamWindow, options?: CallOptions): AsyncIterable<Observation[]> {
    const page = await first(window, options);
    const begun = page && { ...page, rows: page.rows.filter(({ CampaignId }) => own.has(CampaignId)) };
    for await (const rows of stampedPages({ api, source, window, options }, begun)) {
      const observations = rows.flatMap((row) => observe(row, campaign));
      if (observations.length > 0) yield observations;
    }
  }

  return {
    // With what it counts as: told as something else, it has to be read from the beginning.
    name: `${campaign.as}:${campaign.key}`,
    ...(campaign.as === 'form-submission' && { form: campaign.key }),
    ...STAMPED_LATENESS,
    pull,
  };
}

const FIELDS = ['CreatedDate', 'HasResponded', 'FirstRespondedDate', 'CampaignId', 'LeadId', 'ContactId'];

const memberRow = z.object({
  ...stamped,
  CreatedDate: dateTime,
  HasResponded: z.boolean(),
  FirstRespondedDate: day.nullable(),
  CampaignId: recordId,
  LeadId: recordId.nullable(),
  ContactId: recordId.nullable(),
});
type Member = z.output<typeof memberRow>;

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_campaignmember.htm */
function sourceOf(ids: readonly string[]): StampedSource<Member> {
  return {
    object: 'CampaignMember',
    fields: FIELDS,
    where: `CampaignId IN ${oneOf(ids)}`,
    happened: (since) =>
      `HasResponded = true AND (FirstRespondedDate >= ${dayBefore(since)} OR (FirstRespondedDate = null AND CreatedDate >= ${instant(since)}))`,
    row: memberRow,
  };
}

/** Of a converted lead both are told, and the contact is who they are now; a member that is an account is nobody. */
function observe(member: Member, { key, as }: StreamedCampaign): Observation[] {
  const { Id: id, SystemModstamp: revision, CreatedDate, HasResponded, IsDeleted } = member;
  const leadId = leadIdOf(member.ContactId, member.LeadId);
  if (leadId === undefined) return [];
  const withdrawn = IsDeleted || !HasResponded;
  // Just added to the campaign: there is nothing to take back.
  if (withdrawn && revision === CreatedDate) return [];
  const activity = { id, type: as, at: timeOf(member), name: key };
  return [{ person: { leadId }, activity, revision, ...(withdrawn && { withdrawn }) }];
}

/**
 * Salesforce keeps the day of a response and not its time. A form makes its member with the response, so that they are of the same
 * day: then it is when the member was made, to the second, whatever sales does to it later. Who was made a member earlier, as by an
 * invitation, responds with the edit of that day. Where the record was edited on another day since, noon must do.
 */
function timeOf({ FirstRespondedDate, CreatedDate, SystemModstamp }: Member): number {
  return FirstRespondedDate === null ? CreatedDate : timeOnDay(FirstRespondedDate, CreatedDate, SystemModstamp);
}
