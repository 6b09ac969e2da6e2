import { createHash } from 'node:crypto';
import { durationText } from '../base/duration-text.ts';
import { zonedText } from '../base/zoned-text.ts';
import type { LeadRecord } from '../crm/crm.ts';
import type { TrippedRule } from '../ledger/ceilings.ts';
import { addNotice, type Notice, type NoticeKind, type Recipient } from '../ledger/outbox.ts';
import type { NotifyWord } from '../scoring/compiled-model.ts';
import { formatReasons } from '../scoring/format-reasons.ts';
import { type Alert, alertName } from './alerts.ts';
import type { Connection } from './connection.ts';
import type { Verdict } from './verdicts.ts';

/** A lead that sales are told of. What they read names nobody: it leads to the record in the CRM. */
export interface ToldLead {
  readonly record: LeadRecord;
  /** Of the model that put it before sales. */
  readonly verdict: Verdict;
  /** Who owns it, or comes to own it now. */
  readonly ownerId: string | undefined;
  /** In which times are told, such as Europe/Berlin; UTC when absent. */
  readonly timeZone?: string | undefined;
}

type About = Pick<Connection, 'crm' | 'clock' | 'models'>;

/**
 * That a lead is with sales now, to be followed up by `followUpBy` (milliseconds since 1970). Known by the alert, so that a request
 * which two models or two CRMs put before sales is told once, and so is a person with several records. Undefined where the model tells nobody.
 */
export function routedNotice(about: About, lead: ToldLead, alert: Alert, followUpBy: number): Notice | undefined {
  const to = recipientsOf(lead.verdict.model.sales.notify, lead.ownerId);
  if (to.length === 0) return undefined;
  const by = zonedText(followUpBy, lead.timeZone);
  return leadNotice(about, lead, {
    kind: 'routed',
    event: alert.told ?? alert.reference,
    to,
    subject: `${alertName(alert)}: follow up by ${by}`,
    lines: [`${alertName(alert)}, ${zonedText(alert.at, lead.timeZone)}.`],
  });
}

/** That nobody followed up on a lead by `dueBy`, to its owner; once for each `dueBy`. */
export function reminderNotice(about: About, lead: ToldLead, dueBy: number): Notice {
  return leadNotice(about, lead, {
    kind: 'reminder',
    event: eventOf(about, lead, dueBy),
    to: recipientsOf(['owner'], lead.ownerId),
    subject: `Reminder: a lead has waited since ${zonedText(dueBy, lead.timeZone)}`,
    // Of a further try as well, so that it must not say that nothing is logged.
    lines: [`A call, an e-mail or a meeting was due by ${zonedText(dueBy, lead.timeZone)}, and is still to come.`],
  });
}

/**
 * The same to whom it is escalated: `{ managerOf }` the owner, 'escalation' for an address in config, or `{ owner }` for the one whom it
 * is passed on to.
 */
export function escalationNotice(about: About, lead: ToldLead, dueBy: number, to: Recipient): Notice {
  const isPassedOn = typeof to === 'object' && 'owner' in to;
  const since = zonedText(dueBy, lead.timeZone);
  return leadNotice(about, lead, {
    kind: 'escalation',
    event: eventOf(about, lead, dueBy),
    to: [to],
    subject: isPassedOn
      ? `A lead is yours now: it has waited since ${since}`
      : `Nobody followed up: a lead has waited since ${since}`,
    lines: [`It was to be followed up by ${since}, and no call, e-mail or meeting is logged.`],
  });
}

/** That a rule tripped and what to do, to whoever runs this. */
export function ceilingNotice({ crm }: About, { rule, at, leads, per }: Omit<TrippedRule, 'held'>): Notice {
  return {
    id: noticeId('ceiling', `${rule} ${at}`),
    kind: 'ceiling',
    connection: crm.name,
    to: ['team'],
    subject: `Stopped: the rule ${rule} wanted to alert more than ${leads} leads within ${durationText(per)}`,
    lines: [
      'Nothing more of this rule is told until a person decides. See what is held: leadgauge alerts list',
      `If that is right, let it go on: leadgauge alerts resume ${rule}`,
      `If it is a mistake, mend the rule, and tell nobody of what is held: leadgauge alerts drop ${rule}`,
    ],
    at,
  };
}

/** Puts notices in the outbox, and has what is new sent soon. Nothing waits where there is no way to tell it. */
export async function tell(
  { space, wake, channels }: Pick<Connection, 'space' | 'wake' | 'channels'>,
  notices: readonly Notice[],
): Promise<void> {
  if (channels.length === 0) return;
  let isNew = false;
  for (const notice of notices) isNew = (await addNotice(space, notice)) || isNew;
  if (isNew) await wake('notices');
}

/** What a notice of this kind is known by. */
export function noticeId(kind: NoticeKind, event: string): string {
  return `${kind}-${createHash('sha256').update(event).digest('hex').slice(0, 16)}`;
}

interface LeadNotice extends Pick<Notice, 'kind' | 'to' | 'subject' | 'lines'> {
  /** What makes it this notice and no other of its kind. */
  readonly event: string;
}

function leadNotice({ crm, clock, models }: About, lead: ToldLead, { event, lines, ...rest }: LeadNotice): Notice {
  const { id } = lead.record.lead;
  const { model, score } = lead.verdict;
  const scoreOf = models.models.length > 1 ? `${model.name}: score` : 'Score';
  const reasons = formatReasons(score.reasons, REASONS_LENGTH);
  const link = crm.linkTo(id);
  return {
    ...rest,
    id: noticeId(rest.kind, event),
    connection: crm.name,
    leadId: id,
    lines: [
      ...lines,
      `${scoreOf} ${score.total}, grade ${score.grade}.`,
      ...(reasons === '' ? [] : reasons.split('\n')),
    ],
    ...(link !== undefined && { link }),
    at: clock.now(),
  };
}

/** As much as is read at a glance, in characters; the CRM has the rest. */
const REASONS_LENGTH = 300;

function eventOf({ crm }: About, { record, verdict }: ToldLead, dueBy: number): string {
  return [crm.name, record.lead.id, verdict.model.id, dueBy].join(' ');
}

/** Where nobody owns the lead, the team is told in the place of the owner. */
function recipientsOf(words: readonly NotifyWord[], ownerId: string | undefined): readonly Recipient[] {
  const of = (word: NotifyWord): Recipient => {
    if (word === 'team' || ownerId === undefined) return 'team';
    return word === 'owner' ? { owner: ownerId } : { managerOf: ownerId };
  };
  const all = words.map(of);
  return all.filter((one, index) => one !== 'team' || all.indexOf('team') === index);
}
