import type { ActivityType } from '../../leads/activity.ts';
import { type Challenge, type Comparison, compareEach } from '../comparison.ts';
import { nameOfField } from '../questions/reading-questions.ts';
import type { Suggestion } from '../suggest.ts';
import { learntDay } from '../unseen-leads.ts';
import { type ConversionChange, conversionChange, type JudgedLeads } from './conversion-change.ts';
import { type CriterionFiring, criteriaFiring, type NamedCriterion } from './criteria-firing.ts';
import type { Drift } from './drift.ts';
import { findingsOf } from './findings.ts';
import { activityName, freshDrift, type InputDrift } from './input-drift.ts';
import { type Periods, type Weekly, weekBegins, weeklyOf } from './periods.ts';
import type { SalesSay } from './sales-say.ts';
import { type ScoreStep, scoreSpread } from './score-spread.ts';
import type { Snapshot } from './snapshot.ts';
import { type SuggestedChange, suggestedChanges } from './suggested-changes.ts';

/** How one person of sales follows up; lengths in milliseconds of working time. */
export interface FollowThrough {
  /** For people; absent for leads that nobody owns. */
  readonly owner?: string;
  readonly routed: number;
  readonly touched: number;
  readonly medianToTouch?: number;
  readonly decided: number;
  readonly inTime: number;
  readonly open: number;
  readonly overdue: number;
}

/** What is known of the past of a model's leads. */
export interface ReviewInput {
  readonly connection: string;
  readonly model: {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    /** By when all leads had come that it was learnt from, at the end of a day, in milliseconds since 1970; absent where its file does not say. */
    readonly learntUntil?: number | undefined;
  };
  readonly criteria: readonly NamedCriterion[];
  readonly periods: Periods;
  readonly earlier: Snapshot;
  readonly now: Snapshot;
  /** Fields that count as they are now, wholly or in part; none when absent. */
  readonly pastUnknown?: ReadonlySet<string>;
  /** By kind, what was done in each week of both periods, oldest first. */
  readonly did: ReadonlyMap<ActivityType, readonly number[]>;
  /** How many leads came to be MQLs in each of these weeks. */
  readonly mqls: readonly number[];
  /** How many of them had come to be one before, when the CRM does not tell; none when absent. */
  readonly mqlsBefore?: number;
  readonly judged: JudgedLeads;
  /** Why nothing can be said of who bought; absent where enough did. */
  readonly tooFewBuyers?: string;
  /** Over how many days back `owners` are looked at. */
  readonly ownerDays: number;
  readonly owners: readonly FollowThrough[];
  readonly salesSay: SalesSay;
  /** Absent where too few bought to suggest anything. */
  readonly suggestion?: Suggestion;
  /** By criterion, what the model gives the leads for which it holds, in the mean; NaN where that is not known. */
  readonly given?: ReadonlyMap<string, number>;
  /** The model with each of its challengers. */
  readonly challenges: readonly Challenge[];
  /** Challengers of which nothing can be said. */
  readonly uncompared?: readonly Uncompared[];
  /** What may mislead, in sentences. */
  readonly warnings: readonly string[];
}

/** A challenger that is not compared with its champion. */
export interface Uncompared {
  readonly model: string;
  readonly name: string;
  /** In sentences. */
  readonly why: string;
}

export type ActivityWord = 'stopped' | 'began' | 'less than half' | 'more than twice' | 'about as before';

export interface ActivityWeeks extends Weekly {
  readonly type: ActivityType;
  readonly name: string;
  readonly word: ActivityWord;
}

export interface ScoreDrift extends Drift {
  readonly steps: readonly ScoreStep[];
  /** Fields that count as they are now and that criteria ask for, by name: what was filled in since looks like a drift. Absent where there are none. */
  readonly asToday?: readonly string[];
}

export interface MqlWeeks extends Weekly {
  /** How many of these leads had come to be one before, when the CRM does not tell: then they lack. */
  readonly cameBefore: number;
}

/** What became of a model in one period against the one before; also what `--json` prints. Times are ISO 8601, shares from 0 to 1. */
export interface Review {
  readonly connection: string;
  readonly model: string;
  readonly name: string;
  readonly version: string;
  readonly at: string;
  readonly weeks: number;
  readonly since: string;
  readonly earlierSince: string;
  /** The day until which the model was learnt, where that is after the earlier period began: of then it knows some leads, and looks better on them. */
  readonly learntUntil?: string;
  readonly leads: { readonly earlier: number; readonly now: number };
  readonly newLeads: { readonly earlier: number; readonly now: number };
  readonly weekBegins: readonly string[];
  /** Among the leads that came in within either period. */
  readonly score: ScoreDrift;
  readonly inputs: readonly InputDrift[];
  readonly activities: readonly ActivityWeeks[];
  readonly criteria: readonly CriterionFiring[];
  /** Why nothing is said of who bought, in sentences; absent where enough did. */
  readonly tooFewBuyers?: string;
  /** Absent where too few bought. */
  readonly conversion?: ConversionChange;
  readonly mqls: MqlWeeks;
  readonly owners: readonly FollowThrough[];
  readonly ownerDays: number;
  readonly salesSay: SalesSay;
  /** Absent where too few bought. */
  readonly suggested?: {
    readonly auc: number;
    readonly aucLow: number;
    readonly aucHigh: number;
    readonly changes: readonly SuggestedChange[];
  };
  /** The champion with each of its challengers, on the same leads. */
  readonly challenges: readonly Comparison[];
  readonly uncompared: readonly Uncompared[];
  /** What to look into, in sentences, the gravest first. */
  readonly findings: readonly string[];
  readonly warnings: readonly string[];
}

/** @param random from 0 to below 1: of one seed, so that the same past gives the same review. */
export function review(input: ReviewInput, random: () => number): Review {
  const { model, periods, earlier, now, suggestion, tooFewBuyers } = input;
  const [before, after] = [earlier.fresh, now.fresh];
  const drift = freshDrift(before, after, input.pastUnknown);
  const asToday = [...new Set(input.criteria.flatMap((criterion) => criterion.asToday ?? []))].map(nameOfField);
  const told = {
    connection: input.connection,
    model: model.id,
    name: model.name,
    version: model.version,
    at: iso(periods.at),
    weeks: periods.weeks,
    since: iso(periods.middle),
    earlierSince: iso(periods.begin),
    ...learntSince(model.learntUntil, periods),
    leads: { earlier: earlier.leads, now: now.leads },
    newLeads: { earlier: before.leads, now: after.leads },
    weekBegins: weekBegins(periods).map(iso),
    score: { ...drift.score, steps: scoreSpread(before, after), ...(asToday.length > 0 && { asToday }) },
    inputs: drift.inputs,
    activities: activityWeeks(input),
    criteria: criteriaFiring(input.criteria, earlier, now),
    ...(tooFewBuyers === undefined
      ? { conversion: conversionChange(input.judged, periods, random) }
      : { tooFewBuyers }),
    mqls: { ...weeklyOf(periods, input.mqls), cameBefore: input.mqlsBefore ?? 0 },
    owners: input.owners,
    ownerDays: input.ownerDays,
    salesSay: input.salesSay,
    ...(suggestion !== undefined && {
      suggested: {
        auc: suggestion.auc,
        aucLow: suggestion.aucLow,
        aucHigh: suggestion.aucHigh,
        changes: suggestedChanges(suggestion, input.given),
      },
    }),
    challenges: compareEach(input.challenges, { random }),
    uncompared: input.uncompared ?? [],
    warnings: input.warnings,
  };
  return { ...told, findings: findingsOf(told) };
}

function learntSince(learntUntil: number | undefined, { begin }: Periods): Pick<Review, 'learntUntil'> {
  return learntUntil === undefined || learntUntil <= begin ? {} : { learntUntil: learntDay(learntUntil) };
}

function activityWeeks({ did, periods }: ReviewInput): ActivityWeeks[] {
  const rows = [...did].map(([type, byWeek]): ActivityWeeks => {
    const weekly = weeklyOf(periods, byWeek);
    return { type, name: activityName(type), ...weekly, word: activityWord(weekly) };
  });
  return rows.sort(
    (one, other) => other.earlier + other.now - (one.earlier + one.now) || (one.type < other.type ? -1 : 1),
  );
}

/** So few come and go by chance. */
const FEWEST = 10;

function activityWord({ earlier, now }: Weekly): ActivityWord {
  if (Math.max(earlier, now) < FEWEST) return 'about as before';
  if (now === 0) return 'stopped';
  if (earlier === 0) return 'began';
  if (now < earlier / 2) return 'less than half';
  return now > earlier * 2 ? 'more than twice' : 'about as before';
}

const iso = (time: number) => new Date(time).toISOString();
