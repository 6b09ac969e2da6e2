import { IN_ANOTHER, IN_HOLDOUT, IN_NONE } from '../../analysis/holdout-report.ts';
import { growing } from '../../analysis/table/growing.ts';
import type { PastRecord } from '../../crm/crm.ts';
import { type Challenger, isInHoldout } from '../../scoring/challenger.ts';
import type { CompiledModel } from '../../scoring/compiled-model.ts';

/** Whom challengers score for real. */
export interface Holdouts {
  /**
   * By lead, `IN_HOLDOUT` where the model scores it as a challenger, `IN_NONE` where the champion does; undefined where it has no holdout.
   * @param numbers of the leads, among all that were read.
   */
  of(model: Pick<CompiledModel, 'version'>, numbers: Uint32Array): Uint8Array | undefined;
}

export interface HoldoutsReader {
  /** Takes the records in the order of their numbers. */
  add(record: Pick<PastRecord, 'lead'>): void;
  finish(): Holdouts;
}

/**
 * Who is in the holdouts of a champion's challengers, by what a record is now, as when it is scored. Since when there is a holdout nobody
 * knows: leads of before are in it as well, by the same chance.
 */
export function holdoutsReader(challengers: readonly Challenger[]): HoldoutsReader {
  const holding = challengers.filter(({ model }) => model.holdout > 0);
  // Who is in several is scored by the first. 0 is nobody's.
  const places = growing((length) => new Uint32Array(length));
  return {
    add({ lead }) {
      if (holding.length > 0) places.push(1 + holding.findIndex((challenger) => isInHoldout(challenger, lead)));
    },
    finish() {
      const placeOf = places.finish();
      return {
        of({ version }, numbers) {
          const own = 1 + holding.findIndex(({ model }) => model.version === version);
          if (own === 0) return undefined;
          return Uint8Array.from(numbers, (number) => {
            const place = placeOf[number];
            return place === own ? IN_HOLDOUT : place === 0 ? IN_NONE : IN_ANOTHER;
          });
        },
      };
    },
  };
}
