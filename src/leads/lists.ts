import { normaliseText } from './text.ts';

/** The lists of `config/lists/`, by file name without its ending; entries as `parseList` gives them. */
export type Lists = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads one entry a line; blank lines, and whatever follows a `#` at the start of a line or after a blank, are left out. */
export function parseList(text: string): Set<string> {
  const entries = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const entry = normaliseText(line.replace(/^\uFEFF/, '').replace(/(^|\s)#.*$/, ''));
    if (entry !== undefined) entries.add(entry);
  }
  return entries;
}
