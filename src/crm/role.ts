import { z } from 'zod';

/** What a connection is for. */
export const ROLES = ['both', 'source', 'destination', 'off'] as const;
export type Role = (typeof ROLES)[number];

/** For the file of a connection in `config/`. */
export function roleSchema(usual: Role) {
  return z
    .enum(ROLES)
    .default(usual)
    .meta({
      description:
        'What leadgauge does with this CRM. source: what people did there counts, and nothing is written to it. destination: its leads are scored, by what people did elsewhere. both: both. off: nothing.',
      examples: ['both', 'source'],
    });
}
