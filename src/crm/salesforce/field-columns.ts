import { fieldOfAccount } from './account-fields.ts';
import type { SalesforceConfig } from './config.ts';
import type { PersonKind } from './person-kind.ts';
import type { Column } from './row.ts';
import { columnOf, type VisibleFields } from './visible-fields.ts';

export interface FieldColumn {
  /** Our name. */
  readonly field: string;
  readonly column: Column;
}

/** What our user may see of each object; of accounts nothing where no field comes from them. */
export type Visible = Readonly<Record<PersonKind | 'Account', VisibleFields>>;

/** Where the fields of config come from on records of this kind. What is not there, or not for our user, stays empty. */
export function fieldColumns(
  kind: PersonKind,
  { fields }: Pick<SalesforceConfig, 'fields'>,
  visible: Visible,
): FieldColumn[] {
  return Object.entries(fields).flatMap(([field, { lead, contact }]) => {
    const name = kind === 'Lead' ? lead : contact;
    if (name === undefined) return [];
    const ofAccount = kind === 'Contact' ? fieldOfAccount(name) : undefined;
    const column =
      ofAccount === undefined ? columnOf(visible[kind], name) : columnOf(visible.Account, ofAccount, 'Account.');
    return column === undefined ? [] : [{ field, column }];
  });
}
