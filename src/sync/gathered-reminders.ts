import { MINUTE } from '../base/clock.ts';
import { durationText } from '../base/duration-text.ts';
import type { Crm } from '../crm/crm.ts';
import { isOverdue, listFollowUps } from '../ledger/follow-ups.ts';
import type { Notice } from '../ledger/outbox.ts';
import { takeReminderTurn } from '../ledger/reminder-turns.ts';
import type { Space } from '../ledger/space.ts';
import type { Connection } from './connection.ts';
import { noticeId } from './notices.ts';

/**
 * A reminder or an escalation as it is, for as many leads as the ceiling lets one rule send; beyond that, one for whoever is to be told that stands for
 * all of theirs. So thousands that are late at once, after an outage or a holiday, flood nobody. `ownerId` is who owns the lead.
 */
export async function unlessTooMany(
  connection: Connection,
  notice: Notice,
  ownerId: string | undefined,
): Promise<Notice> {
  const { crm, space, clock, sales, channels } = connection;
  const now = clock.now();
  if (sales.ceiling === undefined || channels.length === 0) return notice;
  if (await takeReminderTurn(space, notice, { ...sales.ceiling, now })) return notice;
  const { leads, per } = sales.ceiling;
  const { kind, to } = notice;
  const count = (await overdueByOwner(connection)).get(ownerId) ?? 1;
  return {
    id: noticeId(kind, ['gathered', crm.name, JSON.stringify(to), Math.floor(now / per)].join(' ')),
    kind,
    connection: crm.name,
    to,
    subject: subjectOf(notice, count === 1 ? '1 lead is overdue' : `${count} leads are overdue`),
    lines: [
      `More than ${leads} leads came to be late within ${durationText(per)}, so this one message stands for many.`,
      'The CRM shows which they are: "Follow-up overdue" is set for them.',
    ],
    at: now,
  };
}

function subjectOf({ kind, to: [to] }: Notice, overdue: string): string {
  if (kind === 'reminder') return `Reminder: ${overdue}`;
  const isPassedOn = typeof to === 'object' && 'owner' in to;
  return isPassedOn ? 'Leads that nobody followed up are yours now' : `Nobody followed up: ${overdue} with one owner`;
}

interface Counted {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly byOwner: Promise<ReadonlyMap<string | undefined, number>>;
}

const counted = new WeakMap<Crm, Counted>();

/** How many leads of each owner are overdue, counted once a minute: hundreds of leads may ask at once. */
function overdueByOwner({ crm, space, clock }: Connection): Counted['byOwner'] {
  const now = clock.now();
  const known = counted.get(crm);
  if (known !== undefined && now < known.at + MINUTE) return known.byOwner;
  const byOwner = countOverdue(space, now);
  counted.set(crm, { at: now, byOwner });
  byOwner.catch(() => counted.delete(crm));
  return byOwner;
}

async function countOverdue(space: Space, now: number): Promise<ReadonlyMap<string | undefined, number>> {
  const overdue = (await listFollowUps(space, now)).filter((each) => isOverdue(each, now));
  const byOwner = Map.groupBy(overdue, ({ ownerId }) => ownerId);
  return new Map([...byOwner].map(([ownerId, own]) => [ownerId, own.length]));
}
