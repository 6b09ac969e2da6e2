import type { DimensionName } from '../scoring/score.ts';
import { cleanText } from './clean-text.ts';
import type { SuggestedCriterion, Suggestion } from './suggest.ts';
import { criterionWords } from './suggested-words.ts';

/** A group of a model as YAML has it. */
export interface SuggestedGroup {
  readonly name: string;
  readonly criteria: readonly PlainCriterion[];
}

interface PlainCriterion {
  readonly id: string;
  readonly name: string;
  readonly when: unknown;
  readonly points: number;
  readonly per?: 'once';
  /** What changed and why, to stand above it. */
  readonly words: string;
}

/** What a name may have of letters. */
const LONGEST = 80;

/**
 * The criteria of a dimension by where they are read from: the group with the most points first, and so within each.
 * @param base what everybody begins with; 0 for nothing.
 */
export function suggestedGroups(dimension: DimensionName, suggestion: Suggestion, base: number): SuggestedGroup[] {
  const own = suggestion.criteria
    .filter(({ feature }) => feature.dimension === dimension)
    .sort((one, other) => Math.abs(other.points) - Math.abs(one.points) || byId(one, other));
  if (own.length === 0) return [{ name: 'Nothing yet', criteria: [PLACEHOLDERS[dimension]] }];
  const names = new Set([BASE]);
  const baseRate = suggestion.buyers / suggestion.leads;
  return [
    ...(base === 0 ? [] : [{ name: BASE, criteria: [basePoints(dimension, base)] }]),
    ...[...Map.groupBy(own, ({ feature }) => feature.source)].map(([source, all]) => ({
      name: untaken(cleanText(source, LONGEST) || 'Other', names),
      criteria: all.map((criterion) => plainCriterion(criterion, baseRate)),
    })),
  ];
}

const BASE = 'Base points';

const HAS_EMAIL = { field: 'email', exists: true };
const HAS_NONE = { field: 'email', missing: true };
/** What holds for every lead in every CRM; put in two ways, since a model is warned of two criteria that ask for the same. */
const ALWAYS: Readonly<Record<DimensionName, unknown>> = {
  fit: { any: [HAS_EMAIL, HAS_NONE] },
  engagement: { not: { all: [HAS_EMAIL, HAS_NONE] } },
};

function basePoints(dimension: DimensionName, points: number): PlainCriterion {
  return {
    id: `base-${dimension}`,
    name: BASE,
    when: ALWAYS[dimension],
    points,
    words: 'Everybody begins with these, since a gate may not lie below 0. They change no order among leads.',
  };
}

const FOUND_NONE = 'was found to tell buyers from others. A model needs a criterion here: put one in its place.';

/** A dimension must have a criterion. This one gives nothing, whomever it holds for. */
const PLACEHOLDERS: Readonly<Record<DimensionName, PlainCriterion>> = {
  fit: {
    id: 'no-fit-found',
    name: 'No fit found',
    when: { field: 'email', exists: true },
    points: 0,
    words: `Nothing of what is known about leads ${FOUND_NONE}`,
  },
  engagement: {
    id: 'no-engagement-found',
    name: 'No engagement found',
    when: { activity: 'page-view' },
    points: 0,
    per: 'once',
    words: `Nothing of what leads did ${FOUND_NONE}`,
  },
};

function plainCriterion(criterion: SuggestedCriterion, baseRate: number): PlainCriterion {
  const { feature, points } = criterion;
  const { id, name, when, dimension } = feature;
  return {
    id,
    name: cleanText(name, LONGEST) || id,
    when,
    points,
    // What was looked at is whether it was done, not how often.
    ...(dimension === 'engagement' && asksActivity(when) && { per: 'once' as const }),
    words: criterionWords(criterion, baseRate),
  };
}

/** Whether the condition is about something done: an activity stands alone, or in `all`. */
function asksActivity(when: unknown): boolean {
  if (typeof when !== 'object' || when === null) return false;
  if ('activity' in when) return true;
  return 'all' in when && Array.isArray(when.all) && when.all.some(asksActivity);
}

function untaken(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${[...name].slice(0, LONGEST - 5).join('')} (${count})`;
  taken.add(free);
  return free;
}

function byId(one: SuggestedCriterion, other: SuggestedCriterion): number {
  return one.feature.id < other.feature.id ? -1 : 1;
}
