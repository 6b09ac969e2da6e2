/** Date-times are milliseconds since 1970 at whole seconds. */
export type PardotValue = string | number | boolean | null;

export type PardotType = 'integer' | 'string' | 'boolean' | 'datetime';

/** One record, which tells its values as they are when it is asked. */
export interface PardotRow {
  readonly id: number;
  get(field: string): PardotValue;
}

/** One kind of object of Account Engagement's API v5. */
export interface PardotObject {
  /** As in the address: `visitor-activities`. */
  readonly path: string;
  /** Numbers and times also by range: `idGreaterThan`, `createdAtAfterOrEqualTo`. */
  readonly filterable: readonly string[];
  readonly sortable: readonly string[];
  /** Whether it goes to the recycle bin when it is deleted, and has `isDeleted`. */
  readonly archivable: boolean;
}

/** A field, and how to read it of what the sandbox keeps. */
export interface PardotField<T> {
  readonly type: PardotType;
  readonly read: (item: T) => PardotValue;
}

/** The records of one kind. */
export interface PardotTable extends PardotObject {
  readonly types: Readonly<Record<string, PardotType>>;
  find(id: number): PardotRow | undefined;
  /** Rising, null first; what is the same in order of ids. */
  sortedBy(field: string): readonly PardotRow[];
}

/** @param items only ever grows */
export function pardotTable<T extends { readonly id: number }>(
  object: PardotObject & { readonly fields: Readonly<Record<string, PardotField<T>>> },
  items: () => readonly T[],
): PardotTable {
  const { fields, ...known } = object;
  const rows: PardotRow[] = [];
  const byId = new Map<number, PardotRow>();
  const sorted = new Map<string, readonly PardotRow[]>();
  let isById = true;

  function grow(): void {
    for (const item of items().slice(rows.length)) {
      const row = { id: item.id, get: (name: string) => fields[name]?.read(item) ?? null };
      isById &&= item.id > (rows.at(-1)?.id ?? 0);
      rows.push(row);
      byId.set(item.id, row);
    }
  }

  return {
    ...known,
    types: Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, type])),
    find(id) {
      grow();
      return byId.get(id);
    },
    sortedBy(field) {
      grow();
      if (field === 'id' && isById) return rows;
      const before = sorted.get(field);
      // What goes to a recycle bin can change as well; the rest is as it was while there is no more of it.
      if (before?.length === rows.length && !object.archivable) return before;
      const after = rows.toSorted((a, b) => compareValues(a.get(field), b.get(field)) || a.id - b.id);
      sorted.set(field, after);
      return after;
    },
  };
}

export function compareValues(a: PardotValue, b: PardotValue): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}
