import { parseNumberRange } from '../../leads/number.ts';
import { type DateReading, dateReadings } from './date-readings.ts';
import { type DateOrder, parseDate } from './dates.ts';
import { type Growing, growing } from './growing.ts';
import { isNoAnswer } from './no-answer.ts';
import type { Heading } from './table-header.ts';

/** A column of a table, with each different value kept once. */
export interface Column {
  /** As the header has it. */
  readonly name: string;
  /** What a model calls it. */
  readonly field: string;
  /** By row, the place of its value in `values`; `BEYOND` where that is not among them. */
  readonly codes: Uint32Array;
  /** As they are compared: in lower case, without surrounding blanks. The first is the empty one. */
  readonly values: readonly string[];
  /** The same as they were first written. */
  readonly written: readonly string[];
  /** How many cells had a value until there was no room for another one; undefined where there was for all. */
  readonly filledAfter: number | undefined;
  /** By row, NaN where there is none; undefined where hardly any is one. A range such as `11-50` is none. */
  readonly numbers: Float64Array | undefined;
  /** By row, in milliseconds since 1970, NaN where there is none; undefined where hardly any is one. */
  readonly times: Float64Array | undefined;
  /** Whether `times` is to be trusted: of dates with slashes the whole column says which number is the day. */
  readonly dates: DateReading;
}

/** In place of a value that is not kept: it is too long, or there were too many before it. */
export const BEYOND = 0xffff_ffff;

const MOST_VALUES = 2_000;
const LONGEST_VALUE = 200;

export interface ColumnReader {
  add(cell: string): void;
  finish(): Column;
}

/** Takes the cells of a column one by one; of 200,000 rows it keeps a few bytes each. */
export function readColumn({ name, field }: Heading): ColumnReader {
  const codes = growing((length) => new Uint32Array(length));
  const numbers = readingOf(numberOf);
  // Where a date has no such day in one order, it may in the other: it is a date all the same.
  const dayFirst = readingOf(inOrder('day-first'), inOrder('month-first'));
  const monthFirst = readingOf(inOrder('month-first'), inOrder('day-first'));
  const values = [''];
  const written = [''];
  const codeOf = new Map([['', 0]]);
  let filled = 0;
  let filledAfter: number | undefined;

  function codeFor(text: string): number {
    if (text.length > LONGEST_VALUE) return BEYOND;
    const known = codeOf.get(text);
    if (known !== undefined) return known;
    if (values.length > MOST_VALUES) {
      filledAfter ??= filled;
      return BEYOND;
    }
    values.push(text);
    written.push('');
    codeOf.set(text, values.length - 1);
    return values.length - 1;
  }

  return {
    add(cell) {
      const trimmed = cell.trim();
      const text = trimmed.toLowerCase();
      const code = codeFor(text);
      codes.push(code);
      numbers.add(text, code);
      dayFirst.add(text, code);
      monthFirst.add(text, code);
      if (text === '') return;
      filled += 1;
      if (code !== BEYOND && written[code] === '') written[code] = trimmed;
    },
    finish: () => ({
      name,
      field,
      codes: codes.finish(),
      values,
      written,
      filledAfter,
      numbers: numbers.finish(),
      ...dateReadings(dayFirst.finish(), monthFirst.finish()),
    }),
  };
}

/** As the model's language reads it, so that `at_least` holds for the same leads; of ranges it is left to their texts. */
function numberOf(text: string): number {
  const range = parseNumberRange(text);
  return range !== undefined && range.low === range.high ? range.low : Number.NaN;
}

const inOrder = (order: DateOrder) => (text: string) => parseDate(text, order) ?? Number.NaN;

/** After so many cells with an answer it is clear enough whether a column is of numbers or of dates. */
const TRIED = 1_000;

/** Reads each different text once, and gives up on a column in which most texts can be read neither so nor `otherwise`. */
function readingOf(parse: (text: string) => number, otherwise: (text: string) => number = () => Number.NaN) {
  let read: Growing<Float64Array> | undefined = growing((length) => new Float64Array(length));
  let known: number[] = [];
  let answered = 0;
  let found = 0;
  return {
    add(text: string, code: number): void {
      if (read === undefined) return;
      const value = (code === BEYOND ? undefined : known[code]) ?? parse(text);
      if (code !== BEYOND) known[code] = value;
      read.push(value);
      if (isNoAnswer(text)) return;
      answered += 1;
      if (!Number.isNaN(value) || !Number.isNaN(otherwise(text))) found += 1;
      if (answered >= TRIED && found < answered / 2) {
        read = undefined;
        known = [];
      }
    },
    finish: (): Float64Array | undefined => (found === 0 ? undefined : read?.finish()),
  };
}
