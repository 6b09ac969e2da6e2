/**
 * What somebody wrote as a text, to tell them of it. Nothing of keys with values: among them may be one called `toString`, which
 * JavaScript would take for its own.
 */
export function asText(input: unknown): string {
  if (Array.isArray(input)) return input.map(asText).join();
  return typeof input === 'object' && input !== null ? '' : String(input);
}
