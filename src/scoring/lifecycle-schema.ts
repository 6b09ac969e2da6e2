import { z } from 'zod';
import { duration } from '../base/duration.ts';
import { fieldName } from './condition-schema.ts';
import { key } from './schema-key.ts';

const gate = z.int().min(0);

/** The stages of a lead: subscriber, lead, MQL, and back. */
export const lifecycleSchema = z.strictObject({
  lead: key(
    z
      .strictObject({
        fit: key(gate.optional(), 'The least fit.', 20),
        engagement: key(gate.optional(), 'The least engagement.', 10),
      })
      .optional(),
    'The gates from subscriber to lead: of fit, of engagement, or of both. When absent, the stage of a subscriber is left alone.',
    { fit: 20 },
  ),
  mql: key(
    z.strictObject({
      fit: key(gate, 'The least fit.', 50),
      engagement: key(gate, 'The least engagement.', 40),
    }),
    'The gates to MQL; a lead must pass both.',
    { fit: 50, engagement: 40 },
  ),
  requires: key(z.array(fieldName).default([]), 'Fields without which no lead becomes an MQL, such as email.', [
    'email',
    'company',
  ]),
  recycle: key(
    z
      .strictObject({
        engagement_below: key(
          z.int().min(1),
          'What the engagement must have fallen below. It lies under the gate to MQL, so that nobody goes back and forth.',
          20,
        ),
        for: key(duration, 'For how long without a break, such as 30d.', '30d'),
      })
      .optional(),
    'When an MQL that sales do not work goes back to marketing. When absent, only what sales say sends it back.',
    { engagement_below: 20, for: '30d' },
  ),
});
