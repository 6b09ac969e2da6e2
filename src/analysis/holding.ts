import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { ActivityRules, CompiledModel, Criterion } from '../scoring/compiled-model.ts';
import type { Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';

/** Tells which criteria of a model hold for a lead, by their ids; `score` is what the model says of it at that time. */
export type HoldingReader = (lead: Lead, activities: readonly Activity[], score: Score, at: number) => string[];

/**
 * A criterion that gives points has a line among the reasons. One that gives none, but a flag or nothing at all, leaves no
 * trace of its own: these are scored once more, as if each gave a point. A band of no points counts as not holding.
 */
export function holdingReader(model: CompiledModel): HoldingReader {
  const silent = model.criteria.filter(({ points, bands }) => points === 0 && bands === undefined);
  const probe = silent.length === 0 ? undefined : onlyWith(model, silent);
  return (lead, activities, score, at) => {
    const scores = probe === undefined ? [score] : [score, scoreLead(probe, lead, activities, at)];
    return scores.flatMap(({ reasons }) => reasons.flatMap(({ kind, id }) => (kind === 'criterion' ? [id] : [])));
  };
}

/** The model with nothing but these criteria, a point each. */
function onlyWith(model: CompiledModel, criteria: readonly Criterion[]): CompiledModel {
  const kept = new Set(criteria.map(({ index }) => index));
  const keep = <Kept extends Criterion>(all: readonly Kept[]): Kept[] =>
    all.filter(({ index }) => kept.has(index)).map((criterion) => ({ ...criterion, points: 1 }));
  const { fit, engagement } = model.dimensions;
  const rulesOf = (rules: ActivityRules) => ({ ...rules, counted: keep(rules.counted), fastTracks: [] });
  const dimension = ({ groups, ...rest }: typeof fit) => ({
    ...rest,
    groups: groups.map((group) => ({ ...group, criteria: keep(group.criteria) })),
  });
  return {
    ...model,
    dimensions: { fit: dimension(fit), engagement: dimension(engagement) },
    rules: new Map([...model.rules].map(([type, rules]) => [type, rulesOf(rules)])),
    fieldRules: [],
    recycle: undefined,
  };
}
