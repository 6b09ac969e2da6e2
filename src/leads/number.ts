import {
  ABOUT,
  ABOVE,
  BELOW,
  BETWEEN,
  CURRENCIES,
  MULTIPLIERS,
  OR_LESS,
  OR_MORE,
  TO,
  UNCLEAR_MULTIPLIERS,
  WORDS_OF_POINT_LANGUAGES,
} from './number-words.ts';

/** Between which two numbers a text puts something; both are the same for a plain number, `high` is infinite for `1k+`. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
}

/** Longer texts hold no number that somebody meant as one. */
const LONGEST = 80;

/**
 * Reads a number as people and forms write it: `1,000-5,000`, `1k+`, `€2.5M`, `under 50`, `11–50 employees`, `5 crore`, `Small (1-10)`.
 * Groups of three digits are thousands whatever parts them, so `1.000` is a thousand; but `1.250 billion` is one and a quarter.
 * Undefined where there is no number, or a date.
 * @param text as `normaliseText` gives it.
 */
export function parseNumberRange(text: string): NumberRange | undefined {
  if (isPlainNumber(text)) return exactly(Number(text));
  if (text.length > LONGEST || MONTH.test(text)) return undefined;
  const match = PATTERN.exec(text) ?? PATTERN.exec(withoutLabel(text));
  const range = match === null ? undefined : rangeOf(match);
  return range === undefined || Number.isNaN(range.low) ? undefined : range;
}

/** Digits alone, as a CRM itself writes most numbers: no need to look closer. */
function isPlainNumber(text: string): boolean {
  if (text === '' || text.length > 24) return false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** `2026-01` and `01.2026`: a month, and neither a range nor a number. */
const MONTH = /^(?:(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])|0[1-9][-/.](?:19|20)\d\d)$/;

/** The number in `Enterprise (1000+)` and `Employees: 50`. */
function withoutLabel(text: string): string {
  const match = /^[^\d(:]+(?:\(([^()]+)\)|:(.+))$/.exec(text);
  return (match?.[1] ?? match?.[2] ?? '').trim();
}

const AMOUNT = String.raw`(\d{1,2}(?:,\d\d)+,\d{3}|\d{1,3}(?:[ '’.,\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?(?:e\+?\d{1,2})?|[.,]\d+)`;
const MULTIPLIER = String.raw`(?:\s*(${oneOf(MULTIPLIERS.keys())})\.?)?`;
const CURRENCY = String.raw`(?:(?:${oneOf(CURRENCIES)})\.?)?\s*`;
const QUANTITY = `${CURRENCY}${AMOUNT}${MULTIPLIER}`;
const PATTERN = new RegExp(
  String.raw`^(?:(?:${oneOf(ABOUT)})\.?\s*)?(?:(${oneOf([...ABOVE, ...BELOW])}|${oneOf(BETWEEN)})\.?\s*)?` +
    `([-−])?${CURRENCY}([-−])?${AMOUNT}${MULTIPLIER}` +
    String.raw`(?:\s*(?:%|${oneOf(CURRENCIES)})?(?:\s*(?:[-–—−~～]|\.\.\.?|…)\s*|\s+(?:${oneOf(TO)})\s+)${QUANTITY})?` +
    String.raw`((?:\s*(?:[%+]|${oneOf(CURRENCIES)}))*(?:\s*(?:${oneOf(OR_MORE)})|[\s,(/][^\d]*)?)$`,
  'u',
);

/** Longest first, so that `mm` is not read as `m`; a word does not end in the midst of letters. */
function oneOf(words: Iterable<string>): string {
  const longestFirst = [...words].sort((one, other) => other.length - one.length);
  return longestFirst
    .map((word) => RegExp.escape(word) + (/\p{L}$/u.test(word) ? String.raw`(?!\p{L})` : ''))
    .join('|');
}

const ABOVE_WORDS = new Set(ABOVE);
const BELOW_WORDS = new Set(BELOW);
const MORE = new RegExp(String.raw`\+|(?<!\p{L})(?:${oneOf(OR_MORE)})`, 'u');
const LESS = new RegExp(String.raw`(?<!\p{L})(?:${oneOf(OR_LESS)})`, 'u');
const UNCLEAR = new RegExp(String.raw`^\s*(?:${oneOf(UNCLEAR_MULTIPLIERS)})`, 'u');

function rangeOf([, bound = '', minusBefore, minusAfter, first, unit, second, secondUnit, tail = '']: RegExpExecArray):
  | NumberRange
  | undefined {
  if (first === undefined || (minusBefore !== undefined && minusAfter !== undefined) || UNCLEAR.test(tail))
    return undefined;
  const sign = minusBefore === undefined && minusAfter === undefined ? 1 : -1;
  if (second === undefined) return open(sign * amount(first, unit), bound, tail);
  const high = amount(second, secondUnit);
  // "10-50M" is 10M to 50M, but "500-1k" begins at 500.
  const shared = unit ?? (amount(first, undefined) <= amount(second, undefined) ? secondUnit : undefined);
  const low = sign * amount(first, shared);
  return { low: Math.min(low, high), high: MORE.test(tail) ? Number.POSITIVE_INFINITY : Math.max(low, high) };
}

function open(value: number, bound: string, tail: string): NumberRange {
  if (ABOVE_WORDS.has(bound) || MORE.test(tail)) return { low: value, high: Number.POSITIVE_INFINITY };
  if (BELOW_WORDS.has(bound) || LESS.test(tail)) return { low: Math.min(0, value), high: value };
  return exactly(value);
}

function exactly(value: number): NumberRange {
  return { low: value, high: value };
}

function amount(digits: string, unit: string | undefined): number {
  return Number(plainDigits(digits, unit)) * (MULTIPLIERS.get(unit ?? '') ?? 1);
}

/** Takes out what parts thousands and turns a decimal comma into a point. */
function plainDigits(digits: string, unit: string | undefined): string {
  if (unit !== undefined && !WORDS_OF_POINT_LANGUAGES.has(unit) && /^\d+\.\d+$/.test(digits)) return digits;
  const grouped = /^([1-9]\d{0,2}(?:[ '’.,\u00a0\u202f]\d{2,3})*[ '’.,\u00a0\u202f]\d{3})([.,]\d+)?$/.exec(digits);
  if (grouped === null) return digits.replace(',', '.');
  const [, whole = '', decimals = ''] = grouped;
  return whole.replace(/\D/g, '') + decimals.replace(',', '.');
}
