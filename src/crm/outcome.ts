import { z } from 'zod';

/** What may count as having bought, the surest first. */
export const OUTCOMES = ['deal-won', 'customer', 'converted'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** For the file of a connection in `config/`: by what history is judged. */
export const outcomeSchema = z
  .enum(OUTCOMES)
  .optional()
  .meta({
    description:
      'What counts as having bought for `leadgauge backtest`, `suggest` and `review`: deal-won, customer or converted. Left out, the first of these that any lead came to; `--outcome` takes another one.',
    examples: ['deal-won'],
  });
