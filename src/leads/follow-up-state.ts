/**
 * `open`: nobody has tried yet. `reminded`, `escalated`: nor since the owner, and then somebody else, was told. `tried`: at least once, without
 * reaching the lead. `reached`: spoken with, or sales say that they work it. `closed`: over, be it by all attempts or as sales said so.
 */
export const FOLLOW_UP_STATES = ['open', 'reminded', 'escalated', 'tried', 'reached', 'closed'] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

/** Whether sales still have to do something. */
export function isOpen(state: FollowUpState): state is Exclude<FollowUpState, 'reached' | 'closed'> {
  return state !== 'reached' && state !== 'closed';
}
