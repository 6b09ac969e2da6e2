import { addWorkingTime, dueAfter, isWorking, nextWorking, type WorkingHours } from '../base/working-hours.ts';
import type { Outputs, SalesWord } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import type { FollowUpRules } from '../settings/sales.ts';
import { type SalesDid, whatSalesDid } from './sales-touches.ts';
import { triesOver } from './spread-tries.ts';

export interface FollowThroughInput {
  /** What the CRM holds of one model, or is about to: of a lead that is routed just now, with what that makes of it. */
  readonly current: Partial<Outputs>;
  /** All that is known of the person; only what sales and they did since `current.routedAt` counts. */
  readonly touches: readonly Activity[];
  readonly salesSay: SalesWord | undefined;
  /** Whether sales have said so since it was routed: a word from before says nothing of this follow-up. */
  readonly saidSince: boolean;
  /** Whether its stage has gone beyond MQL since it was routed. */
  readonly beyondSince: boolean;
  /** How it ended where the person has another record, in another CRM; undefined while it has not. */
  readonly beside?: SettledBeside | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Undefined where nobody is to be reminded: what sales did is noted all the same. */
  readonly rules: FollowUpRules | undefined;
  /** Those of the owner; undefined for around the clock. */
  readonly hours: WorkingHours | undefined;
  /**
   * Of what was due before this, in milliseconds since 1970, nobody is told: it was long due when somebody switched this on, or when Redis was
   * emptied. What was told or late by then shows that it was on, and goes on.
   */
  readonly since?: number | undefined;
  /**
   * Nobody else is told, and nothing is over, before this, in milliseconds since 1970: who was reminded late has time as well. 0 once that has
   * passed; undefined where nobody knows when they were reminded.
   */
  readonly notBefore?: number | undefined;
  /** Not in a quiet backfill: what is to be told is left to the polls then. */
  readonly mayTell: boolean;
}

/** The end of a follow-up of the same person. */
export interface SettledBeside {
  readonly state: 'reached' | 'closed';
  /** When sales first did something about it there, in milliseconds since 1970. */
  readonly touchedAt: number | undefined;
}

export interface FollowThrough {
  /** What the CRM must hold; empty for a lead that was never routed to sales. */
  readonly outputs: Partial<Pick<Outputs, 'followUp' | 'firstTouchedAt' | 'attempts' | 'overdue'>>;
  /** What to do now, once: with `outputs` written it is not asked for again. */
  readonly act?: 'remind' | 'escalate';
  /** When to look again, though nothing else happens till then: milliseconds since 1970. */
  readonly nextAt?: number;
  /** By when sales are to try, the first time or again; absent once that is over. */
  readonly dueBy?: number;
}

/**
 * How the follow-up of a lead stands, and what is to be done about it: a pure function of what the CRM holds and what sales did, so that
 * whoever asks again, with an empty Redis too, tells nobody twice. Hence nothing is taken back: a try that was deleted stays counted,
 * and who was reached stays so. Whatever is told is told within working hours.
 */
export function followThrough(input: FollowThroughInput): FollowThrough {
  const { current, now } = input;
  if (current.routedAt === undefined) return { outputs: {} };
  const did = whatSalesDid(input, current.routedAt);
  const state = endOf(input, did);
  const { attempts } = did;
  const touched = did.firstTouchedAt ?? (state !== undefined ? touchedOtherwise(input) : undefined);
  const noted = { attempts, ...(touched !== undefined && { firstTouchedAt: touched }) };
  if (state !== undefined) return { outputs: { followUp: state, ...noted, overdue: false } };
  const { outputs, ...rest } = attempts > 0 ? tried(input, did, touched ?? now) : untouched(input);
  return { outputs: { ...noted, ...outputs }, ...rest };
}

/** How it ended, where it has. */
function endOf(input: FollowThroughInput, { reached }: SalesDid): 'reached' | 'closed' | undefined {
  const { current, salesSay, saidSince, beyondSince } = input;
  const { routedAt = 0, recycledAt } = current;
  const said = saidSince ? salesSay : undefined;
  const gaveBack = said === 'not-now' || said === 'rejected';
  if (gaveBack || (recycledAt !== undefined && recycledAt >= routedAt)) return 'closed';
  if (reached || said === 'working' || beyondSince || current.followUp === 'reached') return 'reached';
  return current.followUp === 'closed' ? 'closed' : input.beside?.state;
}

/** A status or a stage that sales set is a touch as well, of which nobody knows the time: it is when we first saw it, here or in another CRM. */
function touchedOtherwise({
  current,
  now,
  salesSay,
  saidSince,
  beyondSince,
  beside,
}: FollowThroughInput): number | undefined {
  if (beyondSince || (saidSince && salesSay !== undefined)) return now;
  return beside?.touchedAt && Math.max(beside.touchedAt, current.routedAt ?? 0);
}

/** Nobody has tried yet: first the owner is reminded, then somebody else is told. */
function untouched(input: FollowThroughInput): FollowThrough {
  const { current, now, rules, hours } = input;
  const { followUp = 'open', followUpBy: dueBy } = current;
  if (dueBy === undefined || rules === undefined) return { outputs: { followUp, overdue: false } };
  if (followUp === 'open' && isLongDue(input, dueBy)) return { outputs: { followUp, overdue: false }, dueBy };
  if (now < dueBy) return { outputs: { followUp, overdue: false }, dueBy, nextAt: dueBy };
  const late = { outputs: { followUp, overdue: true }, dueBy };
  if (followUp === 'escalated') return late;
  const { escalateAfter } = rules;
  if (followUp !== 'reminded') {
    if (!isTimeToTell(input)) return { ...late, nextAt: timeToTell(input) };
    // From now on, so that who was reminded late, as nothing ran before, has that time as well.
    const next = escalateAfter === undefined ? {} : { nextAt: dueAfter(now, escalateAfter, hours) };
    return { outputs: { followUp: 'reminded', overdue: true }, dueBy, act: 'remind', ...next };
  }
  if (escalateAfter === undefined) return late;
  // Where nobody noted when they were reminded, it was no later than the last write.
  const notBefore = input.notBefore ?? dueAfter(current.scoredAt ?? 0, escalateAfter, hours);
  const escalateAt = Math.max(dueAfter(dueBy, escalateAfter, hours), notBefore);
  if (now < escalateAt) return { ...late, nextAt: escalateAt };
  if (!isTimeToTell(input)) return { ...late, nextAt: timeToTell(input) };
  return { outputs: { followUp: 'escalated', overdue: true }, dueBy, act: 'escalate' };
}

/**
 * Sales tried and have not reached the lead: the next try is due at its distance from the last one, and one that is late is reminded of once, which
 * `overdue` tells with this number of attempts. However many were missed, as nothing ran, it is one reminder, and what follows keeps its distance from that.
 */
function tried(input: FollowThroughInput, { attempts, lastTriedAt }: SalesDid, firstAt: number): FollowThrough {
  const { current, now, rules, hours, notBefore = 0 } = input;
  const followUp = 'tried';
  if (rules === undefined) return { outputs: { followUp, overdue: false } };
  const spread = triesOver(rules, { attempts, firstAt, lastAt: lastTriedAt ?? firstAt }, hours);
  const { dueBy, share } = spread;
  const endsAt = Math.max(spread.endsAt, notBefore);
  if (attempts >= rules.attempts || now >= endsAt) return { outputs: { followUp: 'closed', overdue: false } };
  const wasTold = current.followUp === followUp && current.overdue === true && current.attempts === attempts;
  if (wasTold) return { outputs: { followUp, overdue: true }, dueBy, nextAt: endsAt };
  if (now < dueBy) return { outputs: { followUp, overdue: false }, dueBy, nextAt: dueBy };
  if (isLongDue(input, dueBy)) return { outputs: { followUp, overdue: false }, dueBy, nextAt: endsAt };
  if (!isTimeToTell(input)) return { outputs: { followUp, overdue: false }, dueBy, nextAt: timeToTell(input) };
  const nextAt = Math.max(endsAt, addWorkingTime(now, share, hours));
  return { outputs: { followUp, overdue: true }, dueBy, act: 'remind', nextAt };
}

const isLongDue = ({ since = 0, current }: FollowThroughInput, dueBy: number) =>
  dueBy < since && current.overdue !== true;

const isTimeToTell = ({ mayTell, now, hours }: FollowThroughInput) => mayTell && isWorking(now, hours);

const timeToTell = ({ mayTell, now, hours }: FollowThroughInput) => (mayTell ? nextWorking(now, hours) : now);
