import type { FieldType, FieldValue } from '../org/field.ts';
import type { Answer, Cell, Row } from '../soql/answer.ts';
import { doubleText } from './double-text.ts';

const DOUBLES: ReadonlySet<FieldType> = new Set(['double', 'currency', 'percent']);

/** Writes rows of an answer as text, column by column; null is '', and so is what a missing parent has. */
export function cellWriter({ columns }: Answer): (row: Row) => string[] {
  const readers = columns.map((column) => cellReader(column.split('.')));
  return (row) => readers.map((read) => cellText(read(row)));
}

/** Every row of an answer has its cells in the same places: they are looked up once. */
function cellReader(path: readonly string[]): (row: Row) => Cell | undefined {
  const places: number[] = [];
  return (row) => {
    let within: Row | undefined = row;
    let cell: Cell | undefined;
    for (let depth = 0; depth < path.length && within !== undefined; depth++) {
      const { cells }: Row = within;
      places[depth] ??= cells.findIndex(({ name }) => name === path[depth]);
      cell = cells[places[depth] ?? -1];
      within = cell?.kind === 'parent' ? cell.row : undefined;
    }
    return cell;
  };
}

/** Date-times end in `Z`. */
function cellText(cell: Cell | undefined): string {
  // What ends at a parent has none.
  if (cell?.kind !== 'value' || cell.value === null) return '';
  const { type, value }: { type: FieldType; value: FieldValue } = cell;
  if (typeof value !== 'number') return String(value);
  if (type === 'datetime') return new Date(value).toISOString();
  return DOUBLES.has(type) ? doubleText(value) : String(value);
}
