import type { Activity, ActivityType } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { readBands } from '../scoring/bands.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { ConditionSource } from '../scoring/condition-schema.ts';
import { criteriaOf, type PlacedCriterion } from '../scoring/criteria-of.ts';
import type { ModelSource } from '../scoring/model-schema.ts';
import type { Sources } from '../scoring/operator-row.ts';
import type { DimensionName } from '../scoring/score.ts';
import { pathOf, urlPattern } from '../scoring/url-pattern.ts';
import { type Literal, type Ways, waysToMeet } from '../scoring/warnings/literals.ts';
import { learnings } from './explain-learnings.ts';

/** Something that may yet happen to a lead, by which a criterion would come to hold. */
export interface Step {
  /** The id of the criterion. */
  readonly criterion: string;
  readonly label: string;
  readonly dimension: DimensionName;
  /** What the person would do; undefined where something need only be learned. */
  readonly activity: Omit<Activity, 'id' | 'at'> | undefined;
  /** What would have to be learned, by the names of fields that are empty now. */
  readonly fields: Readonly<Record<string, string>>;
  /** The same for people, a phrase each: `employees is 100 or more`. */
  readonly learned: readonly string[];
}

/**
 * The steps that a model asks for, one for each way to meet a criterion, or not to meet one that rules out; whether they help
 * is for the scorer to say. What is known of a lead stays as it is: only empty fields may come to hold something.
 */
export function stepsFor(model: CompiledModel, source: ModelSource, lead: Lead, sources: Sources): ImaginedSteps {
  let areAll = true;
  const steps = criteriaOf(source).flatMap(({ criterion, dimension }, place) => {
    const { id } = criterion;
    const label = model.criteria[place]?.label ?? id;
    const ways = waysBy(criterion, source.personas);
    areAll &&= ways?.areWhole ?? false;
    return (ways?.each ?? []).flatMap((literals): Step[] => {
      const step = stepOf(literals, lead, sources);
      areAll &&= step !== 'unimaginable';
      return step === undefined || step === 'unimaginable' ? [] : [{ criterion: id, label, dimension, ...step }];
    });
  });
  return { steps, areAll };
}

export interface ImaginedSteps {
  readonly steps: readonly Step[];
  /** Whether there is a step for whatever the model asks; no word comes to mind that fits a regular expression, say. */
  readonly areAll: boolean;
}

export const NO_STEPS: ImaginedSteps = { steps: [], areAll: true };

/** The ways in which a criterion may come to help. Bad signs help nobody, however they come out; so one that only flags. */
function waysBy(
  { when, field, bands, points = 0, disqualify }: PlacedCriterion['criterion'],
  personas: ModelSource['personas'],
): Ways | undefined {
  const released = disqualify === undefined || when === undefined ? NO_WAY : waysToMeet(when, personas, false);
  if (points <= 0 && bands === undefined) return released;
  const met = when === undefined ? NOTHING_ASKED : waysToMeet(when, personas);
  if (released === undefined || met === undefined) return undefined;
  const asked = field === undefined || bands === undefined ? [[]] : bandsOf(field, bands);
  return {
    each: [...released.each, ...met.each.flatMap((way) => asked.map((band) => [...way, ...band]))],
    areWhole: released.areWhole && met.areWhole,
  };
}

const NO_WAY: Ways = { each: [], areWhole: true };
const NOTHING_ASKED: Ways = { each: [[]], areWhole: true };

/** The low end of a band stands for it, so it is the same as a question for that very number. */
function bandsOf(field: string, bands: Readonly<Record<string, number>>): Literal[][] {
  return readBands(bands).flatMap(({ points, range }) => {
    if (range === undefined || points <= 0) return [];
    const question: ConditionSource =
      range.high === Number.POSITIVE_INFINITY
        ? { field, at_least: range.low }
        : { field, between: [range.low, range.high] };
    return [[{ question, answer: true }]];
  });
}

function stepOf(
  literals: readonly Literal[],
  lead: Lead,
  sources: Sources,
): Pick<Step, 'activity' | 'fields' | 'learned'> | 'unimaginable' | undefined {
  // What was not done for long cannot be done.
  if (literals.some(({ question }) => question.inactive_for !== undefined)) return undefined;
  const learned = learnings(literals, lead, sources);
  if (learned === undefined) return 'unimaginable';
  // What is not to be done is no step.
  const asked = literals.find(({ question, answer }) => answer && question.activity !== undefined)?.question;
  if (asked === undefined && learned.phrases.length === 0) return undefined;
  const activity = asked?.activity && activityOf(asked, asked.activity);
  return { activity, fields: learned.fields, learned: learned.phrases };
}

/** An activity that fits the question: of several forms, names or pages, the first. */
function activityOf(
  { form, name, url, at_least, between, at_most }: ConditionSource,
  type: ActivityType,
): Step['activity'] {
  const [glob] = url ?? [];
  return {
    type,
    name: form?.[0] ?? name?.[0],
    url: glob && pageFor(glob),
    minutes: at_least ?? between?.[0] ?? at_most,
  };
}

/** The plainest page that fits a glob: `/pricing` for `/pricing*`. */
function pageFor(glob: string): string {
  const fits = urlPattern(glob);
  const plain = glob.replaceAll('*', '');
  return fits(pathOf(plain)) ? plain : glob.replaceAll('*', 'x');
}
