import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import type { ConfigProblem } from '../base/errors.ts';

export interface CsvRow {
  /** Where it ends in the file, counted from 1. */
  readonly line: number;
  /** By the names in the header. */
  readonly cells: Readonly<Record<string, string>>;
}

const parsedRow = z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) });

/** The rows of a file with a header. Ends at the first row that cannot be read, with a problem more. */
export async function* csvRows(file: string, problems: ConfigProblem[]): AsyncGenerator<CsvRow> {
  const parser = createReadStream(file)
    .on('error', (error) => parser.destroy(error))
    .pipe(parse({ bom: true, columns: true, info: true, trim: true, skip_empty_lines: true }));
  try {
    for await (const parsed of parser) {
      const { record, info } = parsedRow.parse(parsed);
      yield { line: info.lines, cells: record };
    }
  } catch (error) {
    if (error instanceof CsvError)
      problems.push({ file, line: Number(error.lines), message: `the row cannot be read: ${shape(error)}` });
    else if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      problems.push({ file, message: 'there is no such file' });
    else throw error;
  }
}

/** Without the row's text, which may be anybody's. */
function shape({ code }: CsvError): string {
  if (code === 'CSV_RECORD_INCONSISTENT_COLUMNS') return 'it has more or fewer cells than the header';
  return code.startsWith('CSV_QUOTE') || code.includes('QUOTE') ? 'its quotes do not match' : code;
}
