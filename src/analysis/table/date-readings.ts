import type { DateOrder } from './dates.ts';

/**
 * How the dates of a column are meant. `plain`: each says so itself. `unclear`: with slashes, and no number above 12 that must be the
 * day. `both`: some must have the day first, and others the month.
 */
export type DateReading = 'plain' | DateOrder | 'unclear' | 'both';

/** The dates of a column as they are meant, from how they read in either order. By row; undefined where hardly any is one. */
export function dateReadings(
  dayFirst: Float64Array | undefined,
  monthFirst: Float64Array | undefined,
): { readonly times: Float64Array | undefined; readonly dates: DateReading } {
  if (dayFirst === undefined || monthFirst === undefined) return { times: undefined, dates: 'plain' };
  let [isDayFirst, isMonthFirst, isEither] = [false, false, false];
  for (const [row, one] of dayFirst.entries()) {
    const other = monthFirst[row] ?? Number.NaN;
    const [isOne, isOther] = [!Number.isNaN(one), !Number.isNaN(other)];
    isDayFirst ||= isOne && !isOther;
    isMonthFirst ||= isOther && !isOne;
    isEither ||= isOne && isOther && one !== other;
  }
  if (isDayFirst && isMonthFirst) {
    return { times: dayFirst.map((one, row) => (Number.isNaN(one) ? (monthFirst[row] ?? one) : one)), dates: 'both' };
  }
  if (isMonthFirst) return { times: monthFirst, dates: 'month-first' };
  return { times: dayFirst, dates: isDayFirst ? 'day-first' : isEither ? 'unclear' : 'plain' };
}
