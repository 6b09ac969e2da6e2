import type { Lead } from './lead.ts';

/** What a field held from a time on, in milliseconds since 1970; undefined where it was empty. */
export interface PastValue {
  readonly value: string | undefined;
  readonly since: number;
}

/** By our field names, the values that each had, oldest first. Of a field that is not here only the present is known. */
export type Past = Readonly<Record<string, readonly PastValue[]>>;

/**
 * The lead with its fields as they were at a time, in milliseconds since 1970. Before the first of its values a field was empty. A field
 * without a past is as it is now. What people decided against the models is left out, as nobody keeps when they did.
 */
export function leadAt({ overrides: _, ...lead }: Lead, past: Past, at: number): Lead {
  const present = Object.entries(lead.fields).filter(([field]) => !Object.hasOwn(past, field));
  const then = Object.entries(past).flatMap(([field, values]) => {
    const value = valueAt(values, at);
    return value === undefined ? [] : [[field, value] as const];
  });
  return { ...lead, fields: Object.fromEntries([...present, ...then]) };
}

/** What a field held at a time; undefined where it was empty. */
export function valueAt(values: readonly PastValue[], at: number): string | undefined {
  return values.findLast(({ since }) => since <= at)?.value;
}

/** Without the values that are the same as the one before. */
export function withoutRepeats(values: readonly PastValue[]): PastValue[] {
  return values.filter(({ value }, index) => index === 0 || value !== values[index - 1]?.value);
}
