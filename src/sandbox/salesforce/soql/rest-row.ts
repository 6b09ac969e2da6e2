import type { FieldType, FieldValue } from '../org/field.ts';
import type { Row } from './answer.ts';

/**
 * A row as REST gives it: JSON with `attributes`, parents and children within.
 * @param dataPath what addresses begin with: `/services/data/v68.0`
 */
export function restRow({ type, record, cells }: Row, dataPath: string): Record<string, unknown> {
  const url = record === undefined ? undefined : `${dataPath}/sobjects/${record.type.name}/${record.id}`;
  const json: Record<string, unknown> = { attributes: url === undefined ? { type } : { type, url } };
  for (const cell of cells) {
    if (cell.kind === 'value') json[cell.name] = restValue(cell.type, cell.value);
    else if (cell.kind === 'parent') json[cell.name] = cell.row === undefined ? null : restRow(cell.row, dataPath);
    else {
      const records = cell.rows.map((row) => restRow(row, dataPath));
      json[cell.name] = records.length === 0 ? null : { totalSize: records.length, done: true, records };
    }
  }
  return json;
}

/** A value as REST gives it: date-times end in `+0000`, all else is as it is. */
export function restValue(type: FieldType, value: FieldValue): FieldValue {
  if (type !== 'datetime' || typeof value !== 'number') return value;
  return new Date(value).toISOString().replace('Z', '+0000');
}
