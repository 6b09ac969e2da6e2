import { pardotError } from './pardot-error.ts';
import type { PardotRow, PardotTable, PardotValue } from './pardot-table.ts';
import type { ZonedTime } from './zoned-time.ts';

/** Another object that can be selected from with a dot: `prospect.email`. */
export interface Relation {
  /** The field that names it: `prospectId`. */
  readonly key: string;
  readonly table: PardotTable;
}

/** Writes a record with the fields that were asked for. */
export type Selection = (row: PardotRow) => Record<string, unknown>;

/** @throws error 13 where no field is named, which every query must do, and 180 for a field that there is not */
export function readSelection(
  table: PardotTable,
  text: string | null,
  relations: Readonly<Record<string, Relation>>,
  time: ZonedTime,
): Selection {
  const names = (text ?? '').split(',').filter((name) => name !== '');
  if (names.length === 0) throw pardotError(13, 'One or more required parameters are missing: fields');
  const own = names.filter((name) => !name.includes('.')).map((name) => ({ name, read: reader(table, name, time) }));
  const related = Map.groupBy(
    names.filter((name) => name.includes('.')),
    (name) => name.slice(0, name.indexOf('.')),
  );
  const nested = [...related].map(([name, paths]) => {
    const relation = relations[name];
    if (relation === undefined || table.types[relation.key] === undefined) throw noSuchField(name);
    const inner = paths.map((path) => path.slice(name.length + 1));
    return { name, relation, read: readSelection(relation.table, inner.join(','), {}, time) };
  });
  return (row) => ({
    ...Object.fromEntries(own.map(({ name, read }) => [name, read(row)])),
    ...Object.fromEntries(
      nested.map(({ name, relation, read }) => {
        const other = relation.table.find(Number(row.get(relation.key)));
        return [name, other === undefined ? null : read(other)];
      }),
    ),
  });
}

function reader(table: PardotTable, name: string, time: ZonedTime): (row: PardotRow) => PardotValue {
  const type = table.types[name];
  if (type === undefined) throw noSuchField(name);
  return (row) => {
    const value = row.get(name);
    return type === 'datetime' && typeof value === 'number' ? time.write(value) : value;
  };
}

function noSuchField(name: string) {
  return pardotError(180, `One or more of the specified fields are invalid: ${name}`);
}
