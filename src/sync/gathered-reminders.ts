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
  const { leads, per } = sales.ceiling;
  const { kind, to } = notice;
  const gatheredId = noticeId(kind, ['gathered', crm.name, JSON.stringify(to), Math.floor(now / per)].join(' '));
  const id = await takeReminderTurn(space, notice, gatheredId, { ...sales.ceiling, now });
  if (id === notice.id) return notice;
  const byOwner = await overdueByOwner(connection);
  const count = isOfAllOwners(notice) ? sum(byOwner.values()) : (byOwner.get(ownerId) ?? 1);
  return {
    id,
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

function subjectOf(notice: Notice, overdue: string): string {
  const { kind, to } = notice;
  if (kind === 'reminder') return `Reminder: ${overdue}`;
  const isPassedOn = to.some((one) => typeof one === 'object' && 'owner' in one);
  if (isPassedOn) return 'Leads that nobody followed up are yours now';
  return `Nobody followed up: ${overdue}${isOfAllOwners(notice) ? '' : ' with one owner'}`;
}

/** Whether whoever is told is told of the leads of all: an address in config, or the team. A reminder goes to the team where nobody owns the lead. */
function isOfAllOwners({ kind, to }: Notice): boolean {
  return kind === 'escalation' && to.some((one) => one === 'escalation' || one === 'team');
}

const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);

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
