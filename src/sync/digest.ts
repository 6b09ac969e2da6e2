import { HOUR, MINUTE } from '../base/clock.ts';
import { FatalError } from '../base/errors.ts';
import { inWords } from '../base/in-words.ts';
import { zonedText } from '../base/zoned-text.ts';
import type { Crm, Owner } from '../crm/crm.ts';
import type { FollowUpState } from '../leads/follow-up-state.ts';
import { type Digests, readDigests, saveDigest } from '../ledger/digests.ts';
import { type FollowUp, listFollowUps } from '../ledger/follow-ups.ts';
import type { Notice, NoticeLine } from '../ledger/outbox.ts';
import type { Sales } from '../settings/sales.ts';
import type { Connection } from './connection.ts';
import { lastDigest } from './digest-times.ts';
import { noticeId, tell } from './notices.ts';
import { ownerDirectory } from './owner-directory.ts';
import { hoursOf, timeZoneOf } from './sales-people.ts';

/** One that is so late tells nobody anything new, in milliseconds: what it would have said is part of the next one. */
const TOO_LATE = 12 * HOUR;
/** What somebody reads; the CRM has the rest. */
const MOST_LINES = 40;

/** An entry may come so late after the lead was routed, in milliseconds: what was routed so shortly before a digest is part of the next one. */
const ENTERED_WITHIN = 5 * MINUTE;

/**
 * Tells every owner of the leads that were routed to them since their last digest, once the clocks where they are show the time of it, on days
 * when they work; nobody of nothing, and then the CRM is not asked either. @returns how many were told.
 */
export async function tellDigests(connection: Connection): Promise<number> {
  const { crm, space, clock, sales, channels } = connection;
  if (sales.digest === undefined || channels.length === 0) return 0;
  const now = clock.now();
  const digests = await readDigests(space, now);
  const known = knownOwners.get(crm);
  const expected = known !== undefined && now < known.until ? dueOf(sales, known.owners, digests, now) : undefined;
  // Most of the times nobody's time has come: then nothing more is read.
  if (expected?.length === 0) return 0;
  const byOwner = Map.groupBy(await listFollowUps(space, now), ({ ownerId }) => ownerId);
  const newTo = (due: Due) => (byOwner.get(due.owner.id) ?? []).filter((followUp) => isWithin(due, followUp));
  const hasNews = expected?.some((each) => newTo(each).length > 0) ?? isAnyUntold(byOwner, digests);
  const due = hasNews ? dueOf(sales, await readOwners(connection), digests, now) : (expected ?? []);
  const notices = due.flatMap((each) => digestNotice(connection, each, newTo(each)) ?? []);
  await tell(connection, notices);
  for (const { owner, upTo } of due) await saveDigest(space, owner.id, upTo);
  return notices.length;
}

interface KnownOwners {
  /** Nobody where the CRM lets nobody read its users. */
  readonly owners: readonly Owner[];
  readonly isRefused: boolean;
  /** As long as these tell whose time has not come yet: milliseconds since 1970. Before somebody is told, they are read again. */
  readonly until: number;
}

const KNOWN_FOR = 6 * HOUR;

const knownOwners = new WeakMap<Crm, KnownOwners>();

async function readOwners(connection: Connection): Promise<readonly Owner[]> {
  const { crm, clock, log } = connection;
  const until = clock.now() + KNOWN_FOR;
  try {
    const owners = await ownerDirectory(connection).all();
    knownOwners.set(crm, { owners, isRefused: false, until });
    return owners;
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    if (knownOwners.get(crm)?.isRefused !== true)
      log.warn('nobody gets a digest, as the CRM does not tell who its users are', { reason: error.message });
    knownOwners.set(crm, { owners: [], isRefused: true, until });
    return [];
  }
}

interface Due {
  readonly owner: Owner;
  readonly timeZone: string;
  /** When the owner was told last, and when this digest was due: milliseconds since 1970. */
  readonly since: number;
  readonly upTo: number;
  /** When the one before was due: later than `since` where there was nothing to tell, or nothing ran. */
  readonly before: number;
}

function dueOf(sales: Sales, owners: readonly Owner[], { began, toldUpTo }: Digests, now: number): Due[] {
  const active = owners.filter(({ isActive }) => isActive);
  return active.flatMap((owner): Due[] => {
    const timeZone = timeZoneOf(sales, owner);
    const last = (until: number) => lastDigest(until, sales.digest?.at ?? 0, timeZone, hoursOf(sales, owner));
    const upTo = last(now);
    const told = toldUpTo.get(owner.id);
    if (upTo === undefined || upTo <= Math.max(told ?? 0, began) || upTo < now - TOO_LATE) return [];
    const before = last(upTo - 1) ?? began;
    const since = told ?? Math.min(began, before);
    return [{ owner, timeZone, since, upTo, before: Math.max(since, before) }];
  });
}

function isWithin({ since, upTo }: Due, { routedAt }: FollowUp): boolean {
  return routedAt > since - ENTERED_WITHIN && routedAt <= upTo - ENTERED_WITHIN;
}

function isAnyUntold(
  byOwner: ReadonlyMap<string | undefined, readonly FollowUp[]>,
  { toldUpTo }: Pick<Digests, 'toldUpTo'>,
): boolean {
  return [...byOwner].some(([ownerId, own]) => {
    const told = ownerId === undefined ? Number.POSITIVE_INFINITY : (toldUpTo.get(ownerId) ?? 0);
    return own.some(({ routedAt }) => routedAt > told - ENTERED_WITHIN);
  });
}

/** `own`: what is new to the owner, in the order in which it was routed. */
function digestNotice({ crm, models }: Connection, due: Due, own: readonly FollowUp[]): Notice | undefined {
  const { owner, timeZone, upTo } = due;
  const [first] = own;
  if (first === undefined) return undefined;
  const nameOf = new Map(models.models.map(({ id, name }) => [id, name]));
  const lines = own.slice(0, MOST_LINES).map(({ leadId, model, rule, routedAt, state }): NoticeLine => {
    const what = rule === undefined ? 'Ready for sales' : inWords(rule);
    const of = models.models.length > 1 ? ` (${nameOf.get(model) ?? model})` : '';
    const text = `${what}${of}, ${zonedText(routedAt, timeZone)}: ${STANDS[state]}`;
    const link = crm.linkTo(leadId);
    return link === undefined ? text : { text, link };
  });
  const left = own.length > MOST_LINES ? [`… and ${own.length - MOST_LINES} more`] : [];
  const since = [due.before, due.since].find((at) => at < first.routedAt) ?? due.since - ENTERED_WITHIN;
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
