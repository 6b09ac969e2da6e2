import { z } from 'zod';
import { RetryableError } from '../../../base/errors.ts';
import { codesOf, contextValues, isNotFound, type ProblemBody, problemBodySchema } from '../refusal.ts';

/** Where the next page starts; absent on the last one. */
export const paging = z.object({ next: z.object({ after: z.coerce.string() }).nullish() }).nullish();

/** What became of single inputs of a batch that was carried out in part (207). */
export const batchErrors = z.array(problemBodySchema).nullish();

/**
 * For a batch that was read in part: what does not exist may be left out, and nothing else may.
 * @throws RetryableError where something is left out for another reason, as it would be taken for deleted; `left` is told of
 *   it instead where the answer says which record it is.
 */
export function expectOnlyNotFound(
  what: string,
  errors: readonly ProblemBody[] | null | undefined,
  left?: (id: string, error: RetryableError) => void,
): void {
  for (const problem of errors ?? []) {
    if (isNotFound(problem)) continue;
    const why = codesOf(problem).join(', ') || 'no reason given';
    const ids = contextValues(problem, ['ids', 'id']);
    if (left === undefined || ids.length === 0)
      throw new RetryableError(`HubSpot could not read all ${what} this time (${why})`);
    for (const id of ids) left(id, new RetryableError(`HubSpot could not read the record this time (${why})`));
  }
}

/**
 * Rows that are read one by one, so that an odd one holds up no other; `odd` is how many were left out. A page of nothing
 * but odd rows is refused: then it is the format that has changed, and going on would lose everything.
 */
export function rowsOf<Row>(row: z.ZodType<Row>) {
  return z.array(z.unknown()).transform((all, context) => {
    const rows = all.flatMap((each) => {
      const parsed = row.safeParse(each);
      return parsed.success ? [parsed.data] : [];
    });
    if (rows.length === 0 && all.length > 1) context.addIssue({ code: 'custom', message: 'no row could be read' });
    return { rows, odd: all.length - rows.length };
  });
}

/** The query parameter that continues a listing. */
export function after(cursor: string | undefined): { after?: string } {
  return cursor === undefined ? {} : { after: cursor };
}
