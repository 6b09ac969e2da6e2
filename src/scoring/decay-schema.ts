import { z } from 'zod';
import { duration } from '../base/duration.ts';
import { key } from './schema-key.ts';

const SHARE_HINT = 'write a share in whole percent from 1% to 100%, such as 25%';

const share = z
  .string({ error: ({ input }) => (input === undefined ? undefined : SHARE_HINT) })
  .regex(/^(?:[1-9]\d?|100)%$/, SHARE_HINT)
  .transform((text) => Number(text.slice(0, -1)));

const NEAREST = 'The nearest decay wins, of whichever kind: criterion, group, dimension.';

/** The two ways in which points fade; at most one of them stands at each level. */
export const decayKeys = {
  half_life: key(
    z.union([z.literal('none'), duration]).optional(),
    `After this time a point is worth half, such as 30d; none switches decay off. ${NEAREST}`,
    '30d',
    'none',
  ),
  decay: key(
    z
      .union([
        z.literal('none'),
        z.strictObject({
          every: key(duration, 'The length of a step, such as 30d.', '30d'),
          by: key(share, 'The share of the original points that each step takes, such as 25%.', '25%'),
        }),
      ])
      .optional(),
    `Points fall in steps: by 25% every 30 days, nothing is left after 120; none switches decay off. ${NEAREST}`,
    { every: '30d', by: '25%' },
  ),
};

export type DecaySource = z.output<z.ZodObject<typeof decayKeys>>;
