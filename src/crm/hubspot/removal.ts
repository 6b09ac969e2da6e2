import type { KeptOutput, RemovalOutcome, RemovalPlan, RemovalStep } from '../crm.ts';
import { accountModels } from '../outputs/output-model.ts';
import { listProperties, type Property, type RecordKind } from './api/properties.ts';
import { deleteGroup, deleteProperty, groupLabel } from './api/property-removal.ts';
import { codesOf, ForbiddenError, RefusedError } from './refusal.ts';
import { sortOut } from './removable.ts';
import type { SetupContext } from './setup.ts';

/** What `setup` made and is still there, properties before their group, and what is left alone. */
export async function planRemoval(context: SetupContext): Promise<RemovalPlan> {
  const [contacts, companies] = [await planOf(context, 'contacts'), await planOf(context, 'companies')];
  return { steps: [...contacts.steps, ...companies.steps], kept: [...contacts.kept, ...companies.kept] };
}

/** Looks again at what is there, and deletes only what the steps name. One that HubSpot refuses holds up no other. */
export async function applyRemoval(context: SetupContext, steps: readonly RemovalStep[]): Promise<RemovalOutcome[]> {
  const wanted = new Set(steps.map(nameOf));
  const { steps: now } = await planRemoval(context);
  const outcomes: RemovalOutcome[] = [];
  for (const step of now.filter((each) => wanted.has(nameOf(each)))) {
    const holding = outcomes.some((outcome) => outcome.refused !== undefined && outcome.step.on === step.on);
    if (step.kind === 'group' && holding) outcomes.push({ step, refused: 'it is not empty yet' });
    else outcomes.push({ step, refused: await removeStep(context, step) });
  }
  return outcomes;
}

const nameOf = ({ kind, on, name }: RemovalStep) => `${kind} ${name} ${on ?? 'leads'}`;

async function planOf(context: SetupContext, of: RecordKind): Promise<RemovalPlan> {
  const properties = await propertiesOf(context, of);
  if (properties === undefined) return { steps: [], kept: [UNSEEN] };
  const on = of === 'companies' ? { on: 'accounts' as const } : {};
  const { ours, kept } = sortOut(of, properties, context.config, context.models);
  const others = kept.map((each): KeptOutput => ({ kind: 'property', ...on, ...each }));
  const group = await planGroup(context, of, properties, ours);
  const [whose, { name, label }] = [of === 'companies' ? 'company ' : '', context.config.output_group];
  const steps = ours.map((property): RemovalStep => {
    const { name: own, label: title } = property;
    return { kind: 'property', ...on, name: own, description: `${whose}property ${own}: ${title ?? own}` };
  });
  if (group === 'ours') steps.push({ kind: 'group', ...on, name, description: `${whose}group ${name}: ${label}` });
  return {
    steps,
    kept: group === 'ours' || group === undefined ? others : [...others, { kind: 'group', ...on, name, reason: group }],
  };
}

const UNSEEN: KeptOutput = {
  kind: 'property',
  on: 'accounts',
  name: '*',
  reason:
    'the credential may not look at properties of companies: give it the scopes crm.objects.companies.read and crm.schemas.companies.write if a model ever had "account"',
};

/** Undefined where the credential may not see them, as of companies where no model has use for them. */
async function propertiesOf({ transport, models }: SetupContext, of: RecordKind): Promise<Property[] | undefined> {
  try {
    return await listProperties(transport, of);
  } catch (error) {
    if (of === 'companies' && accountModels(models).length === 0 && error instanceof ForbiddenError) return undefined;
    throw error;
  }
}

/** `ours` where nothing else will be in it, else why it stays; undefined where there is none. */
async function planGroup(
  { transport, config }: SetupContext,
  of: RecordKind,
  properties: readonly Property[],
  ours: readonly Property[],
): Promise<string | undefined> {
  const { name, label } = config.output_group;
  const there = await groupLabel(transport, name, of);
  if (there === undefined) return undefined;
  const others = properties.filter((property) => property.groupName === name && !ours.includes(property));
  if (others.length > 0) return `these are in it as well: ${others.map((property) => property.name).join(', ')}`;
  return there === label ? 'ours' : `it is called "${there}", and setup calls it "${label}"`;
}

/** Why it could not be; undefined once it is gone. */
async function removeStep({ transport }: SetupContext, { kind, on, name }: RemovalStep): Promise<string | undefined> {
  const of = on === 'accounts' ? 'companies' : 'contacts';
  try {
    await (kind === 'group' ? deleteGroup : deleteProperty)(transport, name, of);
    return undefined;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return `HubSpot refuses${why(error)}: ${kind === 'group' ? IN_USE.group : IN_USE.property}`;
  }
}

function why({ status, problem }: RefusedError): string {
  return ` (${[status, ...codesOf(problem)].join(', ')})`;
}

const IN_USE = {
  property:
    'something uses it, such as a workflow, a list, a form or a report. Find it under Settings, Properties, in the column "Used in", take the property out there, and run this again',
  group: 'look into it under Settings, Properties, Groups, and run this again',
};
