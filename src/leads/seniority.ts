import { type Rank, SENIORITY_PHRASES, type Seniority } from './seniority-table.ts';
import { phrasesOfOthers } from './title-others.ts';
import { indexPhrases } from './title-phrases.ts';
import { readTitle } from './title-reading.ts';
import { titleWords } from './title-words.ts';

/** Reads ranks from the words of titles. A phrase of one's own decides, the first of several, before the built-in table is asked. */
export function seniorityReader(
  own: Iterable<readonly [string, Seniority | undefined]>,
): (words: readonly string[]) => Seniority | undefined {
  const ranks = [...own].map(
    ([text, seniority], index, all) => [text, { seniority, order: index - all.length }] as const,
  );
  const vocabulary = { own: indexPhrases<Rank>(ranks), builtIn: BUILT_IN, others: OTHERS };
  return (words) => {
    let best: Rank | undefined;
    for (const { meaning } of readTitle(words, vocabulary)) {
      if (meaning.seniority !== undefined && (best === undefined || meaning.order < best.order)) best = meaning;
    }
    return best?.seniority;
  };
}

const BUILT_IN = indexPhrases(SENIORITY_PHRASES);
/** A "coach for CEOs" is none, though a "director for sales" works in sales. */
const OTHERS = phrasesOfOthers(['for']);

const builtInReader = seniorityReader([]);

/**
 * The rank that a job title speaks of, by the built-in table; undefined where no word of it is known. Whole words count, so "cto"
 * inside "director" does not, and whoever assists a VP is none.
 * @param title as `normaliseText` gives it.
 */
export function seniorityOf(title: string): Seniority | undefined {
  return builtInReader(titleWords(title));
}
