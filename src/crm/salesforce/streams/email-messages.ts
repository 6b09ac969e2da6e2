import { z } from 'zod';
import type { Activity } from '../../../leads/activity.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { instant } from '../api/soql.ts';
import { type ByIds, rowsByIds } from './by-ids.ts';
import { leadIdOf } from './lead-id.ts';
import { dateTime, recordId, stamped } from './row-fields.ts';
import type { FirstPage } from './shared-poll.ts';
import { STAMPED_LATENESS, type StampedSource, stampedPages } from './stamped-pages.ts';
import type { StreamKind } from './stream-kind.ts';
import { tryQueries } from './try-query.ts';

export const emailsKind: StreamKind = {
  key: 'emails',
  what: 'e-mails of sales',
  needs: 'Enhanced Email, which most orgs have (Setup, Enhanced Email), and access to activities',
  delivers: () => ['sales-email', 'email-reply', 'email-open'],
  probe: ({ api }) => tryQueries(api, [EMAILS, { object: 'EmailMessageRelation', fields: RELATION_FIELDS }]),
  open: ({ api, poll }) => [emails(api, poll.join(EMAILS))],
};

/**
 * E-mails between sales and leads or contacts: which way each went, when, and whether it was opened; never its subject or text.
 * Whom it comes to be about later, as when an address is given a lead, is no edit of it.
 */
function emails(api: SalesforceApi, first: FirstPage<Message>): ActivityStream {
  async function* pull(window: StreamWindow, options?: CallOptions): AsyncIterable<Observation[]> {
    const begun = await first(window, options);
    for await (const messages of stampedPages({ api, source: EMAILS, window, options }, begun)) {
      const ids = messages.map(({ Id }) => Id);
      const relations = Map.groupBy(
        await rowsByIds(api, ids, RELATIONS, options),
        ({ EmailMessageId }) => EmailMessageId,
      );
      const observations = messages.flatMap((message) => observe(message, relations.get(message.Id) ?? []));
      if (observations.length > 0) yield observations;
    }
  }

  return { name: 'email', ...STAMPED_LATENESS, changesUnseen: true, pull };
}

const messageRow = z.object({
  ...stamped,
  CreatedDate: dateTime,
  Incoming: z.boolean(),
  Status: z.string().nullable(),
  IsBounced: z.boolean(),
  MessageDate: dateTime.nullable(),
  FirstOpenedDate: dateTime.nullable(),
  ActivityId: recordId.nullable(),
});
type Message = z.output<typeof messageRow>;

/**
 * Without those of cases: who writes to support does not answer sales.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_emailmessage.htm
 */
const EMAILS: StampedSource<Message> = {
  object: 'EmailMessage',
  fields: [
    'CreatedDate',
    'Incoming',
    'Status',
    'IsBounced',
    'MessageDate',
    'FirstOpenedDate',
    'ActivityId',
    'ParentId',
  ],
  where: 'ParentId = null',
  happened: (since) => `MessageDate >= ${instant(since)} OR FirstOpenedDate >= ${instant(since)}`,
  row: messageRow,
};

const RELATION_FIELDS = ['SystemModstamp', 'IsDeleted', 'EmailMessageId', 'RelationId', 'RelationType'];

const relationRow = z.object({
  SystemModstamp: dateTime,
  IsDeleted: z.boolean(),
  EmailMessageId: recordId,
  RelationId: recordId.nullable(),
  RelationType: z.string(),
});
type Relation = z.output<typeof relationRow>;

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_emailmessagerelation.htm */
const RELATIONS: ByIds<Relation> = {
  soql: (ids) => `SELECT ${RELATION_FIELDS.join(',')} FROM EmailMessageRelation WHERE EmailMessageId IN ${ids}`,
  row: relationRow,
};

const SENDER: ReadonlySet<string> = new Set(['FromAddress']);
const RECIPIENTS: ReadonlySet<string> = new Set(['ToAddress', 'CcAddress', 'BccAddress']);

/** A reply is its sender's alone; an e-mail of sales is to everyone who got it. */
function observe(message: Message, relations: readonly Relation[]): Observation[] {
  const { SystemModstamp, CreatedDate, Incoming, MessageDate, FirstOpenedDate } = message;
  const isWithdrawn = message.IsDeleted || message.IsBounced || message.Status === DRAFT;
  if (isWithdrawn && SystemModstamp === CreatedDate) return [];
  // The task beside it has the same id: an e-mail that was told from there is not told twice.
  const id = message.ActivityId ?? message.Id;
  const at = MessageDate ?? CreatedDate;
  const own = relations.filter(({ RelationType }) => (Incoming ? SENDER : RECIPIENTS).has(RelationType));
  const living = own.filter(({ IsDeleted }) => !IsDeleted);
  const opened: Activity = { id, type: 'email-open', at: FirstOpenedDate ?? at, deliveredAt: at };
  // Of several who got it, nobody knows who opened it.
  const told: readonly Activity[] = [
    Incoming ? { id, type: 'email-reply', at, isInbound: true } : { id, type: 'sales-email', at },
    ...(FirstOpenedDate !== null && !Incoming && living.length <= 1 ? [opened] : []),
  ];
  const byLead = Map.groupBy(own, ({ RelationId }) => leadIdOf(RelationId) ?? '');
  return [...byLead].flatMap(([leadId, rows]) => {
    if (leadId === '') return [];
    const withdrawn = isWithdrawn || rows.every(({ IsDeleted }) => IsDeleted);
    const revision = Math.max(SystemModstamp, ...rows.map((row) => row.SystemModstamp));
    return told.map((activity) => ({ person: { leadId }, activity, revision, ...(withdrawn && { withdrawn }) }));
  });
}

/** As `Status` says it, which is a number in a picklist. */
const DRAFT = '5';
