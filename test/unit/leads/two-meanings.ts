import { titleWords } from '../../../src/leads/title-words.ts';

/** Phrases of a table that are looked up alike, once spelled alike, and yet mean different things. */
export function phrasesWithTwoMeanings(entries: readonly (readonly [string, unknown])[]): string[][] {
  const meanings = Map.groupBy(entries, ([text]) =>
    text.replace(/[^^$*]+/, titleWords(text.replace(/[\^$*]/g, '')).join(' ')),
  );
  return [...meanings.values()]
    .filter((found) => new Set(found.map(([, meaning]) => JSON.stringify(meaning))).size > 1)
    .map((found) => found.map(([text]) => text));
}
