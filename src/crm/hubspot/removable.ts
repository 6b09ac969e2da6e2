import { type ModelOutputs, OUTPUT_KEYS } from '../outputs/output-model.ts';
import { ACCOUNT_PROPERTY, OUR_WORD, OUTPUT_PROPERTIES, type OutputProperty } from '../outputs/output-properties.ts';
import type { Property, RecordKind } from './api/properties.ts';
import type { HubspotConfig } from './config.ts';

/** What `setup` made, and what merely looks like it. */
export interface Sorted {
  readonly ours: readonly Property[];
  readonly kept: readonly { readonly name: string; readonly reason: string }[];
}

const PREFIX = `${OUR_WORD}_`;

/**
 * Ours is a property in our group, of the type that `setup` gives it, that is named as config says, or as `setup` names those
 * of a model that is gone. Under a name of the user's own, its description must still be ours as well: it may be a property
 * that was there before.
 */
export function sortOut(
  of: RecordKind,
  properties: Iterable<Property>,
  { output_group }: HubspotConfig,
  models: readonly ModelOutputs[],
): Sorted {
  const configured = configuredNames(of, models);
  const ours: Property[] = [];
  const kept: { name: string; reason: string }[] = [];
  for (const property of properties) {
    const { name } = property;
    if (!configured.has(name) && !name.startsWith(PREFIX)) continue;
    const made = configured.get(name) ?? leftOver(of, name);
    const reason =
      made === undefined ? 'setup makes none of this name' : reasonToKeep(property, made, output_group.name);
    if (reason === undefined) ours.push(property);
    else kept.push({ name, reason });
  }
  return { ours, kept };
}

function configuredNames(of: RecordKind, models: readonly ModelOutputs[]): ReadonlyMap<string, OutputProperty> {
  if (of === 'companies') return new Map(models.map(({ accountScore }) => [accountScore, ACCOUNT_PROPERTY]));
  return new Map(
    models.flatMap(({ names }) => OUTPUT_KEYS.map((key) => [names[key], OUTPUT_PROPERTIES[key]] as const)),
  );
}

/** Keys by length, as `mql_at` ends no name that ends in `mql`, but `at` alone would end both. */
const LONGEST_FIRST = [...OUTPUT_KEYS].sort((a, b) => b.length - a.length);

/** Of a model that config no longer has: `leadgauge_services_score`. */
function leftOver(of: RecordKind, name: string): OutputProperty | undefined {
  if (of === 'companies') return name.endsWith('_account_score') ? ACCOUNT_PROPERTY : undefined;
  const key = LONGEST_FIRST.find((each) => name.endsWith(`_${each}`));
  return key === undefined ? undefined : OUTPUT_PROPERTIES[key];
}

function reasonToKeep(property: Property, made: OutputProperty, group: string): string | undefined {
  const { name, type, fieldType, groupName, description, hubspotDefined } = property;
  if (hubspotDefined === true) return "it is HubSpot's own";
  if (groupName !== group) return `it is in the group ${groupName ?? 'of another name'}, not in ${group}`;
  if (type !== made.type || fieldType !== made.fieldType)
    return `it is of type ${type} (${fieldType ?? 'unknown'}), and setup makes it ${made.type} (${made.fieldType})`;
  const ourDescription = description?.includes(OUR_WORD) === true;
  return name.startsWith(PREFIX) || ourDescription ? undefined : 'its description is not the one that setup gives';
}
