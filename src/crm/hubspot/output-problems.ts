import { type ModelOutputs, namesOf, type OutputKey } from '../outputs/output-model.ts';
import { OUTPUT_PROPERTIES } from '../outputs/output-properties.ts';
import { placeOfAll, severalMissing } from '../outputs/several-missing.ts';
import type { Property } from './api/properties.ts';
import { missingOptions } from './output-options.ts';
import type { Portal } from './portal.ts';
import type { PortalProblem } from './portal-problem.ts';

/** What the portal lacks, or has otherwise, of the properties of all models. What an upgrade adds is one problem, however much it is. */
export function outputProblems(models: readonly ModelOutputs[], properties: Portal['properties']): PortalProblem[] {
  const none = models.filter((outputs) => namesOf(outputs).every((name) => !properties.has(name)));
  if (none.length === models.length) {
    const message = `the portal has none of the ${models.flatMap(namesOf).length} output properties yet: run "leadgauge setup"`;
    return [{ about: 'outputs', path: ['outputs'], message, mendedBySetup: true }];
  }
  const places = models
    .filter((outputs) => !none.includes(outputs))
    .flatMap(({ names, keys, path }) => keys.map((key) => ({ name: names[key], path: [...path, key] })));
  const gone = places.filter(({ name }) => !properties.has(name));
  return [...missingProperties(gone), ...models.flatMap(ofModel)];

  function ofModel(outputs: ModelOutputs): PortalProblem[] {
    const { model, keys, path } = outputs;
    if (!none.includes(outputs)) return keys.flatMap((key) => propertyProblems(outputs, key, properties));
    const message = `the portal has none of the properties of the model ${model.id} yet: run "leadgauge setup"`;
    return [{ about: 'outputs', path, message, mendedBySetup: true }];
  }
}

function missingProperties(
  gone: readonly { readonly name: string; readonly path: readonly string[] }[],
): PortalProblem[] {
  const [first, ...others] = gone;
  if (first === undefined) return [];
  const names = gone.map(({ name }) => name);
  const [path, what] =
    others.length === 0
      ? [first.path, `the portal has no property "${first.name}"`]
      : [placeOfAll(gone.map((each) => each.path)), severalMissing('properties', 'contacts', names)];
  return [{ about: 'outputs', path, message: `${what}: run "leadgauge setup"`, mendedBySetup: true }];
}

/** Of one that is there. */
function propertyProblems(
  { model, names, path }: ModelOutputs,
  key: OutputKey,
  properties: Portal['properties'],
): PortalProblem[] {
  const name = names[key];
  const problem = (message: string): PortalProblem => ({ about: 'outputs', path: [...path, key], message });
  const missing = (message: string): PortalProblem[] => [{ ...problem(message), mendedBySetup: true }];
  const property = properties.get(name);
  if (property === undefined) return [];
  const clash = outputClash(key, property);
  if (clash !== undefined) return [problem(clash)];
  const options = missingOptions(key, model, property).map(({ value }) => value);
  return options.length === 0
    ? []
    : missing(`"${name}" lacks the options ${options.join(', ')}: run "leadgauge setup"`);
}

/** Why an existing property cannot hold an output; undefined where it can. */
export function outputClash(key: OutputKey, property: Property): string | undefined {
  const { type, fieldType } = OUTPUT_PROPERTIES[key];
  const { name } = property;
  // Several flags may hold at once; of a persona or a decision there is one, however it is chosen.
  const several = key === 'flags';
  if (property.type !== type || (several && property.fieldType !== fieldType)) {
    return `the portal's property "${name}" is of type ${property.type}${several ? ` (${property.fieldType ?? 'unknown'})` : ''}, not ${type}${several ? ` (${fieldType})` : ''}: name another property here`;
  }
  // People's decisions are only read, wherever they come from.
  if (key === 'override') return undefined;
  if (isReadOnly(property))
    return `the portal's property "${name}" cannot be written to, as it is calculated or read-only: name another property here`;
  return property.hasUniqueValue === true
    ? `the portal's property "${name}" allows each value once, and two leads may have the same: name another property here`
    : undefined;
}

/** HubSpot marks what it calculates itself as calculated, and what people let it calculate by the kind of field. */
function isReadOnly({ calculated, fieldType, modificationMetadata }: Property): boolean {
  const byPeople = fieldType?.startsWith('calculation') === true;
  return calculated === true || byPeople || modificationMetadata?.readOnlyValue === true;
}
