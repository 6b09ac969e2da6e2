import { FUNCTION_PHRASES, type JobFunction, STRENGTH, type Work } from './job-function-table.ts';
import { phrasesOfOthers } from './title-others.ts';
import { indexPhrases } from './title-phrases.ts';
import { readTitle, type Said } from './title-reading.ts';

/** Reads functions from the words of titles. A phrase of one's own decides, the first of several, before the built-in table is asked. */
export function functionReader(
  own: Iterable<readonly [string, JobFunction | undefined]>,
): (words: readonly string[]) => JobFunction | undefined {
  const works = [...own].map(([text, does], index, all) => {
    const strength = does === undefined ? STRENGTH.nothing : STRENGTH.learners + index - all.length;
    return [text, { does, strength }] as const;
  });
  const vocabulary = { own: indexPhrases<Work>(works), builtIn: BUILT_IN, others: OTHERS };
  return (words) => {
    let best: JobFunction | undefined;
    let lowest = Number.POSITIVE_INFINITY;
    for (const said of readTitle(words, vocabulary)) {
      const order = orderOf(said);
      if (order >= lowest) continue;
      lowest = order;
      best = said.meaning.does;
    }
    return best;
  };
}

const BUILT_IN = indexPhrases(FUNCTION_PHRASES, ({ strength }) => strength);
const OTHERS = phrasesOfOthers();

/** What decides anywhere in the title; then, part by part, trades and fields; then all that says less. */
function orderOf({ meaning: { strength }, part }: Said<Work>): number {
  if (strength < 0) return strength;
  return strength < STRENGTH.asides ? 2 * part + strength : BEHIND_ALL_PARTS * strength;
}

const BEHIND_ALL_PARTS = 1_000;
