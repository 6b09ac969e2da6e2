import { isFormField } from './property.ts';
import type { PropertyRegistry } from './property-registry.ts';
import { readValue } from './property-value.ts';
import type { Value } from './record.ts';

/** Properties as a person types them: text, or what the type holds; undefined clears. */
export type TypedValues = Readonly<Record<string, Value | undefined>>;

/**
 * Values as the portal keeps them, of read-only properties as well: tests need to set counters.
 * @throws Error for a property that does not exist or a value that it cannot have
 */
export function readTyped(properties: PropertyRegistry, typed: TypedValues): Record<string, Value | undefined> {
  const values: Record<string, Value | undefined> = {};
  for (const [name, given] of Object.entries(typed)) {
    const property = properties.get(name);
    if (property === undefined) throw new Error(`The sandbox portal has no ${properties.of} property ${name}`);
    const read = readValue(property, given ?? '');
    if ('invalid' in read) throw new Error(`The sandbox portal refuses this value of ${name}: ${read.invalid.error}`);
    values[name] = name === 'email' ? String(read.value ?? '').toLowerCase() || undefined : read.value;
  }
  return values;
}

/** What of a form's fields becomes part of the contact: those that are properties, with values that fit. */
export function readFields(properties: PropertyRegistry, fields: TypedValues): Record<string, Value | undefined> {
  const fitting = Object.entries(fields).filter(([name, given]) => {
    const property = properties.get(name);
    return property !== undefined && isFormField(property) && !('invalid' in readValue(property, given ?? ''));
  });
  return readTyped(properties, Object.fromEntries(fitting));
}
