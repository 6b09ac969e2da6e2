import { ConfigError } from '../../base/errors.ts';
import { excerpt } from '../../base/excerpt.ts';
import { suggestion } from '../../base/nearest-word.ts';
import { fieldOfColumn } from '../../leads/field-of-column.ts';
import type { Column } from './column.ts';
import type { Table } from './table.ts';

/** The column of this name; case, blanks and marks do not matter. @throws ConfigError where there is none. */
export function findColumn({ file, columns }: Table, name: string): Column {
  const column =
    columns.find((one) => one.name === name.trim()) ?? columns.find(({ field }) => field === fieldOfColumn(name));
  if (column !== undefined) return column;
  const names = columns.map((one) => one.name);
  const message = `there is no column ${JSON.stringify(excerpt(name))}${suggestion(name, names)}`;
  throw new ConfigError([{ file, message }]);
}

/** The same of several; `Last*` stands for all whose names begin so. @throws ConfigError where one stands for none. */
export function findColumns(table: Table, names: readonly string[]): Column[] {
  const found = names.flatMap((name) => {
    if (!name.endsWith('*')) return [findColumn(table, name)];
    const start = name.slice(0, -1).trim().toLowerCase();
    const some = table.columns.filter((one) => one.name.toLowerCase().startsWith(start));
    if (some.length > 0) return some;
    throw new ConfigError([{ file: table.file, message: `no column begins with ${JSON.stringify(excerpt(start))}` }]);
  });
  return [...new Set(found)];
}
