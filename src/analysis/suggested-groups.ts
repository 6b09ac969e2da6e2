import type { DimensionName } from '../scoring/score.ts';
import { asksActivity } from './asks-activity.ts';
import { cleanText } from './clean-text.ts';
import type { Feature } from './history.ts';
import type { LeftOutFeature, SuggestedCriterion, Suggestion } from './suggest.ts';
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
  /** Absent where only its flag stays, or that it rules out. */
  readonly points?: number;
  readonly per?: 'once';
  readonly flag?: string;
  readonly disqualify?: string;
  readonly window?: string;
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
  const marks = suggestion.leftOut.filter(({ feature }) => feature.dimension === dimension && isMark(feature));
  if (own.length + marks.length === 0) return [{ name: 'Nothing yet', criteria: [PLACEHOLDERS[dimension]] }];
  const names = new Set([BASE]);
  const baseRate = suggestion.buyers / suggestion.leads;
  const criteria = [
    ...own.map((criterion) => ({ source: criterion.feature.source, plain: plainCriterion(criterion, baseRate) })),
    ...marks.map((one) => ({ source: one.feature.source, plain: withoutPoints(one) })),
  ];
  return [
    ...(base === 0 ? [] : [{ name: BASE, criteria: [basePoints(dimension, base)] }]),
    ...[...Map.groupBy(criteria, ({ source }) => source)].map(([source, all]) => ({
      name: untaken(cleanText(source, LONGEST) || 'Other', names),
      criteria: all.map(({ plain }) => plain),
    })),
  ];
}

/** Whether the criterion does something for which it needs no points. */
function isMark({ kept }: Feature): boolean {
  return kept?.flag !== undefined || kept?.disqualify !== undefined;
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

const FOUND_NONE =
  'was found to tell buyers from others. A model needs a criterion here: put one in its place. Until then `leadgauge check` warns of grades that nobody reaches.';

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
  return { ...questionOf(feature), points, ...restOf(feature), words: criterionWords(criterion, baseRate) };
}

function withoutPoints({ feature, why }: LeftOutFeature): PlainCriterion {
  return {
    ...questionOf(feature),
    ...restOf(feature),
    words: `${WHY_NONE[why] ?? 'It tells too little to be worth points'}, and it stays for what else it does; see the end of this file.`,
  };
}

const WHY_NONE: Readonly<Partial<Record<LeftOutFeature['why'], string>>> = {
  sign: 'History says the opposite of its points',
  disqualify: 'It rules leads out, so that points would change nothing',
};

function questionOf({ id, name, when }: Feature): Pick<PlainCriterion, 'id' | 'name' | 'when'> {
  return { id, name: cleanText(name, LONGEST) || id, when };
}

function restOf({ dimension, when, kept }: Feature): Partial<PlainCriterion> {
  // What was looked at is whether it was done, not how often.
  return { ...(dimension === 'engagement' && asksActivity(when) && { per: 'once' as const }), ...kept };
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
