/** What the subrequests before answered, by their referenceId. */
export type Results = ReadonlyMap<string, unknown>;

const REFERENCE = /@\{([^}]+)\}/g;

/** A reference that names nothing. */
export class MissingReference extends Error {}

/**
 * Puts what subrequests before answered in place of `@{reference.field}`, in an address and all text of a body:
 * `@{found.records[0].Id}`. A text that is one reference and nothing else becomes the value itself.
 * @throws MissingReference
 */
export function resolve(value: unknown, results: Results): unknown {
  if (typeof value === 'string') return resolveText(value, results);
  if (Array.isArray(value)) return value.map((one) => resolve(one, results));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolve(one, results)]));
}

function resolveText(text: string, results: Results): unknown {
  const [whole] = text.matchAll(REFERENCE);
  if (whole?.[0] === text) return lookUp(whole[1] ?? '', results);
  return text.replace(REFERENCE, (_, path: string) => String(lookUp(path, results)));
}

function lookUp(path: string, results: Results): unknown {
  const [reference = '', ...steps] = path.split(/\.|\[(\d+)\]/).filter((step) => step !== undefined && step !== '');
  let value = results.get(reference);
  for (const step of steps) value = valueAt(value, step);
  if (value !== undefined && value !== null) return value;
  throw new MissingReference(`Invalid reference specified. No value for ${path} found in ${reference}.`);
}

function valueAt(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === step)?.[1];
}
