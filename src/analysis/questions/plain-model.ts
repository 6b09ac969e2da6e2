import { z } from 'zod';

/** A criterion as YAML has it: what it asks is kept word for word, to be written again. */
const plainCriterion = z.object({
  id: z.string(),
  name: z.string().optional(),
  when: z.unknown().optional(),
  points: z.number().optional(),
  flag: z.string().optional(),
  disqualify: z.string().optional(),
  field: z.string().optional(),
  bands: z.record(z.string(), z.number()).optional(),
  window: z.string().optional(),
});

const plainGroup = z.object({
  name: z.string(),
  window: z.string().optional(),
  criteria: z.array(plainCriterion),
});

/** What of a model's file a suggestion takes over; that it is a sound model is known before. */
export const plainModelSchema = z.looseObject({
  fit: z.object({ groups: z.array(plainGroup) }),
  engagement: z.object({ window: z.string(), groups: z.array(plainGroup) }),
  lifecycle: z.looseObject({ requires: z.array(z.string()).optional() }),
});

export type PlainModel = z.output<typeof plainModelSchema>;
export type PlainGroup = z.output<typeof plainGroup>;
export type PlainCriterion = z.output<typeof plainCriterion>;

/** What stays as it is: whom the model is about, kinds of people, and what does not go by points. */
const KEPT = ['applies_to', 'personas', 'fast_track', 'routes', 'account'] as const;

/** These parts of the file, as far as there are any. */
export function keptParts(model: PlainModel): Record<string, unknown> {
  return Object.fromEntries(KEPT.flatMap((key) => (model[key] === undefined ? [] : [[key, model[key]]])));
}
