import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { delimiterOf } from '../base/delimiter.ts';
import { ConfigError, type ConfigProblem } from '../base/errors.ts';
import { excerpt } from '../base/excerpt.ts';
import { suggestion } from '../base/nearest-word.ts';
import { fieldOfColumn } from '../leads/field-of-column.ts';
import { readText } from '../settings/yaml-source.ts';

export interface TableRow {
  /** Where it ends in the file, counted from 1. */
  readonly line: number;
  /** By the names of the columns; empty cells are absent. */
  readonly cells: Readonly<Record<string, string>>;
}

export interface Table {
  readonly rows: readonly TableRow[];
  /** Rows that cannot be read. */
  readonly refused: readonly ConfigProblem[];
}

const LARGEST_MB = 20;

/**
 * Reads a CSV file with a header of these columns, in any order, as spreadsheets write it: with commas, semicolons or tabs.
 * `Job title` is `job_title`.
 * @throws ConfigError where a column is none of these, or there is no header: then it names none of the cells, which are a lead's.
 */
export function readTable(file: string, columns: readonly string[]): Table {
  const { records, refused } = readRecords(readText(file, LARGEST_MB), file);
  const [header, ...others] = records;
  if (header === undefined) {
    throw new ConfigError([
      {
        file,
        line: 1,
        message: `the file is empty: begin it with a row of columns, such as ${columns.slice(0, 3).join(',')}`,
      },
    ]);
  }
  const names = readHeader(header.record, file, columns);
  const rows: TableRow[] = [];
  for (const { record, info } of others) {
    const line = info.lines;
    if (record.length !== names.length) {
      const message = `the row has ${record.length} cells, and the header has ${names.length}`;
      refused.push({ file, line, message });
      continue;
    }
    const cells = names.map((name, place) => [name, record[place] ?? ''] as const);
    rows.push({ line, cells: Object.fromEntries(cells.filter(([, cell]) => cell !== '')) });
  }
  return { rows, refused };
}

function readHeader(header: readonly string[], file: string, columns: readonly string[]): readonly string[] {
  const names = header.map((cell) => fieldOfColumn(cell) ?? cell.toLowerCase());
  if (!names.some((name) => columns.includes(name))) {
    const what = 'row 1 is no header, as none of its cells is the name of a column';
    throw new ConfigError([{ file, line: 1, message: `${what}: begin with a row of ${columns.join(', ')}` }]);
  }
  const problems = names.flatMap((name, place): ConfigProblem[] => {
    const shown = JSON.stringify(excerpt(header[place] ?? ''));
    if (name === '') return [{ file, line: 1, message: `column ${place + 1} has no name` }];
    if (!columns.includes(name)) {
      return [{ file, line: 1, message: `unknown column ${shown}${suggestion(name, columns)}` }];
    }
    return names.indexOf(name) < place ? [{ file, line: 1, message: `there are two columns ${shown}` }] : [];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return names;
}

const recordsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/**
 * A quote within a cell that has none around it is a letter like any other. What follows quotes that do not match cannot be told apart, so that
 * it is refused as one.
 */
function readRecords(text: string, file: string) {
  const refused: ConfigProblem[] = [];
  const parsed = parse(text, {
    bom: true,
    info: true,
    trim: true,
    delimiter: delimiterOf(text),
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (!(error instanceof CsvError)) return undefined;
      refused.push({ file, message: 'its quotes do not match, so the rows from here on cannot be read' });
      return undefined;
    },
  });
  const records = recordsSchema.parse(parsed);
  const line = (records.at(-1)?.info.lines ?? 0) + 1;
  return { records, refused: refused.map((problem) => ({ ...problem, line })) };
}
