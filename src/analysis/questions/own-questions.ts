import { inWords } from '../../base/in-words.ts';
import { readBands } from '../../scoring/bands.ts';
import { asksActivity } from '../asks-activity.ts';
import { heldSign } from '../held-sign.ts';
import type { Feature } from '../history.ts';
import type { PlainCriterion, PlainGroup, PlainModel } from './plain-model.ts';

/**
 * What the criteria of a model ask, as features with the points that they give now. Bands become steps that add up: "100 or more" gives
 * what its band has over the one before. Of a criterion on an activity it is asked whether it was done within its window, not how often.
 * Points hold their sign: marketing had a reason for it. Bands do where all of their steps go one way.
 * @param isFree says of which criteria, by their ids, history may turn the sign; of none when absent.
 */
export function ownQuestions(
  { fit, engagement }: PlainModel,
  isFree: (criterion: string) => boolean = () => false,
): Feature[] {
  const questions = (criterion: PlainCriterion, source: string, dimension: Feature['dimension']) => {
    const features = featuresOf(criterion, source, dimension);
    return isFree(criterion.id) || !goOneWay(features) ? features : features.map(withHeldSign);
  };
  return [
    ...fit.groups.flatMap((group) => group.criteria.flatMap((each) => questions(each, group.name, 'fit'))),
    ...engagement.groups.flatMap((group) =>
      group.criteria.flatMap((each) => questions(withWindow(each, group), group.name, 'engagement')),
    ),
  ];
}

/** The ids of all criteria of a model. */
export function criterionIds({ fit, engagement }: PlainModel): string[] {
  return [...fit.groups, ...engagement.groups].flatMap(({ criteria }) => criteria.map(({ id }) => id));
}

function goOneWay(features: readonly Feature[]): boolean {
  return new Set(features.flatMap(({ points = 0 }) => heldSign(points).held ?? [])).size < 2;
}

function withHeldSign(feature: Feature): Feature {
  return { ...feature, ...heldSign(feature.points ?? 0) };
}

function featuresOf(criterion: PlainCriterion, source: string, dimension: Feature['dimension']): Feature[] {
  const { id, name = inWords(id), when, points = 0, flag, disqualify, field, bands, window } = criterion;
  const shared = { source, dimension };
  if (field !== undefined && bands !== undefined) return bandSteps({ id, name, field, bands }, shared);
  const kept = {
    ...(flag !== undefined && { flag }),
    ...(disqualify !== undefined && { disqualify }),
    ...(window !== undefined && { window }),
  };
  return [{ id, name, ...shared, when, points, ...(Object.keys(kept).length > 0 && { kept }) }];
}

/** A window of its group is written at the criterion, which may come to stand in another one. */
function withWindow(criterion: PlainCriterion, { window }: PlainGroup): PlainCriterion {
  return criterion.window === undefined && window !== undefined && asksActivity(criterion.when)
    ? { ...criterion, window }
    : criterion;
}

interface Banded {
  readonly id: string;
  readonly name: string;
  readonly field: string;
  readonly bands: Readonly<Record<string, number>>;
}

function bandSteps({ id, name, field, bands }: Banded, shared: Pick<Feature, 'source' | 'dimension'>): Feature[] {
  const sorted = readBands(bands)
    .flatMap(({ points, range }) => (range === undefined ? [] : [{ points, low: range.low }]))
    .sort((one, other) => one.low - other.low);
  return sorted.flatMap(({ points, low }, place): Feature[] => {
    const more = points - (sorted[place - 1]?.points ?? 0);
    // Nobody lies below the lowest.
    if (place === 0 && more === 0) return [];
    return [
      {
        id: `${id}-from-${String(low).replaceAll(/[^0-9]+/g, '-')}`,
        name: `${name}: ${low.toLocaleString('en-US')} or more`,
        ...shared,
        when: { field, at_least: low },
        points: more,
      },
    ];
  });
}

/** The fields that a condition asks about, wherever it does. */
export function fieldsAsked(when: unknown): string[] {
  if (Array.isArray(when)) return when.flatMap(fieldsAsked);
  if (typeof when !== 'object' || when === null) return [];
  const own = 'field' in when && typeof when.field === 'string' ? [when.field] : [];
  return [...own, ...Object.values(when).flatMap(fieldsAsked)];
}
