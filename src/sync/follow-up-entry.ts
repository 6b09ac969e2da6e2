import type { Outputs } from '../crm/crm.ts';
import { isOpen } from '../leads/follow-up-state.ts';
import type { FollowUp } from '../ledger/follow-ups.ts';
import type { FollowThrough } from './follow-through.ts';
import { promotedBy } from './lifecycle.ts';

interface Followed extends Pick<FollowThrough, 'dueBy' | 'nextAt'> {
  readonly leadId: string;
  /** The id of the model. */
  readonly model: string;
  readonly ownerId: string | undefined;
  /** What the properties of the model hold once everything is written. */
  readonly after: Partial<Outputs>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * How a follow-up stands, for `saveFollowUps`; undefined for a lead that was never routed to sales. Of one that is routed just now nothing
 * but `after` is known: it is due by the time that this names.
 */
export function followUpEntry(followed: Followed): (FollowUp & Pick<FollowThrough, 'nextAt'>) | undefined {
  const { leadId, model, ownerId, after, now, ...times } = followed;
  const { routedAt, followUpBy = routedAt, followUp: state = 'open', firstTouchedAt, attempts = 0 } = after;
  if (routedAt === undefined || followUpBy === undefined) return undefined;
  const isUntried = state === 'open' || state === 'reminded' || state === 'escalated';
  const dueBy = times.dueBy ?? (isUntried ? followUpBy : undefined);
  const nextAt = times.nextAt ?? (isUntried && followUpBy > now ? followUpBy : undefined);
  return {
    leadId,
    model,
    ownerId,
    rule: ruleOf(after),
    routedAt,
    followUpBy,
    firstTouchedAt,
    attempts,
    state,
    ...(isOpen(state) && { dueBy, ...(nextAt !== undefined && { nextAt }) }),
  };
}

/**
 * The fast track that routed a lead. Whoever came to be an MQL by that has the reason for it, for what the properties tell of fast tracks is
 * the last one ever; and whoever was one already can only have been routed by a fast track.
 */
function ruleOf({ routedAt, mqlAt, fastTrack, stageReason }: Partial<Outputs>): string | undefined {
  return mqlAt === routedAt ? promotedBy(stageReason) : fastTrack;
}
