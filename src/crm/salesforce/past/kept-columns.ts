import { fieldOfAccount } from '../account-fields.ts';
import type { ObjectDescription } from '../api/describe.ts';
import type { PersonKind } from '../person-kind.ts';
import type { Column } from '../row.ts';

/**
 * Of these columns, those whose values Salesforce keeps when they change. Of a long text, of several choices and of what is encrypted it
 * keeps that they changed, and of a reference the name of the other record.
 * https://help.salesforce.com/s/articleView?id=sf.tracking_field_history.htm
 * @param tracked the names of FieldDefinition whose history is kept
 */
export function keptColumns(
  columns: readonly Column[],
  { fields }: ObjectDescription,
  tracked: readonly string[],
): Column[] {
  const names = new Set(tracked.map((name) => name.toLowerCase()));
  const lengths = new Map(fields.map(({ name, length }) => [name, length]));
  return columns.filter(({ name, type }) => {
    if (fieldOfAccount(name) !== undefined || NO_VALUES.has(type)) return false;
    if ((lengths.get(name) ?? 0) > LONGEST) return false;
    return names.has(name.toLowerCase()) || names.has(wholeOf(name).toLowerCase());
  });
}

/** The history of an object. */
export const historyOf = (kind: PersonKind) => `${kind}History`;

const LONGEST = 255;
const NO_VALUES: ReadonlySet<string> = new Set(['multipicklist', 'reference', 'encryptedstring']);

/** A name and an address are tracked as one field, and their parts told one by one. */
function wholeOf(name: string): string {
  if (/^(?:FirstName|MiddleName|LastName|Salutation|Suffix)$/i.test(name)) return 'Name';
  return name.replace(/^(Mailing|Other|)(?:Street|City|State|StateCode|PostalCode|Country|CountryCode)$/i, '$1Address');
}
