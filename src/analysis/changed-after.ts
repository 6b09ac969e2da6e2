import { credible } from './statistics/credible.ts';
import { fisher } from './statistics/fisher.ts';

/** For how many buyers a field came to hold something else within a month of the purchase; for others, within as long a time. */
export interface ChangedAfter {
  readonly buyers: number;
  readonly ofBuyers: number;
  readonly others: number;
  readonly ofOthers: number;
}

export interface ChangesReader {
  /** A lead, by the fields that changed; undefined where too little time has passed to say. */
  add(changed: readonly string[] | undefined, bought: boolean): void;
  /** By field; empty where nobody bought long enough ago, or nobody else is known as long. */
  finish(): ReadonlyMap<string, ChangedAfter>;
}

/** Counts who had which of these fields changed. */
export function changesReader(fields: readonly string[]): ChangesReader {
  const counts = new Map(fields.map((field) => [field, { buyers: 0, others: 0 }]));
  const of = { buyers: 0, others: 0 };
  return {
    add(changed, bought) {
      if (changed === undefined) return;
      const who = bought ? 'buyers' : 'others';
      of[who] += 1;
      for (const field of changed) {
        const own = counts.get(field);
        if (own !== undefined) own[who] += 1;
      }
    },
    finish: () =>
      new Map(
        of.buyers === 0 || of.others === 0
          ? []
          : [...counts].map(([field, own]) => [field, { ...own, ofBuyers: of.buyers, ofOthers: of.others }]),
      ),
  };
}

/** Records change for everybody: it tells something where it does for buyers so many times as often, and for so many more of them. */
const TIMES_AS_OFTEN = 2;
const MORE_OFTEN_BY = 0.1;

/** Which of these fields change with the purchase; by chance, at most one in twenty of those that are said to. */
export function changeWithPurchase(changes: readonly (ChangedAfter | undefined)[]): boolean[] {
  const isByChance = credible(changes.map((each) => (each === undefined ? Number.NaN : chanceOf(each)))).map(
    (is) => !is,
  );
  return changes.map((each, place) => {
    if (each === undefined || isByChance[place] === true) return false;
    const [ofBuyers, ofOthers] = [each.buyers / each.ofBuyers, each.others / each.ofOthers];
    return ofBuyers - ofOthers >= MORE_OFTEN_BY && ofBuyers >= TIMES_AS_OFTEN * ofOthers;
  });
}

const chanceOf = ({ buyers, ofBuyers, others, ofOthers }: ChangedAfter) => fisher(buyers, ofBuyers, others, ofOthers);
