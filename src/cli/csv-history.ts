import type { Column } from '../analysis/table/column.ts';
import { findColumn, findColumns } from '../analysis/table/find-columns.ts';
import { type Outcomes, readOutcomes } from '../analysis/table/outcome.ts';
import { requireDates } from '../analysis/table/require-dates.ts';
import { readTable, type Table } from '../analysis/table/table.ts';
import { systemClock } from '../base/clock.ts';
import { type CsvFlags, requireTable } from './csv-options.ts';
import type { Io } from './io.ts';
import { counted } from './print.ts';
import { type Progress, startProgress } from './progress.ts';

/** A table of leads with what was said about its columns. */
export interface CsvHistory {
  readonly table: Table;
  readonly outcomes: Outcomes;
  /** The columns to learn from. */
  readonly columns: readonly Column[];
  readonly date: Column | undefined;
  /** Rows that are left out, and why, in sentences. */
  readonly warnings: readonly string[];
}

/** Reads the table that is asked for, telling how far it is. @throws ConfigError where it, or a column that is named, cannot be used. */
export async function readCsvHistory(flags: CsvFlags, io: Io, isQuiet: boolean): Promise<CsvHistory> {
  const { csv, outcome } = requireTable(flags);
  let progress: Progress | undefined;
  const table = await readTable(csv, {
    // A small file is read before anybody could look.
    onRows(rows) {
      if (!isQuiet) progress ??= startProgress(io, { title: 'Reading', now: systemClock.now });
      progress?.update(rows, counted(rows, 'row'));
    },
    signal: io.signal,
  });
  progress?.finish(`Read ${counted(table.rows, 'row')} with ${counted(table.columns.length, 'column')}.`);

  const outcomeColumn = findColumn(table, outcome);
  const outcomes = readOutcomes(outcomeColumn, csv);
  const date = flags.date === undefined ? undefined : findColumn(table, flags.date);
  if (date !== undefined) requireDates(date, csv);
  const ignored = new Set([outcomeColumn, date, ...findColumns(table, flags.ignore ?? [])]);
  const columns = table.columns.filter((column) => !ignored.has(column));
  return { table, outcomes, columns, date, warnings: warningsOf(table, outcomes) };
}

function warningsOf({ uneven }: Table, { open }: Outcomes): string[] {
  return [
    ...(uneven === 0
      ? []
      : [
          `${counted(uneven, 'row')} ${uneven === 1 ? 'has' : 'have'} more or fewer cells than the header, and ${were(uneven)} left out.`,
        ]),
    ...(open === 0
      ? []
      : [`${counted(open, 'lead')} ${open === 1 ? 'has' : 'have'} no outcome yet, and ${were(open)} left out.`]),
  ];
}

const were = (count: number) => (count === 1 ? 'was' : 'were');
