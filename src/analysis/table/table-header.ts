import { ConfigError } from '../../base/errors.ts';
import { excerpt } from '../../base/excerpt.ts';
import { fieldOfColumn } from '../../leads/field-of-column.ts';

/** A column by what the table calls it, and by what a model does. */
export interface Heading {
  readonly name: string;
  readonly field: string;
}

/** More are no table of leads, and would take too much memory. */
const MOST_COLUMNS = 500;

/**
 * Reads the first row. A column without a name is undefined: nobody can ask for it. Two names that make one field get a number.
 * @throws ConfigError where the row is no header.
 */
export function readHeader(cells: readonly string[], file: string): (Heading | undefined)[] {
  const fail = (message: string) => new ConfigError([{ file, line: 1, message }]);
  if (cells.length > MOST_COLUMNS) throw fail(`the table has ${cells.length} columns: keep ${MOST_COLUMNS} at most`);
  const names = cells.map((cell) => cell.trim());
  const named = names.filter((name) => name !== '');
  if (named.length < 2) {
    throw fail('row 1 is no header: begin with a row of names, parted by commas, semicolons or tabs');
  }
  const twice = named.find((name, place) => named.indexOf(name) < place);
  if (twice !== undefined) throw fail(`there are two columns ${JSON.stringify(excerpt(twice))}: give one another name`);

  const taken = new Set<string>();
  return names.map((name, place) => {
    if (name === '') return undefined;
    const field = untaken(fieldOfColumn(name) ?? `column_${place + 1}`, taken);
    taken.add(field);
    return { name, field };
  });
}

function untaken(field: string, taken: ReadonlySet<string>): string {
  let free = field;
  for (let count = 2; taken.has(free); count++) free = `${field.slice(0, 60)}_${count}`;
  return free;
}
