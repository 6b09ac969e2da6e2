import { z } from 'zod';
import { functionReader } from './job-function.ts';
import { FUNCTIONS, type JobFunction } from './job-function-table.ts';
import { seniorityReader } from './seniority.ts';
import { SENIORITIES, type Seniority } from './seniority-table.ts';
import { titleWords } from './title-words.ts';

export interface TitleReader {
  /** The rank that a title speaks of; undefined where no word of it is known. */
  seniorityOf(title: string): Seniority | undefined;
  /** What the person who has the title works at; undefined where no word of it is known. */
  functionOf(title: string): JobFunction | undefined;
}

/** What is written for words that say nothing. */
const NONE = 'none';
const LONGEST_PHRASE = 80;

const phrase = z
  .string()
  .trim()
  .toLowerCase()
  .max(LONGEST_PHRASE, `a phrase has at most ${LONGEST_PHRASE} characters`)
  .refine(
    (text) => titleWords(text).some((word) => /\p{L}/u.test(word)),
    'a phrase is one or more words of a job title',
  )
  .meta({
    description:
      'One or more whole words of a job title. Capitals, accents and feminine forms need not be written: "leiter" is found in "Leiterin" too.',
    examples: ['squad lead', 'growth hacker'],
  });

/** A key with nothing below it is as good as none: all below it may be remarks. No transform, which would cost it its example. */
function phrases<const Meanings extends readonly string[]>(meanings: Meanings) {
  return z
    .record(phrase, z.enum([...meanings, NONE]))
    .nullable()
    .default({});
}

/** What `config/titles.yaml` holds: what a company knows of its leads' job titles that the built-in table does not. */
export const titlesSchema = z
  .strictObject({
    seniority: phrases(SENIORITIES).meta({
      description: `Words of a job title, and the rank of whoever has them in their title, whatever else it says; of several, the first one here. "${NONE}" for words that say nothing about rank.`,
      examples: [{ 'squad lead': 'manager', 'partner manager': 'staff', 'lead nurturing': NONE }],
    }),
    function: phrases(FUNCTIONS).meta({
      description: `Words of a job title, and what whoever has them in their title works at, whatever else it says; of several, the first one here. "${NONE}" for words that say nothing about it.`,
      examples: [{ 'growth hacker': 'marketing', 'site reliability': 'engineering', 'product tanker': NONE }],
    }),
  })
  .meta({
    description: 'Job titles that your leads have and that leadgauge reads wrongly, or not at all. May be empty.',
    examples: [{ seniority: { 'squad lead': 'manager' }, function: { 'growth hacker': 'marketing' } }],
  });

export type OwnTitles = z.output<typeof titlesSchema>;

/** For whoever has nothing to add to the built-in table. */
export const NO_OWN_TITLES: OwnTitles = { seniority: {}, function: {} };

/**
 * Reads job titles: a company's own phrases first, then the built-in table.
 * Titles are given as `normaliseText` gives them; only their first 200 characters count.
 */
export function titleReader(own: OwnTitles = NO_OWN_TITLES): TitleReader {
  const seniority = seniorityReader(meanings(own.seniority));
  const work = functionReader(meanings(own.function));
  // A model that asks for both asks for both of one title.
  let last = { title: '', words: titleWords('') };
  const wordsOf = (title: string): readonly string[] => {
    if (title !== last.title) last = { title, words: titleWords(title) };
    return last.words;
  };
  return {
    seniorityOf: (title) => seniority(wordsOf(title)),
    functionOf: (title) => work(wordsOf(title)),
  };
}

function meanings<Meaning extends string>(
  own: Readonly<Record<string, Meaning | typeof NONE>> | null,
): (readonly [string, Meaning | undefined])[] {
  return Object.entries(own ?? {}).map(([text, meaning]) => [text, meaning === NONE ? undefined : meaning]);
}
