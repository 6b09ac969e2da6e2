import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { addWorkingTime, type WorkingHours } from '../../src/base/working-hours.ts';
import type { Outputs } from '../../src/crm/crm.ts';
import type { Activity, ActivityType } from '../../src/leads/activity.ts';
import type { FollowUpRules } from '../../src/settings/sales.ts';
import { type FollowThrough, type FollowThroughInput, followThrough } from '../../src/sync/follow-through.ts';

/** Mon to Fri, 9 to 17 in Berlin, which is an hour ahead of UTC in November. */
export const BERLIN: WorkingHours = {
  timeZone: 'Europe/Berlin',
  days: new Set(['mon', 'tue', 'wed', 'thu', 'fri']),
  from: 9 * 60,
  to: 17 * 60,
  holidays: new Set(['2026-11-23']),
  away: [],
};

export const RULES: FollowUpRules = { escalateAfter: 30 * MINUTE, escalateTo: 'manager', attempts: 4, over: 10 * DAY };

export interface Told {
  readonly act: 'remind' | 'escalate';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How often sales had tried by then. */
  readonly attempts: number;
}

export interface Play extends Partial<Pick<FollowThroughInput, 'rules' | 'hours'>> {
  readonly routedAt: number;
  /** In milliseconds of working time; an hour when absent. */
  readonly within?: number;
  /** What sales and the lead did, each known from its time on. */
  readonly touches?: readonly Activity[];
  /** When somebody looks besides, such as at a page view of the lead. */
  readonly looks?: readonly number[];
  /** When Redis is empty: what was done is not known then. */
  readonly forgotten?: (at: number) => boolean;
  readonly until: number;
}

export interface Played {
  readonly told: readonly Told[];
  /** What the CRM holds in the end. */
  readonly held: Partial<Outputs>;
  readonly last: FollowThrough;
}

/** Plays a follow-up through: looks whenever it asks to, whenever somebody did something, and at `looks`; and writes what comes out. */
export function play({ routedAt, within = HOUR, touches = [], looks = [], forgotten, until, ...rest }: Play): Played {
  const hours = 'hours' in rest ? rest.hours : BERLIN;
  const rules = 'rules' in rest ? rest.rules : RULES;
  const followUpBy = addWorkingTime(routedAt, within, hours);
  let held: Partial<Outputs> = { routedAt, followUpBy, followUp: 'open' };
  const told: Told[] = [];
  const others = [...looks, ...touches.map(({ at }) => at), until].filter((at) => at > routedAt && at <= until);
  others.sort((one, other) => one - other);
  let last: FollowThrough = { outputs: {} };
  let next: number | undefined = routedAt;
  while (next !== undefined) {
    const now: number = next;
    const known = forgotten?.(now) === true ? [] : touches.filter(({ at }) => at <= now);
    last = look({ current: held, touches: known, now, rules, hours });
    if (last.act !== undefined) told.push({ act: last.act, at: now, attempts: last.outputs.attempts ?? 0 });
    held = { ...held, ...last.outputs };
    const later = [...(last.nextAt === undefined ? [] : [last.nextAt]), ...others.filter((at) => at > now)];
    const soonest = Math.min(...later);
    next = soonest <= until ? soonest : undefined;
  }
  return { told, held, last };
}

/** Of a lead of which sales say nothing, unless told otherwise. */
export function look(input: Partial<FollowThroughInput> & Pick<FollowThroughInput, 'current' | 'now'>): FollowThrough {
  return followThrough({
    touches: [],
    salesSay: undefined,
    saidSince: false,
    beyondSince: false,
    rules: RULES,
    hours: BERLIN,
    mayTell: true,
    ...input,
  });
}

export function touch(type: ActivityType, at: number, own: Partial<Activity> = {}): Activity {
  return { id: `${type}-${at}`, type, at, ...own };
}
