import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { RetryableError } from '../../../base/errors.ts';

/**
 * The rows of a CSV by the names of its first line, as Bulk API 2.0 sends it: every value is a text, null is empty. The text
 * goes in piece by piece, so that a large one does not hold everything else up.
 * @throws RetryableError for anything that is not quite CSV, as where it was cut off.
 */
export async function* parseCsv(text: string): AsyncIterable<Record<string, string>> {
  const lines: AsyncIterable<unknown> = Readable.from(pieces(Buffer.from(text))).pipe(parse({ bom: true }));
  let names: readonly string[] | undefined;
  try {
    for await (const line of lines) {
      const values = Array.isArray(line) ? line.map(String) : [];
      if (names === undefined) names = values;
      else yield Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']));
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new RetryableError(`a CSV of Salesforce's was cut off or is none (${error.code})`);
  }
}

const PIECE = 65_536;

function* pieces(bytes: Buffer): Iterable<Buffer> {
  for (let start = 0; start < bytes.length; start += PIECE) yield bytes.subarray(start, start + PIECE);
}

/** One line of CSV with its line feed. An absent value leaves the field as it is, null empties it. */
export function csvLine(values: readonly (string | number | boolean | null | undefined)[]): string {
  const cells = values.map((value) => {
    if (value === undefined) return '';
    return `"${(value === null ? EMPTIED : String(value)).replaceAll('"', '""')}"`;
  });
  return `${cells.join(',')}\n`;
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_csv_valid_record_rows.htm */
const EMPTIED = '#N/A';
