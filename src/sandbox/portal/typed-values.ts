import type { Value } from './contact.ts';
import type { Portal } from './portal.ts';
import { readValue } from './property-value.ts';

/** Properties as a person types them: text, or what the type holds; undefined clears. */
export type TypedValues = Readonly<Record<string, Value | undefined>>;

/**
 * Values as the portal keeps them, of read-only properties as well: tests need to set counters.
 * @throws Error for a property that does not exist or a value that it cannot have
 */
export function readTyped(portal: Portal, typed: TypedValues): Record<string, Value | undefined> {
  const values: Record<string, Value | undefined> = {};
  for (const [name, given] of Object.entries(typed)) {
    const property = portal.properties.get(name);
    if (property === undefined) throw new Error(`The sandbox portal has no contact property ${name}`);
    const read = readValue(property, given ?? '');
    if ('invalid' in read) throw new Error(`The sandbox portal refuses this value of ${name}: ${read.invalid.error}`);
    values[name] = name === 'email' ? String(read.value ?? '').toLowerCase() || undefined : read.value;
  }
  return values;
}

/** What of a form's fields becomes part of the contact: those that are properties, with values that fit. */
export function readFields(portal: Portal, fields: TypedValues): Record<string, Value | undefined> {
  const fitting = Object.entries(fields).filter(([name, given]) => {
    const property = portal.properties.get(name);
    return property !== undefined && !property.readOnly && !('invalid' in readValue(property, given ?? ''));
  });
  return readTyped(portal, Object.fromEntries(fitting));
}
