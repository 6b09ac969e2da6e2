import { createHash } from 'node:crypto';
import type { ConditionSource } from './condition-schema.ts';
import { decayOf, windowOf } from './inherit.ts';
import type { EngagementCriterionSource, FitCriterionSource, GroupSource, ModelSource } from './model-schema.ts';

/** To be raised with every change of the code that makes the same model score differently. */
const SCORING_REVISION = 1;

/**
 * A short hash of what a model means, `data` that it uses included. Comments, the order of keys, criteria, groups and list
 * entries, names for people and other ways to write the same duration leave it as it is.
 */
export function modelVersion(source: ModelSource, data: ReadonlyMap<string, Iterable<string>>): string {
  const { model, fit, engagement, grades, lifecycle, fast_track } = source;
  const meaning = {
    revision: SCORING_REVISION,
    model,
    fit: {
      max: fit.max,
      floor: fit.floor,
      groups: fit.groups.map((group) => groupMeaning(group, group.criteria.map(criterionMeaning))),
    },
    engagement: {
      max: engagement.max,
      floor: engagement.floor,
      groups: engagement.groups.map((group) =>
        groupMeaning(
          group,
          group.criteria.map((one) => ({
            ...criterionMeaning(one),
            per: one.per ?? 'each',
            max: one.max,
            window: windowOf(one, group, engagement),
            half_life: decayOf(one, group, engagement),
          })),
        ),
      ),
    },
    grades,
    lifecycle,
    fast_track: fast_track.map((rule) => ({ ...rule, when: conditionMeaning(rule.when) })),
    data: [...data].map(([name, entries]) => ({ name, entries: [...entries] })),
  };
  return hash(meaning);
}

function groupMeaning({ max }: GroupSource, criteria: readonly object[]): object {
  return { max, criteria };
}

function criterionMeaning({ id, points, flag, when }: FitCriterionSource | EngagementCriterionSource): object {
  return { id, points: points ?? 0, flag, when: conditionMeaning(when) };
}

/** A short hash of what a condition asks, whichever forms it names. */
export function hashCondition(condition: ConditionSource): string {
  const meaning = JSON.stringify(condition, (key, value: unknown) => (key === 'form' ? undefined : value));
  return hash(JSON.parse(meaning.toLowerCase()));
}

function hash(meaning: unknown): string {
  return createHash('sha256').update(canonical(meaning)).digest('hex').slice(0, 10);
}

/** Case and surrounding blanks never matter in a condition. */
function conditionMeaning(condition: ConditionSource): unknown {
  return JSON.parse(JSON.stringify(condition).toLowerCase());
}

/**
 * One text for all that mean the same. Every list in a model is one whose order means nothing, so lists are sorted too;
 * `between` runs from low to high in any case.
 */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .map(([key, inner]) => `${key}:${canonical(inner)}`)
    .sort()
    .join()}}`;
}
