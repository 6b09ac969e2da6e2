import { type Column, columnText, type Row, textOf, timeOf } from '../row.ts';

/** A change of a field; `at` in milliseconds since 1970, undefined values for an empty field. */
export interface FieldChange {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly at: number;
}

/** The changes of all records of one kind. */
export interface HistoryTable {
  /** A row of the history object. One of another field is left out. */
  add(row: Row): void;
  /** Oldest first. */
  changesOf(recordId: string, column: Column): FieldChange[];
}

/**
 * Held in columns, with each text once, as they come in no order and their records page by page: a million changes take some seventy
 * megabytes.
 */
export function createHistoryTable(idName: string, columns: readonly Column[]): HistoryTable {
  const places = new Map(columns.map((column, place) => [column.name.toLowerCase(), { column, place }]));
  const texts = createTexts();
  /** By record: its row that was added last, counted from 1. */
  const last = new Map<string, number>();
  /** The record's row before this one, the place of its column, the numbers of its texts, and its time. */
  const [before, field, from, to, at]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []];

  return {
    add(row) {
      const id = textOf(row, idName);
      const known = places.get(textOf(row, 'Field')?.toLowerCase() ?? '');
      const time = timeOf(row, 'CreatedDate');
      if (id === undefined || known === undefined || time === undefined) return;
      const { column, place } = known;
      before.push(last.get(id) ?? 0);
      field.push(place);
      from.push(texts.keep(heldText(row, 'OldValue', column)));
      to.push(texts.keep(heldText(row, 'NewValue', column)));
      at.push(time);
      last.set(id, at.length);
    },
    changesOf(recordId, column) {
      const wanted = places.get(column.name.toLowerCase())?.place;
      const changes: FieldChange[] = [];
      for (let row = last.get(recordId) ?? 0; row > 0; row = before[row - 1] ?? 0) {
        const place = row - 1;
        if (field[place] !== wanted) continue;
        changes.push({ from: texts.of(from[place]), to: texts.of(to[place]), at: at[place] ?? 0 });
      }
      return changes.reverse().sort((one, other) => one.at - other.at);
    },
  };
}

/** A history has values of every type in one column: dates may come with a time of day. */
function heldText(row: Row, name: 'OldValue' | 'NewValue', { type }: Column): string | undefined {
  const text = columnText(row, { name, type });
  return type === 'date' ? text?.slice(0, 10) : text;
}

function createTexts() {
  const all: string[] = [];
  const numbers = new Map<string, number>();
  return {
    /** Its number; 0 for none. */
    keep(text: string | undefined): number {
      if (text === undefined) return 0;
      let number = numbers.get(text);
      if (number === undefined) {
        number = all.push(text);
        numbers.set(text, number);
      }
      return number;
    },
    of: (number: number | undefined) => (number === undefined || number === 0 ? undefined : all[number - 1]),
  };
}
