import { ConfigError } from '../../../base/errors.ts';
import { describeObject } from '../api/describe.ts';
import { SalesforceRefusal } from '../api/error-table.ts';
import { type OrgProblem, toConfigProblem } from '../org-problem.ts';
import { toolingMetadata, toolingValue } from './field-metadata.ts';
import { fieldClash, hiddenField, missingValues, type OrgField, seenFields } from './org-field.ts';
import type { SetupContext, Work } from './setup-context.ts';
import {
  type CustomField,
  createCustomField,
  listCustomFields,
  readCustomField,
  updateCustomField,
} from './tooling.ts';
import { fullName, isPackaged, type WantedField } from './wanted-fields.ts';

interface There {
  readonly field: OrgField;
  /** Undefined for a field that the set-up does not list. */
  readonly custom: CustomField | undefined;
}

/** The fields that are missing, and the values that picklists lack. @throws ConfigError where an existing field cannot hold an output. */
export async function fieldSteps(context: SetupContext, wanted: readonly WantedField[]): Promise<Work[]> {
  const there = await existing(context, wanted);
  refuseClashes(context, wanted, there);
  return wanted.flatMap((each) => fieldStep(context, each, there.get(each)));
}

/** As our user sees them; what is there and hidden, as the set-up tells of it. */
async function existing({ api }: SetupContext, wanted: readonly WantedField[]): Promise<Map<WantedField, There>> {
  const objects = [...new Set(wanted.map(({ object }) => object))];
  const customs = new Map((await listCustomFields(api, objects)).map((each) => [fullName(each).toLowerCase(), each]));
  const seen = new Map<string, ReadonlyMap<string, OrgField>>();
  for (const object of objects) seen.set(object, await seenOf(api, object));
  const there = new Map<WantedField, There>();
  for (const each of wanted) {
    const custom = customs.get(fullName(each).toLowerCase());
    const visible = seen.get(each.object)?.get(each.name.toLowerCase());
    if (visible !== undefined) there.set(each, { field: visible, custom });
    else if (custom !== undefined)
      there.set(each, { field: hiddenField(custom.name, await readCustomField(api, custom.id)), custom });
  }
  return there;
}

/** Before the first set-up, our user may not see the object at all. */
async function seenOf(api: SetupContext['api'], object: string): Promise<ReadonlyMap<string, OrgField>> {
  try {
    return seenFields(await describeObject(api, object));
  } catch (error) {
    if (error instanceof SalesforceRefusal) return new Map();
    throw error;
  }
}

function refuseClashes(
  { locate }: SetupContext,
  wanted: readonly WantedField[],
  there: ReadonlyMap<WantedField, There>,
): void {
  const problems = wanted.flatMap((each): OrgProblem[] => {
    const field = there.get(each)?.field;
    const message =
      field !== undefined
        ? fieldClash(each, field)
        : isPackaged(each.name)
          ? `${fullName(each)} belongs to a package, which alone can bring it: install the package, or name another field here`
          : undefined;
    return message === undefined ? [] : [{ path: each.path, message }];
  });
  const once = new Map(problems.map((problem) => [`${problem.path.join('.')} ${problem.message}`, problem]));
  if (once.size > 0) throw new ConfigError([...once.values()].map((problem) => toConfigProblem(problem, locate)));
}

function fieldStep({ api }: SetupContext, wanted: WantedField, there: There | undefined): Work[] {
  const { field, object } = wanted;
  const name = fullName(wanted);
  const on = object === 'Account' ? { on: 'accounts' as const } : {};
  if (there === undefined) {
    const description = `field ${name} (${field.type}): ${field.label}`;
    const create = () => createCustomField(api, name, toolingMetadata(wanted)).catch(unlessThere);
    return [{ kind: 'property', ...on, name, description, apply: create }];
  }
  const missing = missingValues(wanted, there.field);
  const { custom } = there;
  if (missing.length === 0 || custom === undefined) return [];
  const description = `values of ${name}: ${missing.join(', ')}`;
  return [{ kind: 'property', ...on, name, description, apply: () => addValues(api, custom, wanted) }];
}

/** For `catch`: another process was faster. */
function unlessThere(error: unknown): void {
  if (!(error instanceof SalesforceRefusal) || !error.codes.includes('DUPLICATE_DEVELOPER_NAME')) throw error;
}

/** Whatever else the field is made of stays as it is; what nobody can choose any more stays so. */
async function addValues(api: SetupContext['api'], { id, name }: CustomField, wanted: WantedField): Promise<void> {
  const metadata = await readCustomField(api, id);
  const { valueSet } = metadata;
  const told = valueSet?.valueSetDefinition?.value;
  if (told === undefined)
    throw new ConfigError(
      `the values of ${wanted.object}.${name} come from a global value set: add ${wanted.values?.map(({ value }) => value).join(', ')} to it under Setup, Picklist Value Sets`,
    );
  const missing = new Set(missingValues(wanted, hiddenField(name, metadata)));
  const kept = told.filter(({ valueName }) => !missing.has(valueName));
  const added = (wanted.values ?? []).filter(({ value }) => missing.has(value)).map(toolingValue);
  const definition = { ...valueSet?.valueSetDefinition, value: [...kept, ...added] };
  await updateCustomField(api, id, { ...metadata, valueSet: { ...valueSet, valueSetDefinition: definition } });
}
