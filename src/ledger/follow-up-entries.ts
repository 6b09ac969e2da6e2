import { z } from 'zod';
import { FOLLOW_UP_STATES } from '../leads/follow-up-state.ts';
import type { FollowUp } from './follow-ups.ts';

/** 0 and "" where there is none; the last may be missing. */
const entrySchema = z.tuple([
  z.string(),
  z.string(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.enum(FOLLOW_UP_STATES),
  z.number(),
  z.literal(1).optional(),
]);

/** As short as it can be, as there is one for every route of a lead. */
export function encodeFollowUp(followUp: FollowUp): string {
  const { ownerId, rule, routedAt, followUpBy, firstTouchedAt, attempts, state, dueBy, isLeft } = followUp;
  const entry: z.input<typeof entrySchema> = [
    ownerId ?? '',
    rule ?? '',
    routedAt,
    followUpBy,
    firstTouchedAt ?? 0,
    attempts,
    state,
    dueBy ?? 0,
  ];
  return JSON.stringify(isLeft ? [...entry, 1] : entry);
}

/** Undefined for what another version wrote: it is noted anew when the lead is scored next. */
export function decodeFollowUp(leadId: string, field: string, text: string): FollowUp | undefined {
  const entry = entrySchema.safeParse(JSON.parse(text));
  if (!entry.success) return undefined;
  const [ownerId, rule, routedAt, followUpBy, firstTouchedAt, attempts, state, dueBy, isLeft] = entry.data;
  return {
    leadId,
    model: field.split(' ')[0] ?? '',
    ...(ownerId !== '' && { ownerId }),
    ...(rule !== '' && { rule }),
    routedAt,
    followUpBy,
    ...(firstTouchedAt !== 0 && { firstTouchedAt }),
    attempts,
    state,
    ...(dueBy !== 0 && { dueBy }),
    ...(isLeft && { isLeft: true }),
  };
}
