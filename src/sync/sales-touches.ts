import type { Outputs } from '../crm/crm.ts';
import type { Activity, ActivityType } from '../leads/activity.ts';

/** What sales did about a lead since it was routed to them. */
export interface SalesDid {
  /** How often they tried. */
  readonly attempts: number;
  /** When they did first, in milliseconds since 1970. */
  readonly firstTouchedAt?: number;
  /** When they tried last, as far as that is known. */
  readonly lastTriedAt?: number;
  /** Whether they and the person were in touch. */
  readonly reached: boolean;
}

/** The types of activity that a follow-up asks for, whatever the models ask. */
export const TOUCHES = [
  'call',
  'call-attempt',
  'sales-email',
  'email-reply',
  'meeting',
] as const satisfies readonly ActivityType[];

interface Known {
  readonly current: Partial<Outputs>;
  readonly touches: readonly Activity[];
  readonly now: number;
}

/** What the CRM holds counts on, where the ledger knows less: it was emptied, or has forgotten by now. */
export function whatSalesDid({ current, touches, now }: Known, routedAt: number): SalesDid {
  const since = touches.filter(({ at }) => at >= routedAt);
  // A meeting that is still to come was agreed on by now.
  const times = since.filter(isTouch).map(({ at }) => Math.min(at, now));
  const known = current.firstTouchedAt;
  const firstTouchedAt = known === undefined && times.length === 0 ? undefined : Math.min(known ?? now, ...times);
  const tries = since.filter(isTry).map(({ at }) => Math.min(at, now));
  return {
    attempts: Math.max(current.attempts ?? 0, tries.length),
    reached: since.some((touch) => isTalk(touch) || isAnswer(touch)),
    ...(firstTouchedAt !== undefined && { firstTouchedAt }),
    ...(tries.length > 0 && { lastTriedAt: Math.max(...tries) }),
  };
}

/** What sales did to reach the person, and their talks, oldest first. */
export function salesTouches(activities: readonly Activity[]): readonly Activity[] {
  return activities.filter(isTouch).sort((one, other) => one.at - other.at);
}

/** When sales last tried to reach the person or met them, in milliseconds since 1970; a meeting that is still to come was agreed on by now. */
export function lastTouch(activities: readonly Activity[], now: number): number | undefined {
  const times = salesTouches(activities).map(({ at }) => Math.min(at, now));
  return times.length === 0 ? undefined : Math.max(...times);
}

const isTouch = (activity: Activity) => isTry(activity) || isTalk(activity);

/** Sales called or wrote, whatever came of it. */
function isTry({ type, isInbound }: Activity): boolean {
  return isInbound !== true && (type === 'call' || type === 'call-attempt' || type === 'sales-email');
}

const isTalk = ({ type }: Activity) => type === 'call' || type === 'meeting';

/**
 * The person wrote to sales: that is no touch of theirs, but nobody has to try to reach them any more. Of an answer to a marketing
 * e-mail no CRM says that it came in.
 */
function isAnswer({ type, isInbound }: Activity): boolean {
  return isInbound === true && (type === 'email-reply' || type === 'sales-email');
}
