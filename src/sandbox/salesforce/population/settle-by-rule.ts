import { DAY, MINUTE, SECOND } from '../../../base/clock.ts';
import type { RuledLife } from '../../population/by-rule.ts';
import type { Random } from '../../population/random.ts';
import { dayIn } from '../org/days.ts';
import type { FieldValue } from '../org/field.ts';
import { keepHistory, keepMilestone } from '../org/field-history.ts';
import type { Org } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import {
  type AccountOf,
  commonValues,
  contactValues,
  type Known,
  type Life,
  leadValues,
  textOf,
} from './settle-person.ts';

/**
 * Makes the records of somebody whose life follows the rule. Everybody begins as a lead; buyers were converted some days before they
 * signed, and so was one in ten of the others, at some time.
 */
export function settleByRule(org: Org, random: Random, life: Life, ruled: RuledLife, accountOf: AccountOf): Known {
  const { created, behaviour, last } = life;
  const ownerId = random.pick(org.sellers).id;
  const isConverted = random.chance(0.1) || behaviour.bought;
  const latest = behaviour.boughtAt ?? last;
  const convertedAt = wholeSecond(Math.max(created + MINUTE, latest - Math.floor(random.next() * 20 * DAY)));
  const edits = editsOf(ruled);
  const time = { created, modified: Math.max(created, ...edits.map(({ at }) => at)), by: ownerId };
  const common = commonValues(random, life);
  const values = { ...common, ...leadValues(random, life), OwnerId: ownerId };
  if (!isConverted) {
    const lead = org.seed(org.type('Lead'), { ...values, ...lastOf(edits) }, time);
    remember(org, lead, edits, common, ownerId);
    return { lead, contact: undefined, account: undefined, ownerId };
  }
  const [asLead, since] = [edits.filter(({ at }) => at < convertedAt), edits.filter(({ at }) => at >= convertedAt)];
  const account = accountOf(life.person, random);
  const before = { ...common, ...lastOf(asLead) };
  const contact = org.seed(
    org.type('Contact'),
    { ...before, ...contactValues(life, account), OwnerId: ownerId, ...lastOf(since) },
    { ...time, created: convertedAt, modified: Math.max(convertedAt, time.modified) },
  );
  const converted = {
    Status: 'Closed - Converted',
    IsConverted: true,
    ConvertedDate: dayIn(org.settings.timeZone, convertedAt),
    ConvertedContactId: contact.id,
    ConvertedAccountId: account?.id ?? null,
  };
  const lead = org.seed(
    org.type('Lead'),
    { ...values, ...lastOf(asLead), ...converted },
    { ...time, modified: convertedAt },
  );
  remember(org, lead, asLead, common, ownerId);
  keepMilestone(org, lead, 'leadConverted', { at: convertedAt, by: ownerId });
  remember(org, contact, since, before, ownerId);
  return { lead, contact, account, ownerId };
}

interface Edit {
  readonly at: number;
  readonly name: 'Timeframe__c' | 'Title';
  readonly to: FieldValue;
}

/** Oldest first. */
function editsOf({ timeframeAt, newTitle }: RuledLife): Edit[] {
  const edits: Edit[] = [];
  if (timeframeAt !== undefined) edits.push({ at: wholeSecond(timeframeAt), name: 'Timeframe__c', to: 'now' });
  if (newTitle !== undefined)
    edits.push({ at: wholeSecond(newTitle.at), name: 'Title', to: textOf(newTitle.title, 128) });
  return edits.sort((a, b) => a.at - b.at);
}

/** What the fields hold after these edits. */
function lastOf(edits: readonly Edit[]): Record<string, FieldValue> {
  return Object.fromEntries(edits.map(({ name, to }) => [name, to]));
}

/** No field is edited twice. */
function remember(
  org: Org,
  record: SalesforceRecord,
  edits: readonly Edit[],
  before: Readonly<Record<string, FieldValue>>,
  by: string,
): void {
  for (const { at, name, to } of edits) {
    const field = record.type.field(name);
    const from = before[name] ?? null;
    if (field !== undefined && from !== to) keepHistory(org, record, [{ field, from, to }], { at, by });
  }
}

/** A record knows no finer time. */
function wholeSecond(at: number): number {
  return Math.floor(at / SECOND) * SECOND;
}
