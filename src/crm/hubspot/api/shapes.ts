import { z } from 'zod';
import { problemBodySchema } from '../refusal.ts';

/** Where the next page starts; absent on the last one. */
export const paging = z.object({ next: z.object({ after: z.coerce.string() }).nullish() }).nullish();

/** What became of single inputs of a batch that was carried out in part (207). */
export const batchErrors = z.array(problemBodySchema).nullish();

/** The query parameter that continues a listing. */
export function after(cursor: string | undefined): { after?: string } {
  return cursor === undefined ? {} : { after: cursor };
}
