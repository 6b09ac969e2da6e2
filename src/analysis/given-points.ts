import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Score } from '../scoring/score.ts';

/** What the criteria of a model give to the leads for which they hold. */
export interface GivenReader {
  add(score: Score): void;
  /** By criterion, in the mean; NaN where it gives nobody any, or gives some of them points and takes them from others. */
  finish(): Float64Array;
}

/** Counts what is left of a criterion's points once they have faded and its own cap has had its part: a group's cap takes from none in particular. */
export function givenReader({ criteria }: CompiledModel): GivenReader {
  const sums = new Map(criteria.map(({ id }) => [id, { leads: 0, points: 0, up: false, down: false }]));
  const own = new Map<string, number>();
  return {
    add({ reasons }) {
      own.clear();
      for (const { kind, id, points } of reasons) {
        if (kind === 'criterion' || kind === 'decay' || kind === 'criterion-cap')
          own.set(id, (own.get(id) ?? 0) + points);
      }
      for (const [id, points] of own) {
        const sum = sums.get(id);
        if (sum === undefined) continue;
        sum.leads += 1;
        sum.points += points;
        if (points > 0) sum.up = true;
        if (points < 0) sum.down = true;
      }
    },
    finish: () =>
      Float64Array.from(sums.values(), ({ leads, points, up, down }) => (up && down ? Number.NaN : points / leads)),
  };
}
