import { type Conversion, conversionOf } from './conversion.ts';
import { evenSlices, sensibleSlices } from './statistics/even-slices.ts';
import { scoreBlocks, totalOf } from './statistics/score-blocks.ts';

/** Leads with scores from `from` to `to`, both inclusive. */
export interface BandRow extends Conversion {
  readonly from: number;
  readonly to: number;
}

export interface GradeRow extends Conversion {
  /** Such as `B2`. */
  readonly grade: string;
}

/**
 * How often leads bought by band of their score, the best band first: bands of about equally many leads, and no more of them than there
 * are buyers to fill. Bands of equal width would leave a handful of leads at the top, whose rate is chance.
 */
export function conversionByBand(scores: Float64Array, bought: Uint8Array): BandRow[] {
  const blocks = scoreBlocks(scores, bought);
  const slices = evenSlices(blocks, sensibleSlices(totalOf(blocks.buyers), totalOf(blocks.others)));
  const rows = slices.map(({ first, last, leads, buyers }) => ({
    from: blocks.scores[first] ?? Number.NaN,
    to: blocks.scores[last] ?? Number.NaN,
    ...conversionOf(buyers, leads),
  }));
  return rows.reverse();
}

/** The same by bands that were made before, by where each begins: to hold a later time against an earlier one. Best band first. */
export function conversionByKnownBand(scores: Float64Array, bought: Uint8Array, begins: readonly number[]): BandRow[] {
  const ascending = [...begins].sort((one, other) => one - other);
  const counts = ascending.map(() => ({ leads: 0, buyers: 0 }));
  for (const [lead, score] of scores.entries()) {
    // What lies below the lowest band is counted in it.
    const count =
      counts[
        Math.max(
          ascending.findLastIndex((begin) => begin <= score),
          0,
        )
      ];
    if (count === undefined) continue;
    count.leads += 1;
    count.buyers += bought[lead] ?? 0;
  }
  const rows = counts.map(({ leads, buyers }, place) => ({
    from: ascending[place] ?? Number.NaN,
    to: ascending[place + 1] ?? Number.POSITIVE_INFINITY,
    ...conversionOf(buyers, leads),
  }));
  return rows.reverse();
}

/** How often leads bought by grade, `A1` first. */
export function conversionByGrade(grades: readonly string[], bought: Uint8Array): GradeRow[] {
  const counts = new Map<string, { leads: number; buyers: number }>();
  for (const [lead, grade] of grades.entries()) {
    const count = counts.get(grade) ?? { leads: 0, buyers: 0 };
    count.leads += 1;
    count.buyers += bought[lead] ?? 0;
    counts.set(grade, count);
  }
  const sorted = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([grade, { leads, buyers }]) => ({ grade, ...conversionOf(buyers, leads) }));
}
