import { MINUTE } from '../../../base/clock.ts';
import type { Random } from '../../population/random.ts';
import type { SalesPast } from '../../population/sales-past.ts';
import type { DealStage } from '../../portal/deal-stages.ts';
import { dayIn } from '../org/days.ts';
import type { Values } from '../org/field.ts';
import { OPPORTUNITY_STAGES } from '../org/objects/choices.ts';
import type { Org } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import type { Known } from './settle-person.ts';

/** Salesforce's stages, by HubSpot's: what sales did is made by the same chances. */
const STAGES: Readonly<Record<DealStage, string>> = {
  appointmentscheduled: 'Prospecting',
  qualifiedtobuy: 'Qualification',
  presentationscheduled: 'Value Proposition',
  decisionmakerboughtin: 'Perception Analysis',
  contractsent: 'Negotiation/Review',
  closedwon: 'Closed Won',
  closedlost: 'Closed Lost',
};

/** Puts the calls, meetings, e-mails and the opportunity of a past into the org. */
export function keepSalesPast(org: Org, random: Random, known: Known, past: SalesPast): void {
  const person = known.contact ?? known.lead;
  if (person === undefined) return;
  const { timeZone } = org.settings;
  const usual = { WhoId: person.id, OwnerId: known.ownerId, AccountId: known.account?.id ?? null };
  const add = (type: string, values: Values, created: number, modified = created) =>
    org.seed(org.type(type), values, { created, modified, by: known.ownerId });
  const addTask = (at: number, values: Values) =>
    add('Task', { ...usual, ...closedTask(dayIn(timeZone, at), at), ...values }, at);

  for (const { at, minutes, disposition } of past.calls) {
    const call = { CallType: 'Outbound', CallDurationInSeconds: minutes * 60, CallDisposition: disposition };
    addTask(at, { Subject: 'Call', TaskSubtype: 'Call', ...call });
  }
  for (const { bookedAt, start, minutes, outcome } of past.meetings) {
    // Salesforce has no word for how a meeting went: what was called off was deleted.
    if (outcome === 'CANCELED' || outcome === 'RESCHEDULED') continue;
    const times = {
      StartDateTime: start,
      ActivityDateTime: start,
      EndDateTime: start + minutes * MINUTE,
      DurationInMinutes: minutes,
      ActivityDate: dayIn(timeZone, start),
    };
    add('Event', { ...usual, Subject: 'Product walk-through', ...times }, bookedAt);
  }
  for (const { at, incoming } of past.emails) {
    const task = addTask(at, { Subject: 'Email: Our conversation', TaskSubtype: 'Email' });
    keepEmail(org, person, known.ownerId, task, at, incoming);
  }
  if (past.deal !== undefined && known.contact !== undefined)
    keepOpportunity(org, random, known, known.contact, past.deal);
}

function closedTask(day: string, at: number): Values {
  return { Status: 'Completed', IsClosed: true, Priority: 'Normal', ActivityDate: day, CompletedDateTime: at };
}

function keepEmail(
  org: Org,
  person: SalesforceRecord,
  ownerId: string,
  task: SalesforceRecord,
  at: number,
  incoming: boolean,
): void {
  const time = { created: at, modified: at, by: ownerId };
  const [theirs, ours] = [person.get('Email'), org.find(ownerId)?.get('Email') ?? null];
  const message = org.seed(
    org.type('EmailMessage'),
    {
      ActivityId: task.id,
      Subject: 'Our conversation',
      FromAddress: incoming ? theirs : ours,
      ToAddress: incoming ? ours : theirs,
      Incoming: incoming,
      Status: incoming ? '1' : '3',
      MessageDate: at,
    },
    time,
  );
  const relation = {
    EmailMessageId: message.id,
    RelationId: person.id,
    RelationType: incoming ? 'FromAddress' : 'ToAddress',
    RelationObjectType: person.type.name,
    RelationAddress: theirs,
  };
  org.seed(org.type('EmailMessageRelation'), relation, time);
}

function keepOpportunity(
  org: Org,
  random: Random,
  { account, lead, ownerId }: Known,
  contact: SalesforceRecord,
  { createdAt, closedate, stage, amount }: NonNullable<SalesPast['deal']>,
): void {
  const known = OPPORTUNITY_STAGES.find(({ label }) => label === STAGES[stage]);
  if (known === undefined) return;
  const { label, probability, isClosed, isWon } = known;
  const time = { created: createdAt, modified: isClosed ? closedate : createdAt, by: ownerId };
  const opportunity = org.seed(
    org.type('Opportunity'),
    {
      Name: `${account?.text('Name') ?? contact.text('Name') ?? 'New'} – new business`.slice(0, 120),
      AccountId: account?.id ?? null,
      StageName: label,
      Probability: probability,
      IsClosed: isClosed,
      IsWon: isWon,
      Amount: amount,
      CloseDate: dayIn(org.settings.timeZone, closedate),
      Type: 'New Business',
      OwnerId: ownerId,
    },
    time,
  );
  // Sales forgets the contact role now and then: then only the lead that it came of tells who bought.
  if (random.chance(0.85)) {
    const role = { OpportunityId: opportunity.id, ContactId: contact.id, Role: 'Decision Maker', IsPrimary: true };
    org.seed(org.type('OpportunityContactRole'), role, { ...time, modified: createdAt });
  }
  const field = lead?.type.field('ConvertedOpportunityId');
  if (lead !== undefined && field !== undefined && random.chance(0.6)) {
    lead.type.write(lead, field, opportunity.id);
  }
}
