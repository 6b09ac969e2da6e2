import { ENGLISH } from './job-function-english.ts';
import { FRENCH } from './job-function-french.ts';
import { GERMAN } from './job-function-german.ts';
import { PORTUGUESE } from './job-function-portuguese.ts';
import { SPANISH } from './job-function-spanish.ts';

/**
 * What people work at. `it` runs the company's own systems, `engineering` builds things; `support` answers customers, `customer-success`
 * keeps them; `operations` makes, moves and plans; `administration` is office and assistance; `general-management` runs a whole company.
 */
export const FUNCTIONS = [
  'engineering',
  'it',
  'data',
  'security',
  'product',
  'design',
  'marketing',
  'sales',
  'customer-success',
  'support',
  'operations',
  'finance',
  'hr',
  'legal',
  'procurement',
  'research',
  'education',
  'healthcare',
  'administration',
  'general-management',
] as const;
export type JobFunction = (typeof FUNCTIONS)[number];

/** How much a phrase says; the lower, the sooner it decides. */
export const STRENGTH = { learners: -1, trades: 0, fields: 1, asides: 2, nothing: Number.POSITIVE_INFINITY } as const;

type Lines = Readonly<Partial<Record<JobFunction, readonly string[]>>>;

/** What one language says; lines of phrases as in `SeniorityPhrases`. */
export interface FunctionPhrases {
  /** Who does it: they decide over every field beside them, so that an "IT recruiter" works in HR. */
  readonly trades: Lines;
  /** What is done: of two fields the first one counts. */
  readonly fields: Lines;
  /** Only where the title says nothing clearer: a "project manager" works in operations, a "project manager marketing" in marketing. */
  readonly asides: Lines;
  /** Phrases whose words say nothing about the function, though the same words elsewhere do. */
  readonly nothing?: readonly string[];
  /** Whoever has not begun to work has no function yet. */
  readonly learners?: readonly string[];
}

export interface Work {
  readonly does: JobFunction | undefined;
  /** One of `STRENGTH`, or still lower. */
  readonly strength: number;
}

const LANGUAGES: readonly FunctionPhrases[] = [ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE];

/** The whole table, phrase by phrase. */
export const FUNCTION_PHRASES: readonly (readonly [string, Work])[] = LANGUAGES.flatMap((language) => [
  ...(['trades', 'fields', 'asides'] as const).flatMap((kind) =>
    FUNCTIONS.flatMap((does) => entries(language[kind][does], { does, strength: STRENGTH[kind] })),
  ),
  ...(['learners', 'nothing'] as const).flatMap((kind) =>
    entries(language[kind], { does: undefined, strength: STRENGTH[kind] }),
  ),
]);

function entries(lines: readonly string[] | undefined, work: Work): (readonly [string, Work])[] {
  return (lines ?? []).flatMap((line) => line.split(', ')).map((text) => [text, work] as const);
}
