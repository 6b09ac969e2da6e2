import { ConfigError } from '../../base/errors.ts';
import type { Column } from './column.ts';
import { type DateOrder, parseDate } from './dates.ts';

const WHAT_TO_DO =
  'write them as 2026-03-31, as a spreadsheet does in the format yyyy-mm-dd, and export the table anew';

/** @throws ConfigError where hardly a cell of the column is a date, or nobody can tell which of its numbers are days and which months. */
export function requireDates(column: Column, file: string): void {
  const name = JSON.stringify(column.name);
  const fail = (message: string) => new ConfigError([{ file, message }]);
  if (column.times === undefined) {
    throw fail(`the column ${name} holds no dates such as 2026-03-31, 31.03.2026 or 31/03/2026`);
  }
  if (column.dates === 'unclear') {
    throw fail(
      `of the dates in the column ${name} nobody can tell the day from the month, for no number in them is above 12: ${WHAT_TO_DO}`,
    );
  }
  if (column.dates === 'both') {
    const [day, month] = [dateOnlyIn(column, 'day-first'), dateOnlyIn(column, 'month-first')];
    const examples = day === undefined || month === undefined ? '' : `, such as ${day} and ${month}`;
    throw fail(
      `the column ${name} has dates with the day first and dates with the month first${examples}, and the others may be either: ${WHAT_TO_DO}`,
    );
  }
}

/** A date of the column that can be read in this order alone, as it is written, where one was kept. */
function dateOnlyIn({ values, written }: Column, order: DateOrder): string | undefined {
  const other = order === 'day-first' ? 'month-first' : 'day-first';
  return written[
    values.findIndex((text) => parseDate(text, order) !== undefined && parseDate(text, other) === undefined)
  ];
}
