import type { Finding, PastFields } from '../../crm.ts';
import { fieldOfAccount } from '../account-fields.ts';
import type { ObjectDescription } from '../api/describe.ts';
import type { SalesforceConfig } from '../config.ts';
import type { FieldColumn } from '../field-columns.ts';
import { PERSON_KINDS, type PersonKind } from '../person-kind.ts';
import { keptColumns } from './kept-columns.ts';
import type { TrackedFields } from './tracked-fields.ts';

interface FieldsOf {
  readonly config: Pick<SalesforceConfig, 'fields'>;
  /** Where they come from. */
  readonly columns: Readonly<Record<PersonKind, readonly FieldColumn[]>>;
  readonly described: Readonly<Record<PersonKind, ObjectDescription>>;
}

/** The past of a field is known where a history is kept of it on leads and on contacts, as far as config has it on either. */
export function pastFieldsOf({ config, columns, described }: FieldsOf, { names, findings }: TrackedFields): PastFields {
  const lacking = PERSON_KINDS.flatMap((kind) => {
    const all = columns[kind].map(({ column }) => column);
    const kept = new Set(keptColumns(all, described[kind], names[kind] ?? []));
    return columns[kind]
      .filter(({ column }) => !kept.has(column))
      .map(({ field, column }) => ({ field, kind, column }));
  });
  const unknown = new Set(lacking.map(({ field }) => field));
  const known = new Set(Object.keys(config.fields).filter((field) => !unknown.has(field)));
  // Where no history can be read at all, that was said.
  const told = lacking.filter(({ kind }) => names[kind] !== undefined);
  if (told.length === 0) return { known, findings };
  const each = told.map(({ field, kind, column }) => {
    return `${field} (${fieldOfAccount(column.name) === undefined ? kind : 'Account'})`;
  });
  return { known, findings: [...findings, { level: 'warning', message: `${each.join(', ')}${ADVICE}` }] };
}

const ADVICE: Finding['message'] =
  ': Salesforce keeps no history of these. It begins to once somebody chooses them under Setup, Object Manager, Lead or Contact, "Fields & Relationships", "Set History Tracking"; of accounts leadgauge reads none';
