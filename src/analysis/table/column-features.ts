import { parseNumberRange } from '../../leads/number.ts';
import type { Feature } from '../history.ts';
import { BEYOND, type Column } from './column.ts';
import { kindOf } from './column-kind.ts';
import { isNoAnswer, isNoNumber } from './no-answer.ts';
import { numberSteps } from './number-steps.ts';

export interface FeatureLimits {
  /** A question that holds for fewer leads, or does not hold for fewer, is not asked. */
  readonly least: number;
  /** How many steps numbers are parted by at most. */
  readonly steps: number;
}

/** A question about a column. */
export interface Asked extends Pick<Feature, 'name' | 'when'> {
  /** The leads for whom it holds, ascending. */
  readonly leads: Uint32Array;
}

/** Rarer values of a column are not asked about. */
const MOST_VALUES = 40;

/**
 * What a model could ask of a column: its common values, how much or more it is, and that it has no value. No outcome is looked at.
 * @param rows by lead, its row in the table.
 */
export function columnFeatures(column: Column, rows: Uint32Array, limits: FeatureLimits): Asked[] {
  const kind = kindOf(column);
  if (kind === 'empty' || kind === 'same') return [];
  const isMissing = column.values.map(kind === 'number' ? isNoNumber : isNoAnswer);
  const asked =
    kind === 'number'
      ? askHowMuch(column, rows, limits)
      : kind === 'id' || kind === 'date'
        ? []
        : [...askValues(column, rows, isMissing, limits), ...askFromWhere(column, rows, limits)];
  const { least } = limits;
  return [...asked, askMissing(column, rows, isMissing)].filter(
    ({ leads }) => leads.length >= least && leads.length <= rows.length - least,
  );
}

function askMissing({ name, field, codes, written }: Column, rows: Uint32Array, isMissing: readonly boolean[]): Asked {
  const words = written.filter((_, code) => code > 0 && isMissing[code] === true);
  return {
    name: `${name} is not known`,
    when: words.length === 0 ? { field, missing: true } : { field, in: ['', ...words] },
    leads: leadsWhere(rows, (row) => isMissing[codes[row] ?? BEYOND] === true),
  };
}

/**
 * Each step says what it adds to the one before. It asks for the side of fewer leads: points for nearly everybody tell nobody apart, and
 * taken away they would leave most leads below 0.
 */
function askHowMuch({ name, field, numbers }: Column, rows: Uint32Array, { steps, least }: FeatureLimits): Asked[] {
  const numberOf = (row: number) => numbers?.[row] ?? Number.NaN;
  const known = Float64Array.from(rows, numberOf).filter((value) => !Number.isNaN(value));
  return numberSteps(known, steps, least).map(({ atLeast, below, isLowest, share }) =>
    share > 0.5
      ? {
          name: `${name} is ${numberText(below)}${isLowest ? '' : ' or less'}`,
          when: { field, at_most: below },
          leads: leadsWhere(rows, (row) => numberOf(row) <= below),
        }
      : {
          name: `${name} is ${numberText(atLeast)} or more`,
          when: { field, at_least: atLeast },
          leads: leadsWhere(rows, (row) => numberOf(row) >= atLeast),
        },
  );
}

/** Of a hundred values that could be ranges, so many must be. */
const NEARLY_ALL = 0.95;

/**
 * Of ranges such as 11-50 and 5,000+, where they begin, as bands of a model take them. What lies within a range nobody knows, so that only
 * "so much or more" can be asked.
 */
function askFromWhere({ name, field, codes, values }: Column, rows: Uint32Array, limits: FeatureLimits): Asked[] {
  const read = values.map((text) => (isNoNumber(text) ? undefined : parseNumberRange(text)));
  const ranges = read.filter((range) => range !== undefined);
  const answers = values.filter((text) => !isNoNumber(text)).length;
  if (codes.includes(BEYOND) || ranges.length < NEARLY_ALL * answers) return [];
  if (ranges.length < FEWEST_RANGES || ranges.every((range) => range.low === range.high)) return [];
  const low = (row: number) => {
    const range = read[codes[row] ?? 0];
    // Of "under 50" it is not known.
    return range === undefined ? Number.NaN : Math.max(range.low, 0);
  };
  const known = Float64Array.from(rows, low).filter((value) => !Number.isNaN(value));
  return numberSteps(known, limits.steps, limits.least).map(({ atLeast }) => ({
    name: `${name} is ${numberText(atLeast)} or more`,
    when: { field, at_least: atLeast },
    leads: leadsWhere(rows, (row) => low(row) >= atLeast),
  }));
}

/** Fewer say nothing that their values do not. */
const FEWEST_RANGES = 3;

/** `1428`, as years and other small numbers are written; `14,280`. */
function numberText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 6, useGrouping: Math.abs(value) >= 10_000 });
}

function askValues(
  { name, field, codes, written }: Column,
  rows: Uint32Array,
  isMissing: readonly boolean[],
  { least }: FeatureLimits,
): Asked[] {
  const counts = new Uint32Array(written.length);
  let others = 0;
  for (const row of rows) {
    const code = codes[row] ?? BEYOND;
    if (code === BEYOND) others += 1;
    else counts[code] = (counts[code] ?? 0) + 1;
  }
  const countOf = (code: number) => counts[code] ?? 0;
  const there = written.flatMap((_, code) => (countOf(code) > 0 ? [code] : []));
  const answers = there.filter((code) => isMissing[code] !== true).sort((one, two) => countOf(two) - countOf(one));
  // Of two values that every lead has one of, the rarer says it all.
  const sayAll = answers.length === 2 && there.length === 2 && others === 0;
  const kept = answers
    .slice(sayAll ? 1 : 0)
    .filter((code) => countOf(code) >= least)
    .slice(0, MOST_VALUES);
  return kept.map((code) => ({
    name: `${name} is ${written[code]}`,
    when: { field, is: written[code] },
    leads: leadsWhere(rows, (row) => codes[row] === code),
  }));
}

function leadsWhere(rows: Uint32Array, holds: (row: number) => boolean): Uint32Array {
  let count = 0;
  for (const row of rows) if (holds(row)) count += 1;
  const leads = new Uint32Array(count);
  let next = 0;
  for (let lead = 0; next < count; lead++) {
    if (!holds(rows[lead] ?? 0)) continue;
    leads[next] = lead;
    next += 1;
  }
  return leads;
}
