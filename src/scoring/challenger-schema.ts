import { z } from 'zod';
import { asText } from '../base/as-text.ts';
import { excerpt } from '../base/excerpt.ts';
import { idWord } from './model-words.ts';
import { key } from './schema-key.ts';

const PERCENT = /^(\d{1,2}(?:\.\d{1,2})?)%$/;

/** A share of persons as config has it, `10%`, read into 0.1: above nothing, and below all. */
const share = z
  .string({ error: ({ input }) => (input === undefined ? undefined : complaint(input)) })
  .regex(PERCENT, { error: ({ input }) => complaint(input) })
  // What is none at all was told of before.
  .refine((text) => shareOf(text) !== 0, { error: ({ input }) => complaint(input) })
  .transform(shareOf);

function shareOf(text: string): number {
  return Math.round(Number(PERCENT.exec(text)?.[1] ?? Number.NaN) * 100) / 10_000;
}

function complaint(input: unknown): string {
  const given = typeof input === 'string' ? JSON.stringify(excerpt(input)) : asText(input) || 'this';
  return `${given} is no share of the leads: write a percentage above 0% and below 100%, such as 10%`;
}

export const challengerTo = key(
  idWord.optional(),
  'Makes the model a challenger: it scores silently whom this other model is about, for the two to be compared, and moves or tells nobody.',
  'services',
);

export const holdout = key(
  share.optional(),
  'Which share of the persons, picked by chance and for good, a challenger scores for real in place of the other model.',
  '10%',
);
