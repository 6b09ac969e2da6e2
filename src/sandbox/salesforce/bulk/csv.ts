import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';

/** How the CSV of a job is written: https://developer.salesforce.com/docs/platform/api-asynch/guide/datafiles-prepare-csv.html */
export interface CsvFormat {
  readonly columnDelimiter: Delimiter;
  readonly lineEnding: LineEnding;
}

export const DELIMITERS = {
  COMMA: ',',
  TAB: '\t',
  SEMICOLON: ';',
  PIPE: '|',
  CARET: '^',
  BACKQUOTE: '`',
} as const;
export type Delimiter = keyof typeof DELIMITERS;

const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;
export type LineEnding = keyof typeof LINE_ENDINGS;

/** What every job may say of its CSV. */
export const csvFormat = {
  contentType: z.literal('CSV').default('CSV'),
  columnDelimiter: z.enum(['COMMA', 'TAB', 'SEMICOLON', 'PIPE', 'CARET', 'BACKQUOTE']).default('COMMA'),
  lineEnding: z.enum(['LF', 'CRLF']).default('LF'),
};

/** One line with its end; every cell in quotes, as Salesforce writes them. Null is ''. */
export function csvLine(cells: readonly (string | null)[], { columnDelimiter, lineEnding }: CsvFormat): string {
  const delimiter = DELIMITERS[columnDelimiter];
  let line = '';
  for (const cell of cells) {
    const text = cell?.includes('"') ? cell.replaceAll('"', '""') : (cell ?? '');
    line += line === '' ? `"${text}"` : `${delimiter}"${text}"`;
  }
  return line + LINE_ENDINGS[lineEnding];
}

const table = z.array(z.array(z.string()));

/** The header and the rows of a CSV; undefined where it cannot be read as one. */
export function readCsv(text: string, { columnDelimiter }: CsvFormat): string[][] | undefined {
  try {
    return table.parse(
      parse(text, {
        bom: true,
        delimiter: DELIMITERS[columnDelimiter],
        skip_empty_lines: true,
        relax_column_count: true,
      }),
    );
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
