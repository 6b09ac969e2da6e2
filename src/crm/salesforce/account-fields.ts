import { createHash } from 'node:crypto';
import type { SalesforceConfig } from './config.ts';
import { type Column, columnText, type Row } from './row.ts';
import { columnOf, type VisibleFields } from './visible-fields.ts';

/** The name of accounts among what is related. */
export const ACCOUNT = 'account';

/** How config names a field of a contact's account. */
const PARENT = 'Account.';

/** The name of the account's field, without `Account.`; undefined for a field of the contact itself. */
export function fieldOfAccount(name: string): string | undefined {
  return name.startsWith(PARENT) ? name.slice(PARENT.length) : undefined;
}

/** The account's fields that fields of contacts come from, each once. */
export function accountColumns({ fields }: Pick<SalesforceConfig, 'fields'>, visible: VisibleFields): Column[] {
  const columns = Object.values(fields).flatMap(({ contact }) => {
    const name = contact === undefined ? undefined : fieldOfAccount(contact);
    return name === undefined ? [] : (columnOf(visible, name) ?? []);
  });
  const byName = new Map(columns.map((column) => [column.name, column]));
  return [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** As in RelatedVersion, from a row of accounts, or with `parent` from a row of contacts. */
export function accountVersion(columns: readonly Column[], row: Row, parent: '' | 'Account.' = ''): string {
  const values = columns.map(({ name, type }) => [name, columnText(row, { name: `${parent}${name}`, type }) ?? null]);
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 12);
}
