import type { Feature, History } from './history.ts';
import type { ColumnFacts } from './leakage.ts';
import { aucOfCategories } from './statistics/auc-of-categories.ts';
import { isNoAnswer } from './table/no-answer.ts';

/**
 * What each source of a history's features (a column, a field, a kind of activity) tells alone, for `leakageOf`: leads of whom the same
 * of its features hold are alike. Where one of them asks for leads without a value, also for whom the source is filled in.
 */
export function sourceFacts({ bought, features, leadsOf }: History): ColumnFacts[] {
  const bySource = Map.groupBy(features.keys(), (place) => features[place]?.source ?? '');
  return [...bySource].map(([name, places]) => {
    const empty = places.find((place) => asksForNothing(features[place]));
    return {
      name,
      auc: aucOfCategories(
        alike(
          places.map((place) => leadsOf[place] ?? NOBODY),
          bought.length,
        ),
        bought,
      ),
      ...(empty !== undefined && filledIn(leadsOf[empty] ?? NOBODY, bought)),
    };
  });
}

const NOBODY = new Uint32Array();

/** By lead, the number of its kind: leads are of one kind while the same lists have them. */
function alike(lists: readonly Uint32Array[], count: number): Uint32Array {
  const kindOf = new Uint32Array(count);
  let kinds = 1;
  for (const leads of lists) {
    const split = new Map<number, number>();
    for (const lead of leads) {
      const before = kindOf[lead] ?? 0;
      const kind = split.get(before) ?? kinds;
      if (kind === kinds) kinds += 1;
      split.set(before, kind);
      kindOf[lead] = kind;
    }
  }
  return kindOf;
}

/** `{ field: country, missing: true }`, and `{ field: country, in: ["", Select] }` where all of these stand for no answer. */
function asksForNothing(feature: Feature | undefined): boolean {
  const when = feature?.when;
  if (typeof when !== 'object' || when === null) return false;
  if ('missing' in when) return when.missing === true;
  return 'in' in when && Array.isArray(when.in) && when.in.every((one) => isNoAnswer(String(one).toLowerCase()));
}

function filledIn(without: Uint32Array, bought: Uint8Array): Pick<ColumnFacts, 'filledForBuyers' | 'filledForOthers'> {
  const buyers = bought.reduce((sum, each) => sum + each, 0);
  const buyersWithout = without.reduce((sum, lead) => sum + (bought[lead] ?? 0), 0);
  const othersWithout = without.length - buyersWithout;
  return {
    filledForBuyers: 1 - buyersWithout / buyers,
    filledForOthers: 1 - othersWithout / (bought.length - buyers),
  };
}
