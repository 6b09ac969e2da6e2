import { HOUR } from '../base/clock.ts';
import { inWords } from '../base/in-words.ts';
import { zonedText } from '../base/zoned-text.ts';
import type { Owner } from '../crm/crm.ts';
import type { FollowUpState } from '../leads/follow-up-state.ts';
import { readDigests, saveDigest } from '../ledger/digests.ts';
import { type FollowUp, listFollowUps } from '../ledger/follow-ups.ts';
import type { Notice, NoticeLine } from '../ledger/outbox.ts';
import type { Connection } from './connection.ts';
import { lastDigest } from './digest-times.ts';
import { noticeId, tell } from './notices.ts';
import { ownerDirectory } from './owner-directory.ts';
import { hoursOf, timeZoneOf } from './sales-people.ts';

/** One that is so late tells nobody anything new, in milliseconds: what it would have said is part of the next one. */
const TOO_LATE = 12 * HOUR;
/** What somebody reads; the CRM has the rest. */
const MOST_LINES = 40;

/**
 * Tells every owner of the leads that were routed to them since their last digest, once the clocks where they are show the time of it, on days
 * when they work; nobody of nothing. @returns how many were told.
 */
export async function tellDigests(connection: Connection): Promise<number> {
  const { space, clock, sales, channels } = connection;
  if (sales.digest === undefined || channels.length === 0) return 0;
  const now = clock.now();
  const { began, toldUpTo } = await readDigests(space, now);
  const owners = (await ownerDirectory(connection).all()).filter(({ isActive }) => isActive);
  const due = owners.flatMap((owner): Due[] => {
    const timeZone = timeZoneOf(sales, owner);
    const last = (until: number) => lastDigest(until, sales.digest?.at ?? 0, timeZone, hoursOf(sales, owner));
    const upTo = last(now);
    const told = toldUpTo.get(owner.id);
    if (upTo === undefined || upTo <= Math.max(told ?? 0, began) || upTo < now - TOO_LATE) return [];
    return [{ owner, timeZone, since: told ?? Math.min(began, last(upTo - 1) ?? began), upTo }];
  });
  // Most of the times nobody's time has come: then nothing more is read.
  if (due.length === 0) return 0;
  const byOwner = Map.groupBy(await listFollowUps(space, now), ({ ownerId }) => ownerId);
  const notices = due.flatMap((each) => digestNotice(connection, each, byOwner.get(each.owner.id) ?? []) ?? []);
  await tell(connection, notices);
  for (const { owner, upTo } of due) await saveDigest(space, owner.id, upTo);
  return notices.length;
}

interface Due {
  readonly owner: Owner;
  readonly timeZone: string;
  /** What was routed after this, and up to `upTo`: milliseconds since 1970. */
  readonly since: number;
  readonly upTo: number;
}

function digestNotice(
  { crm, models }: Connection,
  { owner, timeZone, since, upTo }: Due,
  followUps: readonly FollowUp[],
): Notice | undefined {
  const own = followUps.filter(({ routedAt }) => routedAt > since && routedAt <= upTo);
  if (own.length === 0) return undefined;
  const nameOf = new Map(models.models.map(({ id, name }) => [id, name]));
  const lines = own.slice(0, MOST_LINES).map(({ leadId, model, rule, routedAt, state }): NoticeLine => {
    const what = rule === undefined ? 'Ready for sales' : inWords(rule);
    const of = models.models.length > 1 ? ` (${nameOf.get(model) ?? model})` : '';
    const text = `${what}${of}, ${zonedText(routedAt, timeZone)}: ${STANDS[state]}`;
    const link = crm.linkTo(leadId);
    return link === undefined ? text : { text, link };
  });
  const left = own.length > MOST_LINES ? [`… and ${own.length - MOST_LINES} more`] : [];
  return {
    id: noticeId('digest', `${crm.name} ${owner.id} ${upTo}`),
    kind: 'digest',
    connection: crm.name,
    to: [{ owner: owner.id }],
    subject: `${own.length === 1 ? 'A new lead' : `${own.length} new leads`} since ${zonedText(since, timeZone)}`,
    lines: [...lines, ...left],
    at: upTo,
  };
}

const STANDS: Readonly<Record<FollowUpState, string>> = {
  open: 'nobody has tried yet',
  reminded: 'nobody has tried yet, and it is late',
  escalated: 'nobody has tried yet, and others were told',
  tried: 'tried, not reached yet',
  reached: 'reached',
  closed: 'closed',
};
