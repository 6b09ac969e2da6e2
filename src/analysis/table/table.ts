import { ConfigError } from '../../base/errors.ts';
import { type Column, type ColumnReader, readColumn } from './column.ts';
import { tableRows } from './table-rows.ts';

/** A table of leads, one a row, column by column. */
export interface Table {
  readonly file: string;
  readonly rows: number;
  /** Those that have a name. */
  readonly columns: readonly Column[];
  /** Rows with more or fewer cells than the header: they are not among `rows`. */
  readonly uneven: number;
}

export interface ReadTableOptions {
  /** Told now and then how many rows were read. */
  readonly onRows?: (rows: number) => void;
  readonly signal?: AbortSignal;
}

export const ROWS_BETWEEN_NEWS = 5_000;

/** Reads a CSV file row by row, and keeps a few bytes of each cell. @throws ConfigError as `tableRows`, and where no row can be used. */
export async function readTable(file: string, { onRows, signal }: ReadTableOptions = {}): Promise<Table> {
  let readers: readonly (ColumnReader | undefined)[] | undefined;
  let rows = 0;
  let uneven = 0;
  for await (const { headings, cells } of tableRows(file, signal)) {
    if (cells === undefined) {
      uneven += 1;
      continue;
    }
    readers ??= headings.map((heading) => heading && readColumn(heading));
    for (const [place, reader] of readers.entries()) reader?.add(cells[place] ?? '');
    rows += 1;
    if (rows % ROWS_BETWEEN_NEWS === 0) onRows?.(rows);
  }
  if (readers === undefined) {
    const message = `the table has no rows${uneven === 0 ? '' : ' with as many cells as its header'}`;
    throw new ConfigError([{ file, message }]);
  }
  return { file, rows, uneven, columns: readers.flatMap((reader) => reader?.finish() ?? []) };
}
