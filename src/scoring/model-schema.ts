import { z } from 'zod';
import { duration } from '../base/duration.ts';
import { conditionSchema, fieldName } from './condition-schema.ts';

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write it in lower case, with - between words, such as pricing-page')
  .max(60);
const label = z.string().trim().min(1).max(80).regex(/^.*$/, 'must be on one line');
const points = z.int().min(-10_000).max(10_000);
const limit = z.int().min(1).max(1_000_000);
const flag = id.describe(
  'Set on the lead while this holds, such as personal-email; written to a CRM property of its own.',
);
const halfLife = z
  .union([z.literal('none'), duration])
  .describe(
    'After this time a point is worth half, such as 30d; none switches decay off. The nearest one wins: criterion, group, dimension.',
  );

const fitCriterion = z
  .strictObject({
    id: id.describe('Names the criterion, once in the whole model.'),
    name: label.optional().describe('What sales reps read in the reasons; the id in words when absent.'),
    when: conditionSchema.describe('When the criterion holds: questions about fields.'),
    points: points
      .optional()
      .describe('Added to the score, a whole number; negative for a bad sign. Absent where only a flag is set.'),
    flag: flag.optional(),
  })
  .describe('Something about the lead that counts for or against it.');

const engagementCriterion = z
  .strictObject({
    ...fitCriterion.shape,
    when: conditionSchema.describe(
      'When the criterion holds: an activity, alone or in `all` with questions about fields; or questions about fields only, which score once and do not decay.',
    ),
    per: z
      .enum(['each', 'day', 'week', 'once'])
      .optional()
      .describe(
        'How often it scores: each time (when absent), or at most once a day, once a week (UTC, from Monday) or once.',
      ),
    max: limit.optional().describe('Scores at most this in all; for negative points, at most this much below 0.'),
    window: duration
      .optional()
      .describe('How far back activities count, such as 30d. The nearest one wins: criterion, group, dimension.'),
    half_life: halfLife.optional(),
  })
  .describe('Something that the person did which counts for or against the lead.');

const groupName = label.describe('What sales reps read where the group is capped, such as Web.');
const groupMax = limit
  .optional()
  .describe('The criteria of the group score at most this together, after decay; and at most this much below 0.');

const fitGroup = z.strictObject({
  name: groupName,
  max: groupMax,
  criteria: z.array(fitCriterion).min(1).describe('What counts in this group.'),
});

const engagementGroup = z.strictObject({
  name: groupName,
  max: groupMax,
  window: duration.optional().describe('How far back the activities of this group count, such as 90d.'),
  half_life: halfLife.optional(),
  criteria: z.array(engagementCriterion).min(1).describe('What counts in this group.'),
});

const dimensionMax = limit.describe('The dimension scores at most this.');
const floor = z.literal('none').optional().describe('none lets the dimension fall below 0; when absent it stops at 0.');

const gradeFrom = (what: string) => z.int().describe(`The least ${what} for this grade.`);

/**
 * The model language: one YAML file is one scoring model. `compileModel` says what a schema cannot, such as a condition
 * on an activity under fit.
 */
export const modelSchema = z
  .strictObject({
    model: id.describe('Names the model, as its file is named.'),
    name: label.describe('What people call the model.'),
    fit: z
      .strictObject({
        max: dimensionMax,
        floor,
        groups: z.array(fitGroup).min(1).describe('Criteria that belong together and may share a cap.'),
      })
      .describe('Explicit: what is known about the lead.'),
    engagement: z
      .strictObject({
        max: dimensionMax,
        floor,
        window: duration.describe(
          'How far back activities count, such as 180d, unless a group or criterion says otherwise.',
        ),
        half_life: halfLife.optional(),
        groups: z.array(engagementGroup).min(1).describe('Criteria that belong together and may share a cap.'),
      })
      .describe('Implicit: what the person did.'),
    grades: z
      .strictObject({
        fit: z
          .strictObject({
            A: gradeFrom('fit'),
            B: gradeFrom('fit'),
            C: gradeFrom('fit'),
            D: z.literal(0).describe('Everybody else.'),
          })
          .describe('The letter of the grade.'),
        engagement: z
          .strictObject({
            1: gradeFrom('engagement'),
            2: gradeFrom('engagement'),
            3: gradeFrom('engagement'),
            4: z.literal(0).describe('Everybody else.'),
          })
          .describe('The digit of the grade.'),
      })
      .describe('From which scores a lead gets which grade, such as B2.'),
    lifecycle: z
      .strictObject({
        mql: z
          .strictObject({
            fit: z.int().min(0).describe('The least fit.'),
            engagement: z.int().min(0).describe('The least engagement.'),
          })
          .describe('The gates to MQL; a lead must pass both.'),
        requires: z
          .array(fieldName)
          .default([])
          .describe('Fields without which no lead becomes an MQL, such as email.'),
      })
      .describe('When a lead becomes an MQL.'),
    fast_track: z
      .array(
        z.strictObject({
          id: id.describe('Names the rule; written to the CRM with the lead that it fast-tracked.'),
          when: conditionSchema.describe('One activity, alone or in `all` with questions about fields.'),
          follow_up_within: duration.describe('How soon sales must follow up, such as 5m.'),
        }),
      )
      .default([])
      .describe('What goes straight to sales, whatever the score.'),
  })
  .meta({ title: 'leadgauge model', description: 'A lead scoring model.' });

/** A model as YAML has it, checked for its shape; durations are in milliseconds. */
export type ModelSource = z.output<typeof modelSchema>;
export type FitCriterionSource = z.output<typeof fitCriterion>;
export type EngagementCriterionSource = z.output<typeof engagementCriterion>;
export type GroupSource = z.output<typeof fitGroup> | z.output<typeof engagementGroup>;
