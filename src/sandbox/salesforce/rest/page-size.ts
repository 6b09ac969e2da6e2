import type { Org } from '../org/org.ts';

const MOST_ROWS = 2_000;
const LEAST_ROWS = 200;
/** Values in one page, above which it has fewer rows. */
const MOST_VALUES = 200_000;

interface Asked {
  /** The object that the query is about. */
  readonly type: string;
  readonly columns: readonly string[];
  /** The header `Sforce-Query-Options: batchSize=500`, where it was sent. */
  readonly options: string | undefined;
}

/**
 * How many rows a page of a query has: 2,000, or as many as the caller wishes, and fewer where rows are wide. Two long texts of the
 * org's own making are enough for pages of 200.
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_changing_batch_size.htm
 */
export function pageSize(org: Org, { type, columns, options }: Asked): number {
  const wished = Number(/\bbatchSize\s*=\s*(\d+)/i.exec(options ?? '')?.[1] ?? MOST_ROWS);
  const object = org.object(type);
  const longTexts = columns.filter((name) => {
    const field = object?.field(name);
    return field?.custom === true && field.type === 'textarea' && field.length > 255;
  });
  if (longTexts.length >= 2) return LEAST_ROWS;
  const fitting = Math.floor(MOST_VALUES / Math.max(1, columns.length));
  return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, wished, fitting));
}
