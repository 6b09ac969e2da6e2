import { readBands } from '../bands.ts';
import { criteriaOf } from '../criteria-of.ts';
import type { ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';

/** Bands that leave out whole numbers between two of them, or those above the last: these give nothing, and nobody sees why. */
export function openBands(source: ModelSource): ModelProblem[] {
  return criteriaOf(source).flatMap(({ criterion: { id, bands }, path }) =>
    bands === undefined
      ? []
      : leftOut(bands).map((numbers) => ({
          path: [...path, 'bands'],
          message: `"${id}" has no band for ${numbers}: add one, with 0 points where they should give none`,
        })),
  );
}

function leftOut(bands: Readonly<Record<string, number>>): string[] {
  const ranges = readBands(bands).flatMap(({ range }) => range ?? []);
  ranges.sort((one, other) => one.low - other.low);
  return ranges.flatMap(({ high }, index) => {
    const next = ranges[index + 1];
    const first = Math.floor(high) + 1;
    if (next === undefined) return Number.isFinite(high) ? [`${first} and more`] : [];
    const last = Math.ceil(next.low) - 1;
    if (last < first) return [];
    return [last === first ? String(first) : `${first} to ${last}`];
  });
}
