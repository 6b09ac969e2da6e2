import { type Compounds, indexCompounds } from './title-compounds.ts';
import { BREAK, titleWords } from './title-words.ts';

/** What a phrase of a table means, at the place where it stands in a title. */
export interface PhraseFound<Meaning> {
  readonly meaning: Meaning;
  /** How many words of the title it takes. */
  readonly length: number;
}

export interface Phrases<Meaning> {
  readonly size: number;
  /** The longest phrase that begins at this word and ends before `limit`. Whole words come before beginnings and endings of words. */
  at(words: readonly string[], at: number, limit?: number): PhraseFound<Meaning> | undefined;
}

/**
 * Indexes phrases by their first word. `^` before a phrase says that it must begin the title, `$` after it that it must end it or
 * one of its parts; a `*` that it is the ending (`*leiter`) or the beginning (`vertriebs*`) of a longer word. Of two equal
 * phrases, the first one stays.
 * @param strength of a meaning, the lower the stronger: decides where a word has the ending of one and the beginning of another.
 */
export function indexPhrases<Meaning>(
  entries: Iterable<readonly [string, Meaning]>,
  strength: (meaning: Meaning) => number = () => 0,
): Phrases<Meaning> {
  const byFirstWord = new Map<string, Phrase<Meaning>[]>();
  const partial: [string, PhraseFound<Meaning>][] = [];
  let size = 0;
  for (const [text, meaning] of entries) {
    const words = titleWords(text.replace(/[\^$*]/g, ''));
    const [first] = words;
    if (first === undefined) continue;
    size++;
    const phrase = { words, meaning, begins: text.startsWith('^'), ends: text.endsWith('$'), length: words.length };
    if (text.startsWith('*')) partial.push([`*${first}`, phrase]);
    else if (text.endsWith('*')) partial.push([`${first}*`, phrase]);
    else byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), phrase]);
  }
  for (const phrases of byFirstWord.values()) phrases.sort((one, other) => weight(other) - weight(one));
  const compounds: Compounds<PhraseFound<Meaning>> = indexCompounds(partial, ({ meaning }) => strength(meaning));
  return {
    size,
    at: (words, at, limit = words.length) => {
      const word = words[at] ?? '';
      for (const phrase of byFirstWord.get(word) ?? NONE) {
        if (at + phrase.length <= limit && standsAt(phrase, words, at)) return phrase;
      }
      return compounds(word);
    },
  };
}

interface Phrase<Meaning> extends PhraseFound<Meaning> {
  readonly words: readonly string[];
  readonly begins: boolean;
  readonly ends: boolean;
}

const NONE: readonly never[] = [];

function standsAt(phrase: Phrase<unknown>, words: readonly string[], at: number): boolean {
  if (phrase.begins && at !== 0) return false;
  if (phrase.ends && (words[at + phrase.length] ?? BREAK) !== BREAK) return false;
  for (let index = 1; index < phrase.length; index++) {
    if (words[at + index] !== phrase.words[index]) return false;
  }
  return true;
}

/** Long phrases first; among equals, what must stand at an edge. */
function weight({ length, begins, ends }: Phrase<unknown>): number {
  return length * 4 + Number(begins) + Number(ends);
}
