import { csvLine } from './csv.ts';

/** A record to update: null empties a field, one that is absent stays as it is. */
export interface IngestRow {
  readonly Id: string;
  readonly [field: string]: string | number | boolean | null | undefined;
}

export interface IngestFile {
  readonly csv: string;
  readonly ids: readonly string[];
}

/** The rows in their order, as few files as Salesforce's limit of 100 MB for each allows. */
export function* ingestFiles(rows: readonly IngestRow[]): Iterable<IngestFile> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const header = csvLine(names);
  let lines: string[] = [];
  let ids: string[] = [];
  let size = 0;
  for (const row of rows) {
    const line = csvLine(names.map((name) => row[name]));
    const bytes = Buffer.byteLength(line);
    if (size + bytes > LARGEST) {
      yield { csv: header + lines.join(''), ids };
      [lines, ids, size] = [[], [], 0];
    }
    lines.push(line);
    ids.push(row.Id);
    size += bytes;
  }
  if (ids.length > 0) yield { csv: header + lines.join(''), ids };
}

const LARGEST = 60_000_000;
