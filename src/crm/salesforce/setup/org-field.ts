import type { FieldDescription, ObjectDescription } from '../api/describe.ts';
import type { FieldType } from '../output-fields.ts';
import type { ToldMetadata } from './tooling.ts';
import type { WantedField } from './wanted-fields.ts';

/** A field that is there, as far as it matters whether it can hold an output. */
export interface OrgField {
  /** As the org writes it: Salesforce does not tell names apart by case. */
  readonly name: string;
  /** As `setup` names types; what it never makes keeps Salesforce's own word. */
  readonly type: string;
  /** Of texts, in characters. */
  readonly length: number | undefined;
  /** Formulas and roll-ups. */
  readonly calculated: boolean;
  /** Whether a record must have a value there. */
  readonly required: boolean;
  /** What can be chosen of a picklist. */
  readonly values: readonly string[];
  /** Whether our user may write to it; undefined where our user does not even see it. */
  readonly editable: boolean | undefined;
}

/** The types of describe, which has other words. */
const DESCRIBED: Readonly<Record<string, FieldType>> = {
  double: 'Number',
  int: 'Number',
  string: 'Text',
  textarea: 'LongTextArea',
  boolean: 'Checkbox',
  picklist: 'Picklist',
  multipicklist: 'MultiselectPicklist',
  datetime: 'DateTime',
  date: 'Date',
};

/** The fields of an object that our user sees, by their names in small letters. */
export function seenFields({ fields }: ObjectDescription): ReadonlyMap<string, OrgField> {
  return new Map(fields.map((field) => [field.name.toLowerCase(), seenField(field)]));
}

function seenField(field: FieldDescription): OrgField {
  const { name, length, calculated, picklistValues, updateable } = field;
  const values = picklistValues.filter(({ active }) => active).map(({ value }) => value);
  const type = typeOf(field);
  // A checkbox is never empty, and nobody asks for it.
  const required = !field.nillable && type !== 'Checkbox';
  return { name, type, length, calculated, required, values, editable: updateable };
}

/** Rich text is another text once it was kept: it would be written again with every score. */
function typeOf({ type, extraTypeInfo }: FieldDescription): string {
  return extraTypeInfo === 'richtextarea' ? 'Html' : (DESCRIBED[type] ?? type);
}

/** A field that our user does not see, as the set-up of the org tells of it. */
export function hiddenField(
  name: string,
  { type, length, formula, summaryOperation, required, valueSet }: ToldMetadata,
): OrgField {
  const told = valueSet?.valueSetDefinition?.value ?? [];
  return {
    name,
    // A short text area is one to describe as well.
    type: type === 'TextArea' ? 'LongTextArea' : (type ?? 'unknown'),
    length: length ?? (type === 'TextArea' ? 255 : undefined),
    calculated: Boolean(formula) || Boolean(summaryOperation),
    required: required === true,
    values: told.filter(({ isActive }) => isActive !== false).map(({ valueName }) => valueName),
    editable: undefined,
  };
}

/** Why an existing field cannot hold an output; undefined where it can. */
export function fieldClash(wanted: WantedField, there: OrgField): string | undefined {
  const { field, object, name, readOnly } = wanted;
  const which = `the field ${object}.${name} of the org`;
  if (there.type !== field.type) return `${which} is of type ${there.type}, not ${field.type}: name another field here`;
  if (field.length !== undefined && there.length !== undefined && there.length < field.length)
    return `${which} holds ${there.length} characters, and ${field.length} are needed: make it longer, or name another field here`;
  if (there.name !== name) return `the org writes ${object}.${there.name}, not ${name}: write it the same way here`;
  // People's decisions are only read, wherever they come from.
  if (readOnly) return undefined;
  if (there.required)
    return `${which} may not be empty, and leadgauge empties it: let it be empty, or name another field here`;
  if (!there.calculated) return undefined;
  return `${which} cannot be written to, as it is calculated: name another field here`;
}

/** What the org's picklist must still offer. */
export function missingValues({ values }: WantedField, there: OrgField): string[] {
  const known = new Set(there.values);
  return (values ?? []).map(({ value }) => value).filter((value) => !known.has(value));
}
