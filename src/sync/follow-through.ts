import { dueAfter, isWorking, nextWorking, type WorkingHours } from '../base/working-hours.ts';
import type { Outputs, SalesWord, Stage } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import type { FollowUpRules } from '../settings/sales.ts';
import { type SalesDid, whatSalesDid } from './sales-touches.ts';
import { triesOver } from './spread-tries.ts';

export interface FollowThroughInput {
  /** What the CRM holds of one model, or is about to: of a lead that is routed just now, with what that makes of it. */
  readonly current: Partial<Outputs>;
  /** All that is known of the person; only what sales and they did since `current.routedAt` counts. */
  readonly touches: readonly Activity[];
  readonly stage: Stage;
  readonly salesSay: SalesWord | undefined;
  /** Whether sales have said so since the lead was scored last: `not-now` from before it was routed says nothing of this follow-up. */
  readonly saidSince: boolean;
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
  /** Nobody else is told before this, in milliseconds since 1970: who was reminded late has time as well. */
  readonly notBefore?: number | undefined;
  /** Not in a quiet backfill: what is to be told is left to the polls then. */
  readonly mayTell: boolean;
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
  const touched = did.firstTouchedAt ?? (state !== undefined && hasSpoken(input) ? now : undefined);
  const noted = { attempts, ...(touched !== undefined && { firstTouchedAt: touched }) };
  if (state !== undefined) return { outputs: { followUp: state, ...noted, overdue: false } };
  const { outputs, ...rest } = attempts > 0 ? tried(input, attempts, touched ?? now) : untouched(input);
  return { outputs: { ...noted, ...outputs }, ...rest };
}

/** How it ended, where it has. */
function endOf(input: FollowThroughInput, { reached }: SalesDid): 'reached' | 'closed' | undefined {
  const { current, stage, salesSay, saidSince } = input;
  const { routedAt = 0, recycledAt } = current;
  const gaveBack = saidSince && (salesSay === 'not-now' || salesSay === 'rejected');
  if (gaveBack || (recycledAt !== undefined && recycledAt >= routedAt)) return 'closed';
  if (reached || salesSay === 'working' || stage === 'beyond-mql' || current.followUp === 'reached') return 'reached';
  return current.followUp === 'closed' ? 'closed' : undefined;
}

/** A status or a stage that sales set is a touch as well, of which nobody knows the time: it is when we first saw it. */
function hasSpoken({ stage, salesSay, saidSince }: FollowThroughInput): boolean {
  return stage === 'beyond-mql' || salesSay === 'working' || (saidSince && salesSay !== undefined);
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
  const escalateAt = Math.max(dueAfter(dueBy, escalateAfter, hours), input.notBefore ?? 0);
  if (now < escalateAt) return { ...late, nextAt: escalateAt };
  if (!isTimeToTell(input)) return { ...late, nextAt: timeToTell(input) };
  return { outputs: { followUp: 'escalated', overdue: true }, dueBy, act: 'escalate' };
}

/**
 * Sales tried and have not reached the lead: the next try is due at its share of the time, and one that is late is reminded of once, which
 * `overdue` tells with this number of attempts.
 */
function tried(input: FollowThroughInput, attempts: number, firstTouchedAt: number): FollowThrough {
  const { current, now, rules, hours } = input;
  const followUp = 'tried';
  if (rules === undefined) return { outputs: { followUp, overdue: false } };
  const { dueBy, endsAt } = triesOver(rules, attempts, firstTouchedAt, hours);
  if (attempts >= rules.attempts || now >= endsAt) return { outputs: { followUp: 'closed', overdue: false } };
  if (now < dueBy) return { outputs: { followUp, overdue: false }, dueBy, nextAt: dueBy };
  const wasTold = current.followUp === followUp && current.overdue === true && current.attempts === attempts;
  if (wasTold) return { outputs: { followUp, overdue: true }, dueBy, nextAt: endsAt };
  if (isLongDue(input, dueBy)) return { outputs: { followUp, overdue: false }, dueBy, nextAt: endsAt };
  if (!isTimeToTell(input)) return { outputs: { followUp, overdue: false }, dueBy, nextAt: timeToTell(input) };
  return { outputs: { followUp, overdue: true }, dueBy, act: 'remind', nextAt: endsAt };
}

const isLongDue = ({ since = 0, current }: FollowThroughInput, dueBy: number) =>
  dueBy < since && current.overdue !== true;

const isTimeToTell = ({ mayTell, now, hours }: FollowThroughInput) => mayTell && isWorking(now, hours);

const timeToTell = ({ mayTell, now, hours }: FollowThroughInput) => (mayTell ? nextWorking(now, hours) : now);
