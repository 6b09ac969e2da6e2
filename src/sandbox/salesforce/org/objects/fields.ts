import type { NewField } from '../field.ts';

type Extra = Partial<NewField>;

/** What the org itself writes: no API call may. */
export const READ_ONLY = { createable: false, updateable: false } as const;
/** What the org itself writes, and always does. */
const ALWAYS = { ...READ_ONLY, nillable: false } as const;
/** Given when a record is made, and never again. */
export const ONCE = { createable: true, updateable: false } as const;

export const text = (name: string, label: string, length: number, extra: Extra = {}): NewField => ({
  name,
  label,
  type: 'string',
  length,
  ...extra,
});

export const longText = (name: string, label: string, extra: Extra = {}): NewField => ({
  name,
  label,
  type: 'textarea',
  length: 32_000,
  ...extra,
});

export const flag = (name: string, label: string, extra: Extra = {}): NewField => ({
  name,
  label,
  type: 'boolean',
  ...extra,
});

export const number = (name: string, label: string, extra: Extra = {}): NewField => ({
  name,
  label,
  type: 'int',
  ...extra,
});

export const money = (name: string, label: string, extra: Extra = {}): NewField => ({
  name,
  label,
  type: 'currency',
  precision: 18,
  ...extra,
});

export const date = (name: string, label: string, extra: Extra = {}): NewField => ({
  name,
  label,
  type: 'date',
  ...extra,
});

export const time = (name: string, label: string, extra: Extra = {}): NewField => ({
  name,
  label,
  type: 'datetime',
  ...extra,
});

export const pick = (name: string, label: string, picklist: NewField['picklist'], extra: Extra = {}): NewField => ({
  name,
  label,
  type: 'picklist',
  picklist,
  ...extra,
});

/** @param relationshipName as a query calls the parent; the name without `Id` unless told */
export const reference = (
  name: string,
  label: string,
  referenceTo: readonly string[],
  extra: Extra = {},
): NewField => ({
  name,
  label,
  type: 'reference',
  referenceTo,
  relationshipName: name.replace(/Id$/, ''),
  ...extra,
});

/** What nearly every object has; Id comes first. */
export function system(extra: { readonly deletable?: boolean } = {}): NewField[] {
  return [
    { name: 'Id', label: 'Record ID', type: 'id', ...READ_ONLY },
    ...(extra.deletable === false ? [] : [flag('IsDeleted', 'Deleted', ALWAYS)]),
    time('CreatedDate', 'Created Date', ALWAYS),
    reference('CreatedById', 'Created By ID', ['User'], ALWAYS),
    time('LastModifiedDate', 'Last Modified Date', ALWAYS),
    reference('LastModifiedById', 'Last Modified By ID', ['User'], ALWAYS),
    time('SystemModstamp', 'System Modstamp', ALWAYS),
  ];
}
