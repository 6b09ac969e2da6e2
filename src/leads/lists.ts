import { normaliseText } from './text.ts';

/** The lists of `config/lists/`, by file name without its ending; entries as `parseList` gives them. */
export type Lists = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads one entry a line; blank lines, and whatever follows a `#` at the start of a line or after a blank, are left out. */
export function parseList(text: string): Set<string> {
  const entries = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const entry = normaliseText(withoutRemark(line.replace(/^\uFEFF/, '')));
    if (entry !== undefined) entries.add(entry);
  }
  return entries;
}

/** Why a line can never be found in a lead, in plain words; undefined where it may be. */
export function listLineProblem(line: string): string | undefined {
  const entry = withoutRemark(line).trim();
  const instead = (domain: string | undefined) => `write the domain alone, such as ${domain ?? 'acme.com'}`;
  if (/^[a-z]+:\/\//i.test(entry)) return instead(URL.parse(entry)?.hostname.replace(/^www\./, ''));
  if (entry.startsWith('@') || entry.startsWith('*.')) return instead(entry.replace(/^[@*.]+/, ''));
  if (entry.includes('*'))
    return 'a list has no wildcards: write each entry, or a domain, which stands for all below it';
  if (isSeveral(entry)) return 'write one entry a line';
  return undefined;
}

const withoutRemark = (line: string) => line.replace(/(?:^|\s)#.*$/s, '');

/** `acme.com, rival.com`; a name such as `Acme Inc., Berlin` is one entry. */
function isSeveral(entry: string): boolean {
  const parts = entry.split(',').map((part) => part.trim());
  return parts.length > 1 && parts.every((part) => /^[^\s.][^\s.]*\.\S+$/.test(part));
}
