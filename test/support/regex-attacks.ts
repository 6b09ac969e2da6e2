import { MOST_STEPS, stepsOf } from './regex-steps.ts';
import { type Pattern, parsePattern } from './regex-syntax.ts';

/** A text made to be slow: a beginning, a part again and again, and an end at which it fails. */
export interface Attack {
  readonly first: string;
  readonly again: string;
  readonly last: string;
}

const SHORT = 40;

/** A square of the length is more than that. */
const FEW = 5 * SHORT;

/** With twice the text about twice the steps are fair. A square takes four times as many; a little is lost to the beginning and the end. */
const MOST_GROWTH = 2.7;

/** Texts over which the expression takes more and more steps for each further character; undefined where there are none. */
export function slowText(expression: RegExp): Attack | undefined {
  const pattern = parsePattern(expression);
  const endless = repeatsIn(pattern, '');
  if (endless.length === 0) return undefined;
  const letters = lettersOf(expression);
  return attacks(endless, letters, sampleOf(pattern, letters)).find((attack) => isSlow(expression, attack));
}

function isSlow(expression: RegExp, attack: Attack): boolean {
  const short = stepsOf(expression, textOf(attack, SHORT));
  if (short < FEW) return false;
  const long = stepsOf(expression, textOf(attack, 2 * SHORT));
  return long >= MOST_STEPS || long / short > MOST_GROWTH;
}

export const textOf = ({ first, again, last }: Attack, times: number) => first + again.repeat(times) + last;

/** A repetition without end, and a text that leads there. */
interface Endless {
  readonly before: string;
  readonly body: Pattern;
}

function repeatsIn(pattern: Pattern, before: string): Endless[] {
  switch (pattern.kind) {
    case 'sequence': {
      let lead = before;
      return pattern.parts.flatMap((part) => {
        const found = repeatsIn(part, lead);
        lead += sampleOf(part, COMMON);
        return found;
      });
    }
    case 'choice':
      return pattern.options.flatMap((option) => repeatsIn(option, before));
    case 'repeat':
      return [...(pattern.most > LONG ? [{ before, body: pattern.body }] : []), ...repeatsIn(pattern.body, before)];
    case 'group':
    case 'look':
      return repeatsIn(pattern.body, before);
    default:
      return [];
  }
}

/** To repeat something so often is as good as without end. */
const LONG = 1_000;

const COMMON = [
  'a',
  'A',
  '0',
  ' ',
  '.',
  '-',
  '_',
  '/',
  ':',
  '@',
  ',',
  '\n',
  '\u00e9',
  '"',
  "'",
  '(',
  ')',
  '<',
  '=',
  '%',
  '#',
  '+',
];

/** At which something does not go on: the end of the text, of a line, of all kinds of characters. */
const ENDS = ['', '\u0001', '\n', '\u2028', 'a\u0001'];

/** Characters that may make a difference to it. */
function lettersOf({ source }: RegExp): readonly string[] {
  return [...new Set([...COMMON, ...source])].filter((letter) => !/[\ud800-\udfff]/.test(letter));
}

function attacks(endless: readonly Endless[], letters: readonly string[], whole: string): Attack[] {
  return endless.flatMap(({ before, body }) => {
    const once = sampleOf(body, letters);
    const singles = body.kind === 'character' ? letters.filter((letter) => body.is(letter)) : letters;
    const parts = new Set([once, whole, before + once, once + whole, ...singles].filter((part) => part !== ''));
    return [...parts].flatMap((again) =>
      [...new Set(['', before])].flatMap((first) => ENDS.map((last) => ({ first, again, last }))),
    );
  });
}

/** A short text that fits, as far as nothing looks ahead or behind. */
function sampleOf(pattern: Pattern, letters: readonly string[]): string {
  switch (pattern.kind) {
    case 'character':
      return letters.find((letter) => pattern.is(letter)) ?? '';
    case 'sequence':
      return pattern.parts.map((part) => sampleOf(part, letters)).join('');
    case 'choice':
      return sampleOf(pattern.options.find((option) => sampleOf(option, letters) !== '') ?? EMPTY, letters);
    case 'repeat':
      return sampleOf(pattern.body, letters).repeat(Math.min(Math.max(pattern.least, 1), pattern.most));
    case 'group':
      return sampleOf(pattern.body, letters);
    default:
      return '';
  }
}

const EMPTY: Pattern = { kind: 'sequence', parts: [] };
