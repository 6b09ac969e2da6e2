import { z } from 'zod';
import { batches } from '../../../base/batches.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { queryTogether } from '../api/query.ts';
import { oneOf } from '../api/soql.ts';
import { dateTime, day, recordId, stamped } from './row-fields.ts';
import type { FirstPage } from './shared-poll.ts';
import { STAMPED_LATENESS, type StampedSource, stampedPages } from './stamped-pages.ts';
import type { StreamKind } from './stream-kind.ts';
import { dayBefore, timeOnDay } from './time-on-day.ts';
import { tryQueries } from './try-query.ts';

export const opportunitiesKind: StreamKind = {
  key: 'opportunities',
  what: 'opportunities that were won',
  needs: 'the permission Read on opportunities, contacts and leads',
  delivers: () => ['deal-won'],
  probe: ({ api }) =>
    tryQueries(api, [
      { object: 'Opportunity', fields: OPPORTUNITY_FIELDS },
      { object: 'OpportunityContactRole', fields: ROLE_FIELDS },
      { object: 'Lead', fields: LEAD_FIELDS },
    ]),
  open: ({ api, poll }) => [opportunities(api, poll.join(TOUCHED), poll.join(TOUCHED_ROLES))],
};

/**
 * Opportunities that were won, for everyone who has a role in them; reopened, lost or deleted, they are taken back. They are told
 * again when they are edited, and when somebody gets or loses a role, which is no edit of the opportunity.
 */
function opportunities(
  api: SalesforceApi,
  first: FirstPage<Touched>,
  firstOfRoles: FirstPage<TouchedRole>,
): ActivityStream {
  async function* touched(window: StreamWindow, options?: CallOptions): AsyncIterable<string[]> {
    const begun = await first(window, options);
    // Just made and not won: there is nothing to take back.
    for await (const rows of stampedPages({ api, source: TOUCHED, window, options }, begun))
      yield rows.filter((row) => row.IsWon || row.SystemModstamp !== row.CreatedDate).map(({ Id }) => Id);
    // Whoever wants what was won since then gets all roles with it.
    if (window.since !== undefined) return;
    const begunRoles = await firstOfRoles(window, options);
    for await (const rows of stampedPages({ api, source: TOUCHED_ROLES, window, options }, begunRoles))
      yield rows.map(({ OpportunityId }) => OpportunityId);
  }

  async function* pull(window: StreamWindow, options?: CallOptions): AsyncIterable<Observation[]> {
    const told = new Set<string>();
    for await (const ids of touched(window, options)) {
      const fresh = [...new Set(ids)].filter((id) => !told.has(id));
      for (const some of batches(fresh, IDS_AT_ONCE)) {
        const observations = await observe(api, some, options);
        if (observations.length > 0) yield observations;
      }
      for (const id of fresh) told.add(id);
    }
  }

  return { name: 'deal-won', ...STAMPED_LATENESS, pull };
}

const touchedRow = z.object({ ...stamped, CreatedDate: dateTime, IsWon: z.boolean() });
type Touched = z.output<typeof touchedRow>;

const touchedRoleRow = z.object({ ...stamped, OpportunityId: recordId });
type TouchedRole = z.output<typeof touchedRoleRow>;

const TOUCHED: StampedSource<Touched> = {
  object: 'Opportunity',
  fields: ['CreatedDate', 'IsWon'],
  happened: (since) => `IsWon = true AND CloseDate >= ${dayBefore(since)}`,
  row: touchedRow,
};

const TOUCHED_ROLES: StampedSource<TouchedRole> = {
  object: 'OpportunityContactRole',
  fields: ['OpportunityId'],
  happened: (since) => `Opportunity.IsWon = true AND Opportunity.CloseDate >= ${dayBefore(since)}`,
  row: touchedRoleRow,
};

/** As many as the address of a query holds; see `by-ids.ts`. */
const IDS_AT_ONCE = 400;

const OPPORTUNITY_FIELDS = ['SystemModstamp', 'IsDeleted', 'IsWon', 'CloseDate'];
const ROLE_FIELDS = ['SystemModstamp', 'IsDeleted', 'OpportunityId', 'ContactId'];
const LEAD_FIELDS = ['ConvertedOpportunityId', 'ConvertedContactId'];

const opportunityRow = z.object({
  ...stamped,
  IsWon: z.boolean(),
  CloseDate: day,
});
type Opportunity = z.output<typeof opportunityRow>;

const roleRow = z.object({ ...stamped, OpportunityId: recordId, ContactId: recordId.nullable() });
type Role = z.output<typeof roleRow>;

const leadRow = z.object({ Id: recordId, ConvertedOpportunityId: recordId, ConvertedContactId: recordId.nullable() });
type ConvertedLead = z.output<typeof leadRow>;

/** One call. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitycontactrole.htm */
async function observe(api: SalesforceApi, ids: readonly string[], options?: CallOptions): Promise<Observation[]> {
  const select = (object: string, fields: readonly string[], by: string) =>
    `SELECT Id,${fields.join(',')} FROM ${object} WHERE ${by} IN ${oneOf(ids)}`;
  const [opportunities, roles, leads] = await queryTogether<[Opportunity, Role, ConvertedLead]>(
    api,
    [
      { soql: select('Opportunity', OPPORTUNITY_FIELDS, 'Id'), row: opportunityRow, all: true },
      { soql: select('OpportunityContactRole', ROLE_FIELDS, 'OpportunityId'), row: roleRow, all: true },
      { soql: select('Lead', LEAD_FIELDS, 'ConvertedOpportunityId'), row: leadRow },
    ],
    { ...options, kind: 'activity' },
  );
  const rolesOf = Map.groupBy(roles, ({ OpportunityId }) => OpportunityId);
  const leadsOf = Map.groupBy(leads, ({ ConvertedOpportunityId }) => ConvertedOpportunityId);
  return opportunities.flatMap((one) => tell(one, rolesOf.get(one.Id) ?? [], leadsOf.get(one.Id) ?? []));
}

/**
 * For those with a role; where nobody has one, as where sales never gives any, for the lead that it was made from. Who had a role
 * and lost it, or was told for want of roles, is no part of it any more.
 */
function tell(opportunity: Opportunity, roles: readonly Role[], leads: readonly ConvertedLead[]): Observation[] {
  const { Id: id, SystemModstamp, IsDeleted, IsWon, CloseDate } = opportunity;
  const isWon = IsWon && !IsDeleted;
  const activity = { id, type: 'deal-won', at: timeOnDay(CloseDate) } as const;
  const revision = Math.max(SystemModstamp, ...roles.map((role) => role.SystemModstamp));
  const inRoles = new Set(roles.flatMap(({ IsDeleted: isGone, ContactId }) => (isGone ? [] : (ContactId ?? []))));
  const fromLeads = leads.map(({ Id, ConvertedContactId }) => ConvertedContactId ?? Id);
  const holders = inRoles.size > 0 ? inRoles : new Set(fromLeads);
  const everyone = new Set([...roles.flatMap(({ ContactId }) => ContactId ?? []), ...fromLeads]);
  return [...everyone].map((leadId) => {
    const withdrawn = !isWon || !holders.has(leadId);
    return { person: { leadId }, activity, revision, ...(withdrawn && { withdrawn }) };
  });
}
