import { type NumberRange, parseNumberRange } from '../leads/number.ts';
import { normaliseText } from '../leads/text.ts';
import { type Facts, type Slot, slotOf } from './facts.ts';
import type { ModelPath, ModelProblem } from './model-error.ts';

/** Points by the number in a field. */
export interface Bands {
  readonly field: string;
  /** Where the number lies. */
  readonly slot: number;
  /** The highest first. */
  readonly bands: readonly Band[];
}

export interface Band extends NumberRange {
  readonly points: number;
  /** For the reason: the name of the criterion, and the band as the model writes it. */
  readonly label: string;
}

/** Reads the bands of a criterion. One that ends where the next begins leaves that very number to the next. */
export function compileBands(
  {
    field,
    bands,
    label,
  }: { readonly field: string; readonly bands: Readonly<Record<string, number>>; readonly label: string },
  path: ModelPath,
  slots: Slot[],
  problems: ModelProblem[],
): Bands {
  const read = readBands(bands);
  for (const { key, range } of read) {
    if (range === undefined)
      problems.push({
        path: [...path, key],
        message: `"${key}" is no band of numbers: write one such as 11-50 or 1000+`,
      });
  }
  const sorted = read.flatMap(({ key, points, range }) => (range === undefined ? [] : [{ key, points, ...range }]));
  sorted.sort((one, other) => one.low - other.low || one.high - other.high);
  for (const [index, band] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before === undefined || (before.high <= band.low && before.low < band.low)) continue;
    problems.push({
      path: [...path, band.key],
      message: `the bands "${before.key}" and "${band.key}" overlap: a number can be in one of them only`,
    });
  }
  return {
    field,
    slot: slotOf(slots, 'number', field),
    bands: sorted.toReversed().map(({ key, ...band }) => ({ ...band, label: `${label}: ${key}` })),
  };
}

/** The band that the lead's number is in, or the low end of its range. */
export function bandOf({ slot, bands }: Bands, facts: Facts): Band | undefined {
  const range = facts.fields[slot]?.number;
  if (range === undefined) return undefined;
  for (const band of bands) {
    if (range.low >= band.low) return range.low <= band.high ? band : undefined;
  }
  return undefined;
}

/** Each band with its range; undefined where it cannot be read. */
export function readBands(
  bands: Readonly<Record<string, number>>,
): { readonly key: string; readonly points: number; readonly range: NumberRange | undefined }[] {
  return Object.entries(bands).map(([key, points]) => {
    const text = normaliseText(key);
    return { key, points, range: text === undefined ? undefined : parseNumberRange(text) };
  });
}
