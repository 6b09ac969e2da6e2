import { SENIORITY_ROWS, type Seniority, TITLES_OF_OTHERS, WORDS_OF_NO_RANK } from './seniority-table.ts';

/** Longer titles are no titles: only their beginning is read. */
const LONGEST = 200;

/**
 * The rank that a job title speaks of; undefined where no word of it is known. Whole words count, so "cto" inside
 * "director" does not, and whoever assists a VP is none.
 * @param title as `normaliseText` gives it.
 */
export function seniorityOf(title: string): Seniority | undefined {
  const words = ownWords(withoutPhrases(wordsOf(title), NO_RANK));
  let best = SENIORITY_ROWS.length;
  for (let at = 0; at < words.length; at++) {
    for (const phrase of RANKS.get(words[at] ?? '') ?? []) {
      if (phrase.row < best && standsAt(phrase, words, at)) best = phrase.row;
    }
  }
  return SENIORITY_ROWS[best]?.seniority;
}

interface Phrase {
  readonly words: readonly string[];
  readonly row: number;
  /** Whether it must begin or end the title. */
  readonly edge: boolean;
}

const RANKS = byFirstWord(SENIORITY_ROWS.flatMap((row, index) => row.titles.map((title) => phrase(title, index))));
const NO_RANK = byFirstWord(WORDS_OF_NO_RANK.map((words) => phrase(words, 0)));
const OTHERS = byFirstWord(TITLES_OF_OTHERS.map((words) => phrase(words, 0)));

function phrase(text: string, row: number): Phrase {
  return { words: text.replace('^', '').split(' '), row, edge: text.startsWith('^') };
}

function byFirstWord(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
  return Map.groupBy(phrases, (one) => one.words[0] ?? '');
}

/** Words of letters and digits; dots go, so that "C.E.O." is "ceo". A comma and the like stay, as a word of their own. */
function wordsOf(title: string): string[] {
  return (
    title
      .slice(0, LONGEST)
      .replaceAll('.', '')
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}\p{M}']+|[,;|/()]/gu) ?? []
  );
}

/** Leaves out what is somebody else's title, or this person's former one, up to the next comma or the like. */
function ownWords(words: readonly string[]): string[] {
  const own: string[] = [];
  let skipping = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (BREAKS.has(word)) skipping = false;
    else if ((OTHERS.get(word) ?? []).some((one) => standsAt(one, words, at))) skipping = true;
    else if (!skipping) own.push(word);
  }
  return own;
}

const BREAKS = new Set([',', ';', '|', '/', '(', ')']);

function withoutPhrases(words: string[], phrases: ReadonlyMap<string, readonly Phrase[]>): string[] {
  for (let at = 0; at < words.length; at++) {
    const found = (phrases.get(words[at] ?? '') ?? []).find((one) => standsAt(one, words, at));
    if (found !== undefined) words.splice(at, found.words.length, '');
  }
  return words;
}

function standsAt({ words: wanted, edge }: Phrase, words: readonly string[], at: number): boolean {
  if (edge && at !== 0 && at + wanted.length !== words.length) return false;
  for (let index = 0; index < wanted.length; index++) {
    if (words[at + index] !== wanted[index]) return false;
  }
  return true;
}
