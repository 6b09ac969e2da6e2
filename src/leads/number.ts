/** Between which two numbers a text puts something; both are the same for a plain number, `high` is infinite for `1k+`. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
}

/** Longer texts hold no number that somebody meant as one. */
const LONGEST = 80;

const AMOUNT = String.raw`(\d{1,3}(?:[ '’.,\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?(?:e\+?\d{1,2})?|[.,]\d+)`;
const MULTIPLIER = String.raw`(?:\s*(k|thousand|tsd|m|mm|mn|mio|million|millions|b|bn|mrd|billion|billions)\b\.?)?`;
const CURRENCY = String.raw`(?:(?:us|ca|au|c|a)?[$€£¥₹]|\b(?:usd|eur|gbp|chf|cad|aud|jpy|inr)\b)?\s*`;
const PATTERN = new RegExp(
  String.raw`^(?:(about|approximately|approx\.?|around|circa|ca\.?|c\.|~|≈)\s*)?` +
    String.raw`(?:(>=|≥|at least|from|min\.?|>|more than|over|above|<=|≤|at most|up to|max\.?|<|less than|fewer than|under|below|between)\s*)?` +
    `(-)?${CURRENCY}(-)?${AMOUNT}${MULTIPLIER}` +
    String.raw`(?:\s*(?:-|–|—|to|and|\.\.\.?|…)\s*${CURRENCY}${AMOUNT}${MULTIPLIER})?` +
    String.raw`\s*(\+|plus|or more|and more|or less)?(?:\s*[%$€£¥₹]|[\s,(/]+[^\d]*)?$`,
);

const ABOVE = new Set(['>=', '≥', 'at least', 'from', 'min', 'min.', '>', 'more than', 'over', 'above']);
const BELOW = new Set(['<=', '≤', 'at most', 'up to', 'max', 'max.', '<', 'less than', 'fewer than', 'under', 'below']);

/**
 * Reads a number as people and forms write it: `1,000-5,000`, `1k+`, `€2.5M`, `under 50`, `11–50 employees`.
 * Groups of three digits are thousands whatever parts them, so `1.000` is a thousand. Undefined where there is no number.
 * @param text as `normaliseText` gives it.
 */
export function parseNumberRange(text: string): NumberRange | undefined {
  if (isPlainNumber(text)) return exactly(Number(text));
  if (text.length > LONGEST) return undefined;
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [, , bound, minusBefore, minusAfter, first, firstUnit, second, secondUnit, ending] = match;
  if (first === undefined || (minusBefore !== undefined && minusAfter !== undefined)) return undefined;
  // "10-50M" means 10M to 50M.
  const low = amount(first, firstUnit ?? (second === undefined ? undefined : secondUnit));
  const sign = minusBefore === undefined && minusAfter === undefined ? 1 : -1;
  if (second !== undefined) {
    const high = amount(second, secondUnit);
    const end = ending === undefined || ending === 'or less' ? Math.max(sign * low, high) : Number.POSITIVE_INFINITY;
    return { low: Math.min(sign * low, high), high: end };
  }
  return open(sign * low, bound, ending);
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

function open(value: number, bound: string | undefined, ending: string | undefined): NumberRange {
  if (bound !== undefined && ABOVE.has(bound)) return { low: value, high: Number.POSITIVE_INFINITY };
  if ((bound !== undefined && BELOW.has(bound)) || ending === 'or less')
    return { low: Math.min(0, value), high: value };
  return ending === undefined ? exactly(value) : { low: value, high: Number.POSITIVE_INFINITY };
}

function exactly(value: number): NumberRange {
  return { low: value, high: value };
}

function amount(digits: string, unit: string | undefined): number {
  return Number(plainDigits(digits)) * multiplier(unit);
}

/** Takes out what parts thousands and turns a decimal comma into a point. */
function plainDigits(digits: string): string {
  const grouped = /^([1-9]\d{0,2}(?:[ '’.,\u00a0\u202f]\d{3})+)([.,]\d+)?$/.exec(digits);
  if (grouped === null) return digits.replace(',', '.');
  const [, whole = '', decimals = ''] = grouped;
  return whole.replace(/\D/g, '') + decimals.replace(',', '.');
}

function multiplier(unit: string | undefined): number {
  switch (unit?.[0]) {
    case 'k':
    case 't':
      return 1e3;
    case 'm':
      return unit === 'mrd' ? 1e9 : 1e6;
    case 'b':
      return 1e9;
    default:
      return 1;
  }
}
