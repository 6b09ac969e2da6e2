import { z } from 'zod';

/** The id of a record, which HubSpot writes as a number here and as a text there. */
export const hubspotId = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform(String);
