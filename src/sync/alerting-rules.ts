import { ruleName } from '../ledger/ceilings.ts';
import type { ModelSet } from '../scoring/model-set.ts';
import { MQL_RULE } from './alerts.ts';

/** The names of all rules that put leads before sales, as a ceiling counts by them. */
export function alertingRules({ models }: ModelSet): ReadonlySet<string> {
  const names = models.flatMap(({ id, rules, fieldRules, sales }) => {
    const fastTracks = [...rules.values()].flatMap((each) => each.fastTracks);
    const own = [...fastTracks, ...fieldRules].map((rule) => rule.id);
    return [...own, ...(sales.mql ? [MQL_RULE] : [])].map((rule) => ruleName(id, rule));
  });
  return new Set(names);
}
