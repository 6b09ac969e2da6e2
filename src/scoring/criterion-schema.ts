import { z } from 'zod';
import { duration } from '../base/duration.ts';
import { conditionSchema, fieldName } from './condition-schema.ts';
import { decayKeys } from './decay-schema.ts';
import { idWord, label, limit } from './model-words.ts';
import { key } from './schema-key.ts';

const points = z.int().min(-10_000).max(10_000);

const bands = z
  .record(z.string().trim().min(1), points)
  .refine((value) => Object.keys(value).length > 0, '"bands" are empty: give at least one, such as "11-99": 5');

export const fitCriterion = key(
  z.strictObject({
    id: key(idWord, 'Names the criterion, once in the whole model.', 'title-executive'),
    name: key(label.optional(), 'What sales reps read in the reasons; the id in words when absent.', 'Executive title'),
    when: key(
      conditionSchema.optional(),
      'When the criterion holds: questions about fields. With bands it may be left out.',
      { field: 'job_title', seniority: ['c-level', 'vp'] },
    ),
    points: key(
      points.optional(),
      'Added to the score, a whole number; negative for a bad sign. Absent where only a flag is set, or the lead ruled out.',
      25,
      -10,
    ),
    flag: key(
      idWord.optional(),
      'Set on the lead while this holds, such as personal-email; written to a CRM property of its own.',
      'personal-email',
    ),
    disqualify: key(
      label.optional(),
      'Rules the lead out while this holds, whatever its score, and says why, in words for people. Only a person in the CRM can overrule it.',
      'company too small',
    ),
    field: key(
      fieldName.optional(),
      'With bands: the field whose number is looked up in them, such as employees.',
      'employees',
    ),
    bands: key(
      bands.optional(),
      'With field: the points of each band of numbers. A range such as 11-50 falls into the band of its low end.',
      { '1-10': 0, '11-99': 5, '100-999': 15, '1000+': 20 },
    ),
  }),
  'Something about the lead that counts for or against it.',
  { id: 'title-executive', when: { field: 'job_title', seniority: ['c-level', 'vp'] }, points: 25 },
);

export const engagementCriterion = key(
  z.strictObject({
    ...fitCriterion.shape,
    when: key(
      conditionSchema.optional(),
      'When the criterion holds: an activity, or inactive_for, alone or in `all` with questions about fields; or questions about fields only. Only activities are counted and decay.',
      { activity: 'page-view', url: '/pricing*' },
    ),
    per: key(
      z.enum(['each', 'day', 'week', 'once']).optional(),
      'How often it scores: each time (when absent), or at most once a day, once a week (UTC, from Monday) or once.',
      'day',
    ),
    max: key(limit.optional(), 'Scores at most this in all; for negative points, at most this much below 0.', 30),
    window: key(
      duration.optional(),
      'How far back activities count, such as 30d. The nearest one wins: criterion, group, dimension.',
      '30d',
    ),
    ...decayKeys,
  }),
  'Something that the person did which counts for or against the lead.',
  { id: 'pricing-page', when: { activity: 'page-view', url: '/pricing*' }, points: 10, per: 'day', max: 30 },
);

export type FitCriterionSource = z.output<typeof fitCriterion>;
export type EngagementCriterionSource = z.output<typeof engagementCriterion>;
