import { ConfigError } from '../../base/errors.ts';
import type { SetupStep } from '../crm.ts';
import {
  createGroup,
  createProperties,
  createProperty,
  listGroups,
  type NewOption,
  type NewProperty,
  type Property,
  updateProperty,
} from './api/properties.ts';
import type { HubspotConfig } from './config.ts';
import { type Locate, missingOptions, outputClash, toConfigProblem } from './fit-portal.ts';
import { OUTPUT_KEYS, OUTPUT_PROPERTIES, type OutputKey, propertyOf } from './outputs.ts';
import { readProperties } from './portal.ts';
import { RefusedError } from './refusal.ts';
import type { Transport } from './transport.ts';

export interface SetupContext {
  readonly transport: Transport;
  readonly config: HubspotConfig;
  /** All flags that any model may set: the options of the flags property. */
  readonly flags: readonly string[];
  readonly locate: Locate | undefined;
}

interface Work extends SetupStep {
  /** A new property: all of them go in one call. */
  readonly create?: NewProperty;
  readonly apply: () => Promise<void>;
}

/** @throws ConfigError where an existing property cannot hold an output: setup never changes what others made. */
export async function planSetup(context: SetupContext): Promise<SetupStep[]> {
  return (await work(context)).map(({ kind, name, description }) => ({ kind, name, description }));
}

/** Looks again at what is missing, so that doing it twice changes nothing, and does only what the steps name. */
export async function applySetup(context: SetupContext, steps: readonly SetupStep[]): Promise<void> {
  const wanted = new Set(steps.map((step) => `${step.kind} ${step.name}`));
  const due = (await work(context)).filter((step) => wanted.has(`${step.kind} ${step.name}`));
  const creations = due.filter((step) => step.create !== undefined);
  for (const step of due.filter((step) => step.create === undefined)) await step.apply();
  const made = await createTogether(
    context.transport,
    creations.flatMap(({ create }) => create ?? []),
  );
  // Whatever the one call did not make is made, or its trouble told, one by one.
  for (const step of creations.filter(({ name }) => !made.has(name))) await step.apply();
}

async function createTogether(transport: Transport, inputs: readonly NewProperty[]): Promise<ReadonlySet<string>> {
  if (inputs.length === 0) return new Set();
  try {
    return new Set(await createProperties(transport, inputs));
  } catch (error) {
    if (!(error instanceof RefusedError) || error.status !== 409) throw error;
    return new Set();
  }
}

async function work(context: SetupContext): Promise<Work[]> {
  const { transport, config } = context;
  const properties = await readProperties(transport);
  refuseClashes(context, properties);
  const steps = OUTPUT_KEYS.flatMap((key) => propertyStep(context, key, properties.get(propertyOf(config, key))));
  const creates = OUTPUT_KEYS.some((key) => !properties.has(propertyOf(config, key)));
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

function refuseClashes({ config, locate }: SetupContext, properties: ReadonlyMap<string, Property>): void {
  const problems = OUTPUT_KEYS.flatMap((key) => {
    const property = properties.get(propertyOf(config, key));
    const message = property === undefined ? undefined : outputClash(config, key, property);
    const path = ['outputs', OUTPUT_PROPERTIES[key].key];
    return message === undefined ? [] : [toConfigProblem({ about: 'outputs', path, message }, locate)];
  });
  if (problems.length > 0) throw new ConfigError(problems);
}

function propertyStep(
  { transport, config, flags }: SetupContext,
  key: OutputKey,
  existing: Property | undefined,
): Work[] {
  const name = propertyOf(config, key);
  if (existing === undefined) {
    const body = newProperty(config, key, flags);
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
  const missing = key === 'flags' ? missingOptions(existing, flags) : [];
  if (missing.length === 0) return [];
  const old = existing.options ?? [];
  const options = [...old, ...missing.map((flag, index) => flagOption(flag, old.length + index))];
  const description = `options of ${name}: ${missing.join(', ')}`;
  return [{ kind: 'property', name, description, apply: () => updateProperty(transport, name, { options }) }];
}

function newProperty(config: HubspotConfig, key: OutputKey, flags: readonly string[]): NewProperty {
  const { type, fieldType, label, description } = OUTPUT_PROPERTIES[key];
  const property = {
    name: propertyOf(config, key),
    label,
    description,
    groupName: config.output_group.name,
    type,
    fieldType,
  };
  if (key === 'flags') return { ...property, options: flagOptions(flags) };
  return type === 'bool' ? { ...property, options: YES_OR_NO } : property;
}

const YES_OR_NO: readonly NewOption[] = [
  { label: 'Yes', value: 'true', displayOrder: 0, hidden: false },
  { label: 'No', value: 'false', displayOrder: 1, hidden: false },
];

/** A property of this kind cannot be without an option, even where no model has a flag yet. */
function flagOptions(flags: readonly string[]): NewOption[] {
  return [...new Set(flags.length === 0 ? ['other'] : flags)].sort().map(flagOption);
}

/** `personal-email` is shown as "Personal email". */
function flagOption(flag: string, displayOrder: number): NewOption {
  const words = flag.replaceAll(/[-_]+/g, ' ').trim();
  return { label: words.charAt(0).toUpperCase() + words.slice(1), value: flag, displayOrder, hidden: false };
}

/** Another process may have been faster. A deleted property keeps its name for a while, and only a person can restore it. */
async function createUnlessThere(
  name: string,
  create: () => Promise<void>,
  listNames: () => Promise<string[]>,
): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof RefusedError) || error.status !== 409) throw error;
    if ((await listNames()).includes(name)) return;
    throw new ConfigError(
      `HubSpot keeps the name ${name} for something deleted: restore it under Settings, Properties, Archived properties, or choose another name, and run "leadgauge setup" again`,
    );
  }
}
