import { batches } from '../../base/batches.ts';
import { ConfigError } from '../../base/errors.ts';
import type { SetupStep } from '../crm.ts';
import type { Locate } from '../locate.ts';
import type { ModelOutputs, OutputKey } from '../outputs/output-model.ts';
import { OUTPUT_PROPERTIES } from '../outputs/output-properties.ts';
import type { SalesNeeds } from '../sales-needs.ts';
import { accountClashes } from './account-problems.ts';
import { accountSteps, companyProperties } from './account-setup.ts';
import {
  createGroup,
  createProperties,
  createProperty,
  listGroups,
  type NewProperty,
  type Property,
  updateProperty,
} from './api/properties.ts';
import type { HubspotConfig } from './config.ts';
import { createUnlessThere } from './create-unless-there.ts';
import { missingOptions, newOptions } from './output-options.ts';
import { outputClash } from './output-problems.ts';
import { readProperties } from './portal.ts';
import { type PortalProblem, toConfigProblem } from './portal-problem.ts';
import { RefusedError } from './refusal.ts';
import type { Transport } from './transport.ts';

export interface SetupContext {
  readonly transport: Transport;
  readonly config: HubspotConfig;
  readonly models: readonly ModelOutputs[];
  readonly locate: Locate | undefined;
  /** What routing and follow-up need besides; nothing when absent. */
  readonly needs?: SalesNeeds;
}

interface Work extends SetupStep {
  /** A new property: all of them go in one call. */
  readonly create?: NewProperty;
  readonly apply: () => Promise<void>;
}

/** @throws ConfigError where an existing property cannot hold an output: setup never changes what others made. */
export async function planSetup(context: SetupContext): Promise<SetupStep[]> {
  return (await work(context)).map(({ create, apply, ...step }) => step);
}

/** Looks again at what is missing, so that doing it twice changes nothing, and does only what the steps name. */
export async function applySetup(context: SetupContext, steps: readonly SetupStep[]): Promise<void> {
  const wanted = new Set(steps.map(nameOf));
  const due = (await work(context)).filter((step) => wanted.has(nameOf(step)));
  const creations = due.filter((step) => step.create !== undefined);
  for (const step of due.filter((step) => step.create === undefined)) await step.apply();
  const made = await createTogether(
    context.transport,
    creations.flatMap(({ create }) => create ?? []),
  );
  // Whatever the one call did not make is made, or its trouble told, one by one.
  for (const step of creations.filter(({ name }) => !made.has(name))) await step.apply();
}

const nameOf = ({ kind, on, name }: SetupStep) => `${kind} ${name} ${on ?? 'leads'}`;

/** As many properties as one call makes. */
const BATCH = 100;

async function createTogether(transport: Transport, inputs: readonly NewProperty[]): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  for (const batch of batches(inputs, BATCH)) {
    try {
      for (const name of await createProperties(transport, batch)) made.add(name);
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 409) throw error;
    }
  }
  return made;
}

async function work(context: SetupContext): Promise<Work[]> {
  const properties = await readProperties(context.transport);
  const ofCompanies = await companyProperties(context.transport, context.models);
  refuseClashes(context, properties, ofCompanies);
  return [...(await leadSteps(context, properties)), ...(await accountSteps(context, ofCompanies))];
}

async function leadSteps(context: SetupContext, properties: ReadonlyMap<string, Property>): Promise<Work[]> {
  const { transport, config, models } = context;
  const steps = models.flatMap((outputs) =>
    outputs.keys.flatMap((key) => propertyStep(context, outputs, key, properties.get(outputs.names[key]))),
  );
  const creates = steps.some(({ create }) => create !== undefined);
  const { name, label } = config.output_group;
  if (!creates || (await listGroups(transport)).includes(name)) return steps;
  const description = `group ${name}: ${label}`;
  return [
    {
      kind: 'group',
      name,
      description,
      apply: () =>
        createUnlessThere(
          name,
          () => createGroup(transport, { name, label }),
          () => listGroups(transport),
        ),
    },
    ...steps,
  ];
}

function refuseClashes(
  { models, locate }: SetupContext,
  contacts: ReadonlyMap<string, Property>,
  companies: ReadonlyMap<string, Property>,
): void {
  const problems = models.flatMap(({ names, keys, path }) =>
    keys.flatMap((key): PortalProblem[] => {
      const property = contacts.get(names[key]);
      const message = property === undefined ? undefined : outputClash(key, property);
      return message === undefined ? [] : [{ about: 'outputs', path: [...path, key], message }];
    }),
  );
  problems.push(...accountClashes(models, companies));
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => toConfigProblem(problem, locate)));
}

function propertyStep(
  context: SetupContext,
  outputs: ModelOutputs,
  key: OutputKey,
  existing: Property | undefined,
): Work[] {
  const { transport } = context;
  const name = outputs.names[key];
  if (existing === undefined) {
    const body = newProperty(context, outputs, key);
    const description = `property ${name} (${body.type}): ${body.label}`;
    const names = async () => [...(await readProperties(transport)).keys()];
    return [
      {
        kind: 'property',
        name,
        description,
        create: body,
        apply: () => createUnlessThere(name, () => createProperty(transport, body), names),
      },
    ];
  }
  const missing = missingOptions(key, outputs.model, existing);
  if (missing.length === 0) return [];
  const options = [...(existing.options ?? []), ...missing];
  const description = `options of ${name}: ${missing.map(({ value }) => value).join(', ')}`;
  return [{ kind: 'property', name, description, apply: () => updateProperty(transport, name, { options }) }];
}

/** With several models, each label says whose it is: they stand together in one group. */
function newProperty({ config, models }: SetupContext, { model, names }: ModelOutputs, key: OutputKey): NewProperty {
  const { type, fieldType, label, description } = OUTPUT_PROPERTIES[key];
  const options = newOptions(key, model);
  return {
    name: names[key],
    label: models.length > 1 ? `${label} (${model.name})` : label,
    description,
    groupName: config.output_group.name,
    type,
    fieldType,
    ...(options && { options }),
  };
}
