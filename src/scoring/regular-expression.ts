import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';
import { repeatedRepetition } from './repeated-repetition.ts';

/** Longer texts are cut: what is looked for is a word or two, and time grows with the length. */
const LONGEST = 1_000;
/** Larger ones, such as `.{0,900}x`, need a second for a long text; a list of fifty words is no larger. */
const LARGEST = 600;

/** A test whether something is found anywhere in a text; case does not matter. Takes time in proportion to the text's length. */
export function expressionTest(expression: string): (text: string) => boolean {
  const compiled = RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE);
  return (text) => compiled.test(text.length > LONGEST ? text.slice(0, LONGEST) : text);
}

/** What is wrong with a regular expression, in plain words. */
export function expressionProblem(expression: string): string | undefined {
  if (/^\/[^/]+\/[gim]*$/.test(expression)) {
    return `"${expression}" stands between slashes, which would be looked for too: leave them out; case never matters`;
  }
  const look = /\(\?(?:<?[=!])/.exec(expression)?.[0];
  if (look !== undefined) {
    return `"${expression}" looks ahead or behind with ${look}, which is not possible here: ask two questions under "all" instead`;
  }
  try {
    const size = RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE).programSize();
    if (size > LARGEST)
      return `"${expression}" is too large: make its repetitions shorter, or make two questions of it`;
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return wordsFor(expression, error);
    if (error instanceof RE2JSException) return `"${expression}" is too large: make it shorter`;
    throw error;
  }
  const repeated = repeatedRepetition(expression);
  return repeated === undefined
    ? undefined
    : `"${expression}" repeats what repeats already, ${repeated}: one + or * is enough`;
}

function wordsFor(expression: string, error: RE2JSSyntaxException): string {
  const description = String(error.getDescription());
  const part = String(error.getPattern());
  const found = PLAIN.find(([words]) => description.startsWith(words));
  if (description.startsWith('invalid escape') && /^\\[1-9]/.test(part)) {
    return `"${expression}" refers back to an earlier bracket with ${part}, which is not possible here`;
  }
  return `"${expression}" is no regular expression: ${found === undefined ? `${description} ${part}` : found[1](part)}`;
}

const PLAIN: readonly (readonly [string, (part: string) => string])[] = [
  ['missing closing )', () => 'a bracket ( is never closed; for the sign itself write \\('],
  ['unexpected )', () => 'a bracket ) was never opened; for the sign itself write \\)'],
  ['missing closing ]', () => 'a bracket [ is never closed; for the sign itself write \\['],
  ['missing argument to repetition', (part) => `nothing stands before ${part}; for the sign itself write \\${part}`],
  ['invalid nested repetition', (part) => `two repetitions stand side by side in ${part}`],
  ['invalid repeat count', (part) => `${part} repeats more than a thousand times`],
  ['invalid character class range', (part) => `the range ${part} runs backwards or has an odd end`],
  ['invalid escape', (part) => `${part} means nothing; for a \\ itself write \\\\`],
  ['trailing backslash', () => 'a \\ at its end has nothing to stand for'],
];
