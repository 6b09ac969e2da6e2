import { createHash } from 'node:crypto';

/** Ten hexadecimal digits that stand for what something means. */
export function hash(meaning: unknown): string {
  return createHash('sha256').update(canonical(meaning)).digest('hex').slice(0, 10);
}

/**
 * One text for all that mean the same. Every list in a model is one whose order means nothing, so lists are sorted too;
 * where an order means something, its places are written into the entries. `between` runs from low to high in any case.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .map(([name, inner]) => `${name}:${canonical(inner)}`)
    .sort()
    .join()}}`;
}
