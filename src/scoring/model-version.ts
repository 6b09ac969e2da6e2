import { DAY } from '../base/clock.ts';
import { readBands } from './bands.ts';
import { conditionMeaning, personasMeaning } from './condition-meaning.ts';
import { hash } from './hash.ts';
import { decayOf, windowOf } from './inherit.ts';
import type { EngagementCriterionSource, FitCriterionSource, GroupSource, ModelSource } from './model-schema.ts';
import { routesMeaning } from './routes-meaning.ts';

/** To be raised with every change of the code that makes the same model score differently. */
const SCORING_REVISION = 2;

/**
 * A short hash of what a model means, `data` that it uses included. Comments, the order of keys, criteria, groups and list
 * entries, names for people and other ways to write the same duration leave it as it is.
 */
export function modelVersion(source: ModelSource, data: ReadonlyMap<string, Iterable<string>>): string {
  const { model, applies_to, personas, fit, engagement, grades, lifecycle, fast_track, routes, account } = source;
  return hash({
    revision: SCORING_REVISION,
    model,
    applies_to: applies_to && conditionMeaning(applies_to),
    personas: personasMeaning(personas),
    fit: {
      max: fit.max,
      floor: fit.floor ?? 0,
      groups: fit.groups.map((group) => groupMeaning(group, group.criteria.map(criterionMeaning))),
    },
    engagement: {
      max: engagement.max,
      floor: engagement.floor ?? 0,
      groups: engagement.groups.map((group) =>
        groupMeaning(
          group,
          group.criteria.map((one) => ({
            ...criterionMeaning(one),
            per: one.per ?? 'each',
            max: one.max,
            window: windowOf(one, group, engagement),
            decay: decayOf(one, group, engagement),
          })),
        ),
      ),
    },
    grades,
    lifecycle,
    fast_track: fast_track.map(({ id, when, follow_up_within = DAY }) => ({
      id,
      when: conditionMeaning(when),
      follow_up_within,
    })),
    routes: routesMeaning(routes),
    account,
    data: [...data].map(([name, entries]) => ({ name, entries: [...entries] })),
  });
}

function groupMeaning({ max }: GroupSource, criteria: readonly object[]): object {
  return { max, criteria };
}

/** Why a lead is ruled out is written to the CRM, so a change of those words is one of the model. */
function criterionMeaning(criterion: FitCriterionSource | EngagementCriterionSource): object {
  const { id, points, flag, disqualify, when, field, bands } = criterion;
  return {
    id,
    points: points ?? 0,
    flag,
    disqualify,
    when: when && conditionMeaning(when),
    field,
    bands: bands && readBands(bands).map(({ points, range }) => ({ points, low: range?.low, high: range?.high })),
  };
}
