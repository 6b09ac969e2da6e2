import type { Org, Writing } from '../org/org.ts';
import { refusal, refused, type WriteError, type WriteResult } from '../org/write-result.ts';
import type { IngestJob, SettledRow } from './ingest-job.ts';

/** In a CSV this is null; an empty cell says nothing. */
const NULL = '#N/A';

/** Writes one row as the job says, and tells what became of it. */
export function ingestRow(org: Org, job: IngestJob, cells: readonly string[]): SettledRow {
  // Rules run for a job only where it names one.
  const writing: Writing = { by: job.createdById, autoAssign: job.assignmentRuleId !== undefined };
  const { result, created } = write(org, job, readRow(job.header, cells), writing);
  if (result.success) return { cells, id: result.id, error: undefined, created };
  return { cells, id: '', error: errorText(result.errors), created: false };
}

interface RowOfCells {
  /** '' where the row has none. */
  readonly id: string;
  readonly values: Readonly<Record<string, string | null>>;
}

function readRow(header: readonly string[], cells: readonly string[]): RowOfCells {
  const values: Record<string, string | null> = {};
  let id = '';
  for (const [place, name] of header.entries()) {
    const cell = cells[place] ?? '';
    if (name.toLowerCase() === 'id') id = cell.trim();
    else if (cell !== '') values[name] = cell === NULL ? null : cell;
  }
  return { id, values };
}

function write(org: Org, job: IngestJob, { id, values }: RowOfCells, writing: Writing) {
  const { operation, object } = job;
  if (operation === 'insert') return { result: org.insert(object, values, writing), created: true };
  if (operation === 'upsert') return upsert(org, job, { id, values }, writing);
  return { result: writeOver(org, job, { id, values }, writing), created: false };
}

/** Updates or deletes the record that the row names, which must be one of the job's object. */
function writeOver(
  org: Org,
  { operation, object }: IngestJob,
  { id, values }: RowOfCells,
  writing: Writing,
): WriteResult {
  if (id === '') return refused(refusal('MISSING_ARGUMENT', `Id not specified in an ${operation} call`));
  const other = org.objectOf(id);
  if (other !== undefined && other.name !== object)
    return refused(
      refusal('INVALID_ID_FIELD', `The id is one of ${other.name}, and the job is about ${object}`, ['Id']),
    );
  return operation === 'delete' ? org.delete(id, writing) : org.update(id, values, writing);
}

function upsert(org: Org, job: IngestJob, row: RowOfCells, writing: Writing) {
  const { object, externalIdFieldName = 'Id' } = job;
  const isById = externalIdFieldName.toLowerCase() === 'id';
  const key = isById ? row.id : row.values[externalIdFieldName];
  if (isById && row.id === '') return { result: org.insert(object, row.values, writing), created: true };
  if (typeof key !== 'string')
    return { result: refused(refusal('MISSING_ARGUMENT', `${externalIdFieldName} not specified`)), created: false };
  const known = isById
    ? [key]
    : org
        .type(object)
        .where(externalIdFieldName, key)
        .map(({ id }) => id);
  const [id, second] = known;
  if (second !== undefined) {
    const error = refusal(
      'DUPLICATE_EXTERNAL_ID',
      `${externalIdFieldName}: more than one record found for external id field: ${known}`,
    );
    return { result: refused(error), created: false };
  }
  if (id === undefined) return { result: org.insert(object, row.values, writing), created: true };
  return { result: writeOver(org, job, { id, values: row.values }, writing), created: false };
}

/** `UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--`, `REQUIRED_FIELD_MISSING:…:LastName --` */
function errorText([error]: readonly WriteError[]): string {
  const { statusCode = 'UNKNOWN_EXCEPTION', message = '', fields = [] } = error ?? {};
  return `${statusCode}:${message}:${fields.map((field) => `${field} `).join('')}--`;
}
