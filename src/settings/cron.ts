interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** What may stand for the numbers, the first for `from`. */
  readonly words: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', from: 0, to: 59, words: [] },
  { name: 'hour', from: 0, to: 23, words: [] },
  { name: 'day of the month', from: 1, to: 31, words: [] },
  { name: 'month', from: 1, to: 12, words: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of the week', from: 0, to: 7, words: 'sun mon tue wed thu fri sat'.split(' ') },
];

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * What is wrong with a cron expression, or undefined. Stricter than the parser that runs it, which takes four fields, or
 * six, for something else than most people mean by them.
 */
export function cronProblem(text: string): string | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return 'write five fields, such as "0 3 * * *": minute, hour, day of the month, month, day of the week';
  }
  const problem = FIELDS.map((field, index) => fieldProblem(parts[index] ?? '', field)).find(
    (found) => found !== undefined,
  );
  if (problem !== undefined) return problem;
  const [, , days = '*', months = '*', weekdays = '*'] = parts;
  return weekdays === '*' && !dateExists(days, months) ? 'no month has such a day' : undefined;
}

function fieldProblem(part: string, field: Field): string | undefined {
  const wrong = part.split(',').find((item) => expand(item, field) === undefined);
  return wrong === undefined ? undefined : `"${wrong}" is no ${field.name}: write ${field.from} to ${field.to}, or *`;
}

/** The values that `5`, `mon`, `1-5`, `*`, `*\/15` or `0-30/10` stands for. */
function expand(item: string, field: Field): readonly number[] | undefined {
  const [, range = '', step] = /^([^/]+)(?:\/(\d{1,2}))?$/.exec(item) ?? [];
  const size = step === undefined ? 1 : Number(step);
  const [first = '', last, ...rest] = range.split('-');
  const from = range === '*' ? field.from : number(first, field);
  const to = range === '*' ? field.to : last === undefined ? from : number(last, field);
  if (from === undefined || to === undefined || rest.length > 0 || from > to || size < 1) return undefined;
  if (step !== undefined && range !== '*' && last === undefined) return undefined;
  return Array.from({ length: Math.floor((to - from) / size) + 1 }, (_, index) => from + index * size);
}

function number(text: string, field: Field): number | undefined {
  const word = field.words.indexOf(text.toLowerCase());
  if (word >= 0) return field.from + word;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= field.from && value <= field.to ? value : undefined;
}

/** Whether any of the months has any of the days. */
function dateExists(days: string, months: string): boolean {
  const values = (text: string, field: Field | undefined) =>
    text.split(',').flatMap((item) => (field && expand(item, field)) ?? []);
  const dates = values(days, FIELDS[2]);
  return values(months, FIELDS[3]).some((month) => dates.some((date) => date <= (DAYS[month - 1] ?? 0)));
}
