import { accountModels, OUTPUT_KEYS } from '../../outputs/output-model.ts';
import { defaultName } from '../field-names.ts';
import { ACCOUNT_FIELD, type FieldType, OUR_WORD, outputField } from '../output-fields.ts';
import type { SetupContext } from './setup-context.ts';
import { type CustomField, listCustomFields, readCustomField, type ToldMetadata } from './tooling.ts';
import { fullName, isPackaged, type SetupObject, wantedFields } from './wanted-fields.ts';

/** What `setup` made, and what merely looks like it. */
export interface SortedFields {
  readonly ours: readonly (CustomField & { readonly label: string })[];
  readonly kept: readonly { readonly field: CustomField; readonly reason: string }[];
}

const OBJECTS: readonly SetupObject[] = ['Lead', 'Contact', 'Account'];
const PREFIX = 'leadgauge_';

/**
 * Ours is a field of the type that `setup` gives it, with a description of ours, that is named as config says, or as `setup` names those
 * of a model that is gone.
 */
export async function sortFields(context: SetupContext): Promise<SortedFields> {
  const { api, config } = context;
  // One that no model has use for any more may be there still.
  const models = context.models.map((each) => ({ ...each, model: { ...each.model, account: {} } }));
  const configured = new Map(
    wantedFields(config, accountModels(models)).map((each) => [fullName(each).toLowerCase(), each.field.type]),
  );
  const ours: SortedFields['ours'][number][] = [];
  const kept: SortedFields['kept'][number][] = [];
  for (const field of await listCustomFields(api, OBJECTS)) {
    const type = configured.get(fullName(field).toLowerCase());
    if (type === undefined && !field.name.toLowerCase().startsWith(PREFIX)) continue;
    const made = type ?? leftOver(field);
    const told = made === undefined ? undefined : await readCustomField(api, field.id);
    const reason = reasonToKeep(field, made, told);
    if (reason === undefined) ours.push({ ...field, label: told?.label ?? field.name });
    else kept.push({ field, reason });
  }
  return { ours, kept };
}

/** Keys by length, as `MQL_At` ends no name that ends in `MQL`, but a key that another one ends in would. */
const LONGEST_FIRST = [...OUTPUT_KEYS].sort((a, b) => b.length - a.length);

/** Of a model or a lifecycle that config no longer has: `Leadgauge_Services_Score__c`. */
function leftOver({ object, name }: CustomField): FieldType | undefined {
  const small = name.toLowerCase();
  const endsIn = (key: string) => small.endsWith(defaultName(key).slice('Leadgauge'.length).toLowerCase());
  if (object === 'Account') return endsIn('account_score') ? ACCOUNT_FIELD.type : undefined;
  if (small === 'leadgauge_stage__c') return 'Picklist';
  if (small === 'leadgauge_mql_date__c') return 'Date';
  const key = LONGEST_FIRST.find(endsIn);
  return key === undefined ? undefined : outputField(key).type;
}

function reasonToKeep(
  { name }: CustomField,
  made: FieldType | undefined,
  told: ToldMetadata | undefined,
): string | undefined {
  if (isPackaged(name)) return 'it belongs to a package';
  if (made === undefined || told === undefined) return 'setup makes none of this name';
  if (told.type !== made) return `it is of type ${told.type ?? 'unknown'}, and setup makes it ${made}`;
  return told.description?.includes(OUR_WORD) === true ? undefined : 'its description is not the one that setup gives';
}
