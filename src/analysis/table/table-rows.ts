import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { delimiterOf } from '../../base/delimiter.ts';
import { ConfigError } from '../../base/errors.ts';
import { beginningOf } from './table-beginning.ts';
import { type Heading, readHeader } from './table-header.ts';

export interface TableRow {
  /** By place; undefined where a column has no name. */
  readonly headings: readonly (Heading | undefined)[];
  /** By place; undefined where there are more or fewer cells than headings. */
  readonly cells: readonly string[] | undefined;
}

/**
 * The rows of a CSV file with a header as spreadsheets and CRMs write it, with commas, semicolons or tabs, one after the other. A quote
 * within a cell that has none around it is a letter like any other.
 * @throws ConfigError where there is no such file, it is no CSV in UTF-8, has no header, or its quotes do not match.
 */
export async function* tableRows(file: string, signal?: AbortSignal): AsyncGenerator<TableRow> {
  const delimiter = delimiterOf(await beginningOf(file));
  let headings: TableRow['headings'] | undefined;
  let rows = 1;
  try {
    for await (const cells of recordsOf(file, delimiter, signal)) {
      if (headings === undefined) headings = readHeader(cells, file);
      else {
        rows += 1;
        yield { headings, cells: isEven(headings, cells) ? cells : undefined };
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = `its quotes do not match, in row ${rows + 1} or after it: mend that, and try again`;
    throw new ConfigError([{ file, message }]);
  }
}

/** A longer row is no lead, but a quote that nobody closed. */
const LONGEST_ROW = 1_000_000;

async function* recordsOf(file: string, delimiter: string, signal?: AbortSignal): AsyncGenerator<readonly string[]> {
  const source = createReadStream(file, { signal });
  const parser = parse({
    bom: true,
    delimiter,
    trim: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  const records: AsyncIterable<unknown> = source.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const record of records) yield Array.isArray(record) ? record.map(String) : [];
  } finally {
    source.destroy();
  }
}

/** Empty cells too many at the end of a row, or too few where no column has a name, do not count. */
function isEven(headings: TableRow['headings'], cells: readonly string[]): boolean {
  if (cells.length < headings.length) return headings.slice(cells.length).every((heading) => heading === undefined);
  return cells.slice(headings.length).every((cell) => cell === '');
}
