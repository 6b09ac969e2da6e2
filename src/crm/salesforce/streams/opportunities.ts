import { z } from 'zod';
import { batches } from '../../../base/batches.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { MOST_TOGETHER, type Query, queryTogether } from '../api/query.ts';
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
  async function* touched(window: StreamWindow, options?: CallOptions): AsyncIterable<Known> {
    const begun = await first(window, options);
    // Just made and not won: there is nothing to take back.
    for await (const rows of stampedPages({ api, source: TOUCHED, window, options }, begun))
      yield new Map(
        rows.filter((row) => row.IsWon || row.SystemModstamp !== row.CreatedDate).map((row) => [row.Id, row]),
      );
    // Whoever wants what was won since then gets all roles with it.
    if (window.since !== undefined) return;
    const begunRoles = await firstOfRoles(window, options);
    for await (const rows of stampedPages({ api, source: TOUCHED_ROLES, window, options }, begunRoles))
      yield new Map(rows.map(({ OpportunityId }) => [OpportunityId, undefined]));
  }

  async function* pull(window: StreamWindow, options?: CallOptions): AsyncIterable<Observation[]> {
    const told = new Set<string>();
    for await (const known of touched(window, options)) {
      const fresh = new Map([...known].filter(([id]) => !told.has(id)));
      const observations = await observe(api, fresh, options);
      if (observations.length > 0) yield observations;
      for (const id of fresh.keys()) told.add(id);
    }
  }

  return { name: 'deal-won', ...STAMPED_LATENESS, pull };
}

const opportunityFields = { ...stamped, IsWon: z.boolean(), CloseDate: day };

const touchedRow = z.object({ ...opportunityFields, CreatedDate: dateTime });
type Touched = z.output<typeof touchedRow>;

const touchedRoleRow = z.object({ ...stamped, OpportunityId: recordId });
type TouchedRole = z.output<typeof touchedRoleRow>;

const TOUCHED: StampedSource<Touched> = {
  object: 'Opportunity',
  fields: ['CreatedDate', 'IsWon', 'CloseDate'],
  happened: (since) => `IsWon = true AND CloseDate >= ${dayBefore(since)}`,
  row: touchedRow,
};

const TOUCHED_ROLES: StampedSource<TouchedRole> = {
  object: 'OpportunityContactRole',
  fields: ['OpportunityId'],
  happened: (since) => `Opportunity.IsWon = true AND Opportunity.CloseDate >= ${dayBefore(since)}`,
  row: touchedRoleRow,
};

const OPPORTUNITY_FIELDS = ['SystemModstamp', 'IsDeleted', 'IsWon', 'CloseDate'];
const ROLE_FIELDS = ['SystemModstamp', 'IsDeleted', 'OpportunityId', 'ContactId'];
const LEAD_FIELDS = ['ConvertedOpportunityId', 'ConvertedContactId'];

const opportunityRow = z.object(opportunityFields);
type Opportunity = z.output<typeof opportunityRow>;

const roleRow = z.object({ ...stamped, OpportunityId: recordId, ContactId: recordId.nullable() });
type Role = z.output<typeof roleRow>;

const leadRow = z.object({ Id: recordId, ConvertedOpportunityId: recordId, ConvertedContactId: recordId.nullable() });
type ConvertedLead = z.output<typeof leadRow>;

/** Opportunities by their ids; undefined where only the id is known. */
type Known = ReadonlyMap<string, Opportunity | undefined>;

/** As many as the address of a query holds; see `by-ids.ts`. */
const IDS_IN_QUERY = 400;

/** One call for a few hundred. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitycontactrole.htm */
async function observe(api: SalesforceApi, known: Known, options?: CallOptions): Promise<Observation[]> {
  const queries = [...batches([...known.keys()], IDS_IN_QUERY)].flatMap((ids) => lookUp(known, ids));
  const rows: Found[] = [];
  for (const together of batches(queries, MOST_TOGETHER))
    rows.push(...(await queryTogether<Found[]>(api, together, { ...options, kind: 'activity' })).flat());
  const opportunities = [...known.values()].filter((one) => one !== undefined);
  opportunities.push(...rows.flatMap(({ opportunity }) => opportunity ?? []));
  const rolesOf = Map.groupBy(
    rows.flatMap(({ role }) => role ?? []),
    ({ OpportunityId }) => OpportunityId,
  );
  const leadsOf = Map.groupBy(
    rows.flatMap(({ lead }) => lead ?? []),
    ({ ConvertedOpportunityId }) => ConvertedOpportunityId,
  );
  return opportunities.flatMap((one) => tell(one, rolesOf.get(one.Id) ?? [], leadsOf.get(one.Id) ?? []));
}

/** One of these. */
interface Found {
  readonly opportunity?: Opportunity;
  readonly role?: Role;
  readonly lead?: ConvertedLead;
}

/** What is to be asked about these opportunities. */
function lookUp(known: Known, ids: readonly string[]): Query<Found>[] {
  const select = (object: string, fields: readonly string[], by: string, among = ids) =>
    `SELECT Id,${fields.join(',')} FROM ${object} WHERE ${by} IN ${oneOf(among)}`;
  const unread = ids.filter((id) => known.get(id) === undefined);
  return [
    ...(unread.length === 0
      ? []
      : [
          {
            soql: select('Opportunity', OPPORTUNITY_FIELDS, 'Id', unread),
            row: opportunityRow.transform((opportunity) => ({ opportunity })),
            all: true,
          },
        ]),
    {
      soql: select('OpportunityContactRole', ROLE_FIELDS, 'OpportunityId'),
      row: roleRow.transform((role) => ({ role })),
      all: true,
    },
    {
      soql: select('Lead', LEAD_FIELDS, 'ConvertedOpportunityId'),
      row: leadRow.transform((lead) => ({ lead })),
    },
  ];
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
