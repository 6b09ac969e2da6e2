import type { KeptOutput, RemovalOutcome, RemovalPlan, RemovalStep } from '../crm.ts';
import { dataPath } from './api/api.ts';
import { SalesforceRefusal } from './api/error-table.ts';
import { OUR_WORD } from './output-fields.ts';
import { type Granted, readGranted } from './setup/granted.ts';
import { READ_OBJECTS } from './setup/permission-sets.ts';
import { sortFields } from './setup/removable-fields.ts';
import type { SetupContext } from './setup/setup-context.ts';
import { type CustomField, deleteCustomField, throwNoSetup } from './setup/tooling.ts';
import { fullName } from './setup/wanted-fields.ts';

interface Work extends RemovalStep {
  readonly remove: () => Promise<void>;
}

/** What `setup` made and is still there, fields before the permission sets, and what is left alone. */
export async function planRemoval(context: SetupContext): Promise<RemovalPlan> {
  const { steps, kept } = await plan(context);
  return { steps: steps.map(({ remove, ...step }) => step), kept };
}

/** Looks again at what is there, and deletes only what the steps name. One that Salesforce refuses holds up no other. */
export async function applyRemoval(context: SetupContext, wanted: readonly RemovalStep[]): Promise<RemovalOutcome[]> {
  const names = new Set(wanted.map(nameOf));
  const outcomes: RemovalOutcome[] = [];
  for (const { remove, ...step } of (await plan(context)).steps.filter((each) => names.has(nameOf(each))))
    outcomes.push({ step, refused: await tried(step, remove) });
  return outcomes;
}

const nameOf = ({ kind, name }: RemovalStep) => `${kind} ${name}`;

async function plan(context: SetupContext): Promise<{ readonly steps: Work[]; readonly kept: KeptOutput[] }> {
  const { api, config } = context;
  const { ours, kept } = await sortFields(context);
  const { integration, sales } = config.permission_sets;
  const sets = await readGranted(api, [integration, sales]);
  const steps = ours.map((field): Work => {
    const name = fullName(field);
    const description = `field ${name}: ${field.label}`;
    return { kind: 'property', ...on(field), name, description, remove: () => deleteCustomField(api, field.id) };
  });
  const known = new Set([...ours, ...kept.map(({ field }) => field)].map((field) => fullName(field).toLowerCase()));
  const keptSets: KeptOutput[] = [];
  for (const set of sets.values()) {
    const reason = reasonToKeep(set, known);
    if (reason !== undefined) keptSets.push({ kind: 'permission', name: set.name, reason });
    else steps.push(setStep(context, set));
  }
  const others = kept.map(({ field, reason }): KeptOutput => {
    return { kind: 'property', ...on(field), name: fullName(field), reason };
  });
  return { steps, kept: [...others, ...keptSets] };
}

/** One that was there before is theirs; so is, by now, one into which somebody put more. */
function reasonToKeep({ description, fields, objects }: Granted, known: ReadonlySet<string>): string | undefined {
  if (!description.includes(OUR_WORD)) return 'its description is not the one that setup gives';
  const others = [...fields.keys()].filter((field) => !known.has(field) && !field.includes('.leadgauge_'));
  if (others.length > 0) return `it grants other fields as well: ${others.join(', ')}`;
  const objectsToo = [...objects.keys()].filter((object) => !GRANTED_OBJECTS.has(object));
  return objectsToo.length > 0 ? `it grants other objects as well: ${objectsToo.join(', ')}` : undefined;
}

const GRANTED_OBJECTS: ReadonlySet<string> = new Set(READ_OBJECTS.map((object) => object.toLowerCase()));

const on = ({ object }: CustomField) => (object === 'Account' ? { on: 'accounts' as const } : {});

function setStep({ api }: SetupContext, { id, name, users }: Granted): Work {
  const description = `permission set ${name}, which ${users.size} user${users.size === 1 ? ' has' : 's have'}`;
  const remove = async () => {
    // Nobody may have it when it goes.
    for (const assignment of users.values()) await deleteRecord(api, 'PermissionSetAssignment', assignment);
    await deleteRecord(api, 'PermissionSet', id);
  };
  return { kind: 'permission', name, description, remove };
}

async function deleteRecord(api: SetupContext['api'], object: string, id: string): Promise<void> {
  await api.call({ kind: 'setup', method: 'DELETE', path: dataPath(`/sobjects/${object}/${id}`) }).catch(throwNoSetup);
}

/** Why it could not be; undefined once it is gone. */
async function tried({ kind }: RemovalStep, remove: () => Promise<void>): Promise<string | undefined> {
  try {
    await remove();
    return undefined;
  } catch (error) {
    if (!(error instanceof SalesforceRefusal)) throw error;
    if (error.status === 404) return undefined;
    return `Salesforce refuses (${[error.status, ...error.codes].join(', ')}): ${kind === 'permission' ? IN_USE.set : IN_USE.field}`;
  }
}

const IN_USE = {
  field:
    'something uses it, such as a flow, a report, a list view or a formula. Find it under Setup, Object Manager, "Fields & Relationships", with the button "Where is this used?", take the field out there, and run this again',
  set: 'look into it under Setup, Permission Sets, "Manage Assignments", and run this again',
};
