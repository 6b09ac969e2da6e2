import { z } from 'zod';
import { key } from './schema-key.ts';

/** How the scores of one company's people make one score of the company. */
export const accountSchema = key(
  z.strictObject({
    of: key(z.enum(['total', 'fit', 'engagement']), 'Which score of its people is rolled up.', 'total'),
    roll_up: key(
      z.union([
        z.enum(['max', 'average']),
        z.strictObject({
          sum_of_top: key(z.int().min(1).max(1_000), 'The sum of so many of the best scores.', 3),
        }),
      ]),
      'What the account scores: the best of its people, their average, or the sum of the best few.',
      'max',
      { sum_of_top: 3 },
    ),
  }),
  'One score for a company, from those of its people.',
  { of: 'total', roll_up: { sum_of_top: 3 } },
);
