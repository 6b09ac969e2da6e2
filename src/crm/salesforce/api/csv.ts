import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { RetryableError } from '../../../base/errors.ts';

/**
 * The rows of a CSV by the names of its first line, as Bulk API 2.0 sends it: every value is a text, null is empty. The text
 * goes in piece by piece, so that a large one does not hold everything else up.
 * @throws RetryableError for anything that is not quite CSV, as where it was cut off.
 */
export async function* parseCsv(text: string): AsyncIterable<Record<string, string>> {
  const lines: AsyncIterable<unknown> = Readable.from(pieces(text)).pipe(parse({ bom: true }));
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

/** One after the other, as all of them at once would be the text once more. */
function* pieces(text: string): Iterable<Buffer> {
  for (let start = 0; start < text.length; ) {
    // Half a character, as UTF-16 has them, would become another one.
    const end = start + PIECE + (isHighSurrogate(text.charCodeAt(start + PIECE - 1)) ? 1 : 0);
    yield Buffer.from(text.slice(start, end));
    start = end;
  }
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xdc00;

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
