import { z } from 'zod';
import { duration } from '../base/duration.ts';
import { accountSchema } from './account-schema.ts';
import { challengerTo, holdout } from './challenger-schema.ts';
import { conditionSchema } from './condition-schema.ts';
import { engagementDimension, fitDimension } from './dimension-schema.ts';
import { learnt } from './learnt-schema.ts';
import { lifecycleSchema } from './lifecycle-schema.ts';
import { idWord, label } from './model-words.ts';
import { routesSchema } from './routes-schema.ts';
import { key } from './schema-key.ts';

/** Not a number: keys that are numbers would come first, whatever the order in the file. */
const personaId = idWord.regex(/^[a-z]/, 'begin it with a letter, such as engineer');

const gradeFrom = (what: string, example: number) => key(z.int(), `The least ${what} for this grade.`, example);
const everybodyElse = key(z.literal(0), 'Everybody else.', 0);

const grades = z.strictObject({
  fit: key(
    z.strictObject({
      A: gradeFrom('fit', 75),
      B: gradeFrom('fit', 50),
      C: gradeFrom('fit', 25),
      D: everybodyElse,
    }),
    'The letter of the grade.',
    { A: 75, B: 50, C: 25, D: 0 },
  ),
  engagement: key(
    z.strictObject({
      1: gradeFrom('engagement', 75),
      2: gradeFrom('engagement', 50),
      3: gradeFrom('engagement', 25),
      4: everybodyElse,
    }),
    'The digit of the grade.',
    { 1: 75, 2: 50, 3: 25, 4: 0 },
  ),
});

const fastTrack = z.strictObject({
  id: key(idWord, 'Names the rule; written to the CRM with the lead that it fast-tracked.', 'demo-request'),
  when: key(
    conditionSchema,
    'One activity, alone or in `all` with questions about fields; or questions about fields alone, which fire when they begin to hold.',
    { activity: 'form-submission', form: ['demo-request', 'contact-sales'] },
  ),
  follow_up_within: key(
    duration.optional(),
    'How soon sales must follow up, such as 5m. A rule on fields alone may leave it out: a day.',
    '5m',
  ),
});

/**
 * The model language: one YAML file is one scoring model. `compileModel` says what a schema cannot, such as a condition
 * on an activity under fit.
 */
export const modelSchema = z
  .strictObject({
    model: key(idWord, 'Names the model, as its file is named.', 'platform'),
    name: key(label, 'What people call the model.', 'Platform'),
    applies_to: key(
      conditionSchema.optional(),
      'Which leads the model scores: questions about fields. When absent it scores all. "" stands for a field without a value.',
      { field: 'product_interest', in: ['platform', ''] },
    ),
    challenger_to: challengerTo,
    holdout,
    learnt,
    personas: key(
      z.record(personaId, conditionSchema).optional(),
      'Kinds of people, by questions about fields. The order matters: a lead is of the first persona that it fits.',
      {
        engineer: { field: 'job_title', function: 'engineering' },
        buyer: { field: 'job_title', seniority: ['c-level', 'vp', 'director'] },
      },
    ),
    fit: fitDimension,
    engagement: engagementDimension,
    grades: key(grades, 'From which scores a lead gets which grade, such as B2.', {
      fit: { A: 75, B: 50, C: 25, D: 0 },
      engagement: { 1: 75, 2: 50, 3: 25, 4: 0 },
    }),
    lifecycle: key(lifecycleSchema, 'When a lead becomes an MQL, and when it is given back.', {
      mql: { fit: 50, engagement: 40 },
      requires: ['email', 'company'],
    }),
    fast_track: key(z.array(fastTrack).default([]), 'What goes straight to sales, whatever the score.', [
      { id: 'demo-request', when: { activity: 'form-submission', form: 'demo-request' }, follow_up_within: '5m' },
    ]),
    routes: routesSchema.optional(),
    account: accountSchema.optional(),
  })
  .meta({ title: 'leadgauge model', description: 'A lead scoring model.' });

/** A model as YAML has it, checked for its shape; durations are in milliseconds. */
export type ModelSource = z.output<typeof modelSchema>;
export type { EngagementCriterionSource, FitCriterionSource } from './criterion-schema.ts';
export type { GroupSource } from './dimension-schema.ts';
