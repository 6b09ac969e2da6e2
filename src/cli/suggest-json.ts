import { deniedOf } from '../analysis/denied.ts';
import type { SuggestedGates } from '../analysis/gates.ts';
import type { Suggestion } from '../analysis/suggest.ts';

export interface SuggestJsonOptions {
  readonly gates: SuggestedGates;
  readonly warnings: readonly string[];
  /** As YAML. */
  readonly model: string;
  /** The model as it is, on the same leads, where there is one. */
  readonly present?: { readonly name: string; readonly auc: number } | undefined;
}

/** A suggestion for programs: figures first, the model last. Shares are from 0 to 1. */
export function suggestJson(suggestion: Suggestion, { gates, warnings, model, present }: SuggestJsonOptions): object {
  const { leads, buyers, auc, aucLow, aucHigh, folds, criteria } = suggestion;
  const { fit, engagement, leads: pass, shareOfBuyers, leadsAWeek, expected } = gates;
  return {
    leads,
    buyers,
    baseRate: buyers / leads,
    auc,
    aucLow,
    aucHigh,
    folds,
    present,
    warnings,
    gates: {
      fit,
      engagement,
      leads: pass,
      shareOfBuyers,
      leadsPerWeek: leadsAWeek,
      meetsAim: gates.meetsAim,
      expectedShareOfBuyers: expected.shareOfBuyers,
      expectedLeadsPerWeek: expected.leadsAWeek,
      buyers: gates.buyers,
      barred: gates.barred,
    },
    criteria: criteria.map(({ feature, points, interval, leads: holds, buyers: bought }) => ({
      id: feature.id,
      name: feature.name,
      source: feature.source,
      dimension: feature.dimension,
      points,
      low: interval.low,
      high: interval.high,
      leads: holds,
      buyers: bought,
      asToday: feature.asToday,
    })),
    denied: deniedOf(suggestion).map(({ feature, leads: holds, buyers: bought }) => ({
      id: feature.id,
      name: feature.name,
      source: feature.source,
      dimension: feature.dimension,
      points: feature.points,
      leads: holds,
      buyers: bought,
    })),
    model,
  };
}
