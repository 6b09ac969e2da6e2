import { ENGLISH } from './seniority-english.ts';
import { FRENCH } from './seniority-french.ts';
import { GERMAN } from './seniority-german.ts';
import { PORTUGUESE } from './seniority-portuguese.ts';
import { SPANISH } from './seniority-spanish.ts';

/** Highest first. `staff` is anybody known to do the work themselves, without a word of rank. */
export const SENIORITIES = [
  'c-level',
  'vp',
  'director',
  'head',
  'manager',
  'senior',
  'staff',
  'junior',
  'intern',
  'student',
] as const;
export type Seniority = (typeof SENIORITIES)[number];

/** The rows of the table, first things first: of all rows that a title speaks of, the first one decides. */
const ROWS = {
  /** Whoever works for an executive carries the executive's title in their own. */
  aide: 'staff',
  /** Words for an intern that hardly ever mean anything else. */
  beginner: 'intern',
  'c-level': 'c-level',
  vp: 'vp',
  director: 'director',
  head: 'head',
  student: 'student',
  intern: 'intern',
  junior: 'junior',
  manager: 'manager',
  senior: 'senior',
  staff: 'staff',
  /** Phrases whose words say nothing about rank, though the same words elsewhere do. */
  nothing: undefined,
} as const satisfies Record<string, Seniority | undefined>;

/**
 * What one language says: lines of phrases parted by commas. Write a phrase in the masculine and with its accents: feminine forms,
 * "Leiter:in" and missing accents are found by it too (but "directrice générale" is two such words, and needs a phrase). `^`, `$`
 * and `*` are those of `indexPhrases`.
 */
export type SeniorityPhrases = Readonly<Partial<Record<keyof typeof ROWS, readonly string[]>>>;

export interface Rank {
  readonly seniority: Seniority | undefined;
  /** The lower, the sooner it decides. */
  readonly order: number;
}

const LANGUAGES: readonly SeniorityPhrases[] = [ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE];

/** The whole table, phrase by phrase. */
export const SENIORITY_PHRASES: readonly (readonly [string, Rank])[] = Object.entries(ROWS).flatMap(
  ([row, seniority], order) =>
    LANGUAGES.flatMap((language) => linesOf(language, row)).map((text) => [text, { seniority, order }] as const),
);

function linesOf(language: SeniorityPhrases, row: string): readonly string[] {
  return Object.entries(language)
    .flatMap(([name, lines]) => (name === row ? lines : []))
    .flatMap((line) => line.split(', '));
}
