/**
 * What stands in a cell that nobody answered, beside nothing at all: what forms show before a choice is made, and what programs write
 * for a lack of a value. `none` is an answer (no budget, say), and `na` may be North America.
 */
const NO_ANSWERS: ReadonlySet<string> = new Set([
  '',
  'select',
  'select one',
  'select...',
  'please select',
  '- select -',
  '-- select --',
  '--select--',
  '--none--',
  'n/a',
  '#n/a',
  'null',
  'nil',
  'nan',
  'undefined',
  'unknown',
  'not known',
  'not specified',
  'not provided',
  'not available',
  '-',
  '--',
  '?',
]);

/** In a column of numbers these are no answers either. */
const NO_NUMBERS: ReadonlySet<string> = new Set(['na', 'none', 'inf', '-inf']);

/** @param text in lower case, without surrounding blanks. */
export function isNoAnswer(text: string): boolean {
  return NO_ANSWERS.has(text);
}

/** The same of a column of numbers. */
export function isNoNumber(text: string): boolean {
  return NO_ANSWERS.has(text) || NO_NUMBERS.has(text);
}
