import { DAY, SECOND } from '../base/clock.ts';
import type { Activity, ActivityType } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { appliesTo } from '../scoring/model-set.ts';
import type { DimensionName, Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import type { Step } from './explain-steps.ts';

/** What would bring a lead to a goal. */
export type Remedy =
  /** Each choice is enough: the steps of it, together. They are the fewest that are. */
  | { readonly kind: 'found'; readonly choices: readonly Choice[] }
  /** It takes more than three different steps, or one of them again and again. */
  | { readonly kind: 'more' }
  /** Not even all of them, again and again, would do it. */
  | { readonly kind: 'nothing' }
  /** Nothing of what could be tried, and not all could. */
  | { readonly kind: 'unknown' };

export interface Choice {
  readonly steps: readonly Step[];
  /** What it adds to the score of the dimension. */
  readonly points: number;
}

/** A lead as it stands, and what may happen to it. */
export interface Outlook {
  readonly model: CompiledModel;
  readonly lead: Lead;
  readonly activities: readonly Activity[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly score: Score;
  readonly steps: readonly Step[];
  /** Whether these are all that the model asks for. */
  readonly areAll: boolean;
}

export interface Goal {
  /** Steps of this dimension are tried; of both where undefined. */
  readonly dimension: DimensionName | undefined;
  readonly isReached: (score: Score) => boolean;
}

/** Tried out, and not guessed: each step alone, then the best of them in twos and threes, by scoring the lead once more. */
export function remedyFor(goal: Goal, outlook: Outlook): Remedy {
  const trials = outlook.steps
    .filter(({ dimension }) => goal.dimension === undefined || dimension === goal.dimension)
    .flatMap((step): Trial[] => {
      const after = tryOut([step], outlook);
      if (after === undefined) return [];
      const [gain, points] = [gainOf(after, goal, outlook, uncapped), gainOf(after, goal, outlook, total)];
      return gain > 0 || goal.isReached(after) ? [{ step, gain, points, reached: goal.isReached(after) }] : [];
    })
    .sort((one, other) => effort(one.step) - effort(other.step) || one.gain - other.gain);
  const alone = trials.filter(({ reached }) => reached);
  if (alone.length > 0) {
    return { kind: 'found', choices: unlike(alone).map(({ step, points }) => ({ steps: [step], points })) };
  }
  const byGain = trials.toSorted((one, other) => other.gain - one.gain);
  const best = byGain.slice(0, MOST_TRIED);
  const likely = trials.filter((trial) => best.includes(trial)).map(({ step }) => step);
  const choice = together(2, likely, goal, outlook) ?? together(3, likely, goal, outlook);
  if (choice !== undefined) return { kind: 'found', choices: [choice] };
  const all = tryAll(
    byGain.map(({ step }) => step),
    outlook,
  );
  if (all !== undefined && goal.isReached(all)) return { kind: 'more' };
  return { kind: outlook.areAll ? 'nothing' : 'unknown' };
}

interface Trial {
  readonly step: Step;
  /** What it adds before any cap, so that what helps only together with something else is known too. */
  readonly gain: number;
  readonly points: number;
  readonly reached: boolean;
}

/** More are not put together: of 12 there are 220 threes. */
const MOST_TRIED = 12;
/** Of several that would do it alone. */
const MOST_CHOICES = 3;

/** The score as if these had just happened; undefined where they exclude each other, or take the lead out of the model. */
function tryOut(steps: readonly Step[], outlook: Outlook, times = 1): Score | undefined {
  const { model, activities, at } = outlook;
  const fields: Record<string, string> = { ...outlook.lead.fields };
  for (const step of steps) {
    for (const [field, word] of Object.entries(step.fields)) {
      const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
      if (known !== undefined && known !== word) return undefined;
      fields[field] = word;
    }
  }
  const lead = { ...outlook.lead, fields };
  if (!appliesTo(model, lead)) return undefined;
  const done = steps.flatMap(({ activity }, index): Activity[] =>
    activity === undefined
      ? []
      : Array.from({ length: times }, (_, time) => ({
          ...activity,
          id: `imagined ${index} ${time}`,
          // A little apart, as several links at once would be a machine's.
          at: at - index * 2 * SECOND - time * DAY,
        })),
  );
  return scoreLead(model, lead, [...activities, ...done], at);
}

/** As if all of it happened, day by day for two months; of what excludes each other, the better. */
function tryAll(steps: readonly Step[], outlook: Outlook): Score | undefined {
  const chosen: Step[] = [];
  for (const step of steps) if (tryOut([...chosen, step], outlook) !== undefined) chosen.push(step);
  return chosen.length === 0 ? undefined : tryOut(chosen, outlook, MANY_TIMES);
}

const MANY_TIMES = 60;

function together(size: number, steps: readonly Step[], goal: Goal, outlook: Outlook): Choice | undefined {
  let least: { choice: Choice; effort: number } | undefined;
  for (const chosen of subsets(size, steps)) {
    const needed = chosen.reduce((sum, step) => sum + effort(step), 0);
    if (least !== undefined && needed >= least.effort) continue;
    const after = tryOut(chosen, outlook);
    if (after === undefined || !goal.isReached(after)) continue;
    least = { choice: { steps: chosen, points: gainOf(after, goal, outlook, total) }, effort: needed };
  }
  return least?.choice;
}

function subsets(size: number, steps: readonly Step[]): Step[][] {
  if (size === 0) return [[]];
  return steps.flatMap((step, index) => subsets(size - 1, steps.slice(index + 1)).map((rest) => [step, ...rest]));
}

function gainOf(
  after: Score,
  { dimension }: Goal,
  { score }: Outlook,
  measure: (score: Score, dimension: DimensionName | undefined) => number,
): number {
  return measure(after, dimension) - measure(score, dimension);
}

const total = (score: Score, dimension: DimensionName | undefined) => score[dimension ?? 'total'];

function uncapped({ reasons }: Score, dimension: DimensionName | undefined): number {
  let sum = 0;
  for (const { kind, points, dimension: of } of reasons) {
    const isCap = kind === 'group-cap' || kind === 'dimension-cap' || kind === 'floor';
    if (!isCap && (dimension === undefined || of === dimension)) sum += points;
  }
  return sum;
}

/** The first of each kind, which asks for the least: two pages say no more than one. */
function unlike(trials: readonly Trial[]): readonly Trial[] {
  const kinds = new Map<string, Trial>();
  for (const trial of trials) {
    const { activity, fields } = trial.step;
    const kind = activity?.type ?? Object.keys(fields).join();
    if (!kinds.has(kind)) kinds.set(kind, trial);
  }
  return [...kinds.values()].slice(0, MOST_CHOICES);
}

/** What people do most easily and most often comes first; what they do comes before what is learned of them besides. */
const USUAL_FIRST: readonly ActivityType[] = [
  'page-view',
  'page-click',
  'visit',
  'email-open',
  'email-click',
  'download',
  'tool-use',
  'custom-event',
  'form-submission',
  'event-registration',
  'event-attendance',
  'email-reply',
  'sales-email',
  'meeting',
  'call',
  'deal-won',
  'email-unsubscribe',
  'email-bounce',
];

function effort({ activity, learned }: Step): number {
  const doing = activity === undefined ? 0 : 1 + USUAL_FIRST.indexOf(activity.type);
  return doing + learned.length * USUAL_FIRST.length;
}
