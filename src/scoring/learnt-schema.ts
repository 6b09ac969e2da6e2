import { z } from 'zod';
import { asText } from '../base/as-text.ts';
import { DAY } from '../base/clock.ts';
import { excerpt } from '../base/excerpt.ts';
import { key } from './schema-key.ts';

/** A day, `2026-10-01`, read into the time at which it has ended, UTC, in milliseconds since 1970. */
const endOfDay = z.iso
  .date({ error: ({ input }) => (input === undefined ? undefined : complaint(input)) })
  .transform((day) => Date.parse(`${day}T00:00:00Z`) + DAY);

function complaint(input: unknown): string {
  const given = typeof input === 'string' ? JSON.stringify(excerpt(input)) : asText(input) || 'this';
  return `${given} is no day: write it as 2026-10-01`;
}

/** From what leads a model was learnt. Scores have nothing to do with it. */
export const learnt = key(
  z
    .strictObject({
      until: key(
        endOfDay,
        'A day, in UTC, by the end of which all leads had come that the model was learnt from.',
        '2026-10-01',
      ),
    })
    .optional(),
  'From what leads the model was learnt: it is compared with another on those alone that came later. `leadgauge suggest` writes it; scores do not depend on it.',
  { until: '2026-10-01' },
);
