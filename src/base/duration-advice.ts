const HINT = 'write a whole number and a unit, such as 30s, 5m, 2h, 90d or 6w';

/** How to write what somebody wrote as a length of time: `write 90d` for "3 months"; in general where that cannot be told. */
export function durationAdvice(text: string): string {
  const [, amount, word = ''] = /^(\d{1,6}(?:\.\d{1,2})?)\s*([a-z]*)\.?$/i.exec(text.trim()) ?? [];
  if (amount === undefined || Number(amount) === 0) return HINT;
  const isWhole = Number.isInteger(Number(amount));
  if (word === '') return isWhole ? `write its unit too, such as ${amount}m for minutes or ${amount}d for days` : HINT;
  // A capital M might be minutes or months.
  const found = word === 'M' ? undefined : WORDS.find(([words]) => words.test(word));
  if (found === undefined) return HINT;
  const [, seconds, unit] = found;
  // In hundredths, which are whole numbers: 1.11 * 3600 is a little more than 3996.
  const inSeconds = (Math.round(Number(amount) * 100) * seconds) / 100;
  const written = isWhole && unit !== undefined ? `${Number(amount)}${unit}` : inWholeUnits(inSeconds);
  return written === undefined || written.length > LONGEST ? HINT : `write ${written}`;
}

/** Six digits and a unit. */
const LONGEST = 7;

/** What people write for a unit, its seconds, and what it is called here. */
const WORDS: readonly (readonly [words: RegExp, seconds: number, unit?: string])[] = [
  [/^s(ec(ond)?s?)?$/i, 1, 's'],
  [/^m(in(ute)?s?)?$/i, 60, 'm'],
  [/^h((ou)?rs?)?$/i, 3_600, 'h'],
  [/^d(ays?)?$/i, 86_400, 'd'],
  [/^w((ee)?ks?)?$/i, 7 * 86_400, 'w'],
  [/^mo(n(th)?)?s?$/i, 30 * 86_400],
  [/^q(uarters?)?$/i, 90 * 86_400],
  [/^y((ea)?rs?)?$/i, 365 * 86_400],
];

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

function inWholeUnits(seconds: number): string | undefined {
  const [unit, size] = UNITS.find(([, size]) => seconds % size === 0) ?? [];
  return size === undefined ? undefined : `${seconds / size}${unit}`;
}
