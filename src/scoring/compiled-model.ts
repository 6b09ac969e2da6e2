import type { Activity, ActivityType } from '../leads/activity.ts';
import type { Bands } from './bands.ts';
import type { Mention } from './compilation.ts';
import type { SubjectKey, SubjectTest } from './compile-activity.ts';
import type { Decay } from './decay.ts';
import type { FactReader } from './fact-reader.ts';
import type { Predicate } from './facts.ts';
import type { ModelProblem } from './model-error.ts';
import type { AccountRule } from './roll-up.ts';
import type { NotifyWord } from './routes-schema.ts';
import type { DimensionName } from './score.ts';

export type { NotifyWord } from './routes-schema.ts';

/** A model made ready to score with; `compileModel` makes it. */
export interface CompiledModel {
  /** The key `model` of the file. */
  readonly id: string;
  readonly name: string;
  /** A short hash of what the model means: changes with every change that can change a score, and with no other. */
  readonly version: string;
  /** What is legal and likely a mistake, each with its place. */
  readonly warnings: readonly ModelProblem[];

  /**
   * The longest time that any criterion looks back, and `recycle.for` besides, in milliseconds: older activities neither
   * score nor say since when a lead has been cold.
   */
  readonly longestWindow: number;
  /** Every flag that the model can set, sorted. */
  readonly flags: readonly string[];
  /** The ids of the personas, in the order in which they are tried. */
  readonly personas: readonly string[];
  /** The forms that fast-track rules name, sorted: poll these often. */
  readonly fastTrackForms: readonly string[];
  /** The rules on fields alone, in the order of the model. */
  readonly fieldRules: readonly FieldRule[];
  /** The types of activity that score, fast-track or lead into a nurture series. */
  readonly activityTypes: readonly ActivityType[];
  /** Every place that names a field. `email` is known of every lead, whether config maps it or not. */
  readonly fields: readonly Mention[];
  /** Every place that names a form. */
  readonly forms: readonly Mention[];
  /** Every place that names a custom event. */
  readonly customEvents: readonly Mention[];
  /** How the people of a company make its score, where they do. */
  readonly account: AccountRule | undefined;

  /** The id of the model that it challenges; undefined where it is no challenger. */
  readonly challengerTo: string | undefined;
  /** The share of persons whom a challenger scores for real, from 0 to below 1. */
  readonly holdout: number;
  /** By when all leads had come that it was learnt from, at the end of a day, in milliseconds since 1970; undefined where its file does not say. */
  readonly learntUntil: number | undefined;
  /** Which leads it scores; undefined for all. See `appliesTo`. */
  readonly scope: Scope | undefined;
  readonly readFacts: FactReader;
  readonly criteria: readonly Criterion[];
  readonly dimensions: Dimensions;
  /** What an activity of a type may do; a type that is not here does nothing. */
  readonly rules: ReadonlyMap<ActivityType, ActivityRules>;
  /** Whether any criterion asks how long nothing was done. */
  readonly asksInactivity: boolean;
  readonly grades: Readonly<Record<DimensionName, readonly Grade[]>>;
  readonly gates: Readonly<Record<DimensionName, number>>;
  readonly requires: readonly RequiredField[];

  /** The gates from subscriber to lead; undefined where the model has none. */
  readonly leadGates: LeadGates | undefined;
  /** When an MQL goes back to marketing; undefined where none does for a lack of engagement. */
  readonly recycle: Recycle | undefined;
  /** Who is routed to sales and who is told; as before there were routes where the model has none. */
  readonly sales: SalesRoute;
  /** What leads into a nurture series, in the order of the model. */
  readonly nurtureRules: readonly NurtureRule[];
}

/** The least of each dimension; undefined where that is not asked. At least one is. */
export type LeadGates = Readonly<Record<DimensionName, number | undefined>>;

/** Whose engagement is under `below` for so long, in milliseconds, is given back. `below` lies under the gate of engagement, so that nobody flaps. */
export interface Recycle {
  readonly below: number;
  readonly for: number;
}

export interface SalesRoute {
  /** Whether whoever becomes an MQL goes to sales; whoever is fast-tracked does in any case. */
  readonly mql: boolean;
  /** For whom of them a task is made. */
  readonly task: 'all' | 'fast-track' | 'none';
  /** Who of sales is told, each once. */
  readonly notify: readonly NotifyWord[];
  /** How soon sales must follow up on an MQL, in milliseconds; a fast track says its own. */
  readonly followUpWithin: number;
}

/** The question that decides whether a model scores a lead, with a reader of what it asks. */
export interface Scope {
  readonly readFacts: FactReader;
  readonly holds: Predicate;
}

/** A field without which no lead is an MQL. */
export interface RequiredField {
  readonly field: string;
  readonly isMissing: Predicate;
}

export type Dimensions = Readonly<Record<DimensionName, Dimension>>;

export interface Dimension {
  readonly name: DimensionName;
  readonly label: string;
  readonly max: number;
  /** 0 or below; minus infinity where nothing holds it. */
  readonly floor: number;
  readonly groups: readonly Group[];
}

export interface Group {
  readonly name: string;
  /** Infinite where the group has no cap. */
  readonly max: number;
  readonly criteria: readonly Criterion[];
}

export interface Criterion {
  /** Its place in `CompiledModel.criteria`. */
  readonly index: number;
  readonly id: string;
  readonly label: string;
  /** 0 where it gives none, or its bands do. */
  readonly points: number;
  /** Infinite where it has no cap. */
  readonly max: number;
  readonly flag: string | undefined;
  /** Why it rules a lead out, for people; undefined where it does not. */
  readonly disqualify: string | undefined;
  /** Our names of the fields that it asks for, each once; those of all personas where it asks for one. */
  readonly fields: readonly string[];
  /** The questions about fields, where there are any. */
  readonly holds: Predicate | undefined;
  /** The points by the number in a field; undefined where they are always the same. */
  readonly bands: Bands | undefined;
  /** For how long nothing must have been done, in milliseconds; undefined where that is not asked. */
  readonly inactiveFor: number | undefined;
  /** How activities are counted; undefined where it asks for none. */
  readonly counting: Counting | undefined;
}

export interface Counting {
  readonly type: ActivityType;
  readonly matches: SubjectTest;
  readonly asks: readonly SubjectKey[];
  readonly per: 'each' | 'day' | 'week' | 'once';
  /** In milliseconds. */
  readonly window: number;
  /** Undefined where points do not decay. */
  readonly decay: Decay | undefined;
}

/** Everything that asks for activities of one type. */
export interface ActivityRules {
  readonly counted: readonly CountedCriterion[];
  readonly fastTracks: readonly FastTrackRule[];
  readonly nurtures: readonly NurtureRule[];
  /** Those of them that an activity of the type matches, by what it was done to; not yet by window and fields. */
  readonly matching: (activity: Activity) => ActivityMatches;
}

export interface ActivityMatches {
  readonly counted: readonly CountedCriterion[];
  readonly fastTracks: readonly FastTrackRule[];
  readonly nurtures: readonly NurtureRule[];
}

export type CountedCriterion = Criterion & { readonly counting: Counting };

/** A rule that an activity sets off and that puts the lead in a nurture series. */
export type NurtureRule = ActivityRule;

/** A rule that an activity sets off and that sends the lead to sales at once. */
export interface FastTrackRule extends ActivityRule {
  /** In milliseconds. */
  readonly followUpWithin: number;
}

interface ActivityRule {
  readonly id: string;
  readonly type: ActivityType;
  readonly matches: SubjectTest;
  readonly asks: readonly SubjectKey[];
  readonly holds: Predicate | undefined;
  /** The forms that it names, in lower case. */
  readonly forms: readonly string[];
  /** A short hash of what it asks, but for the forms. */
  readonly meaning: string;
}

/** A rule on fields alone: it fires when it begins to hold. */
export interface FieldRule {
  readonly id: string;
  /** A short hash of what it asks. */
  readonly meaning: string;
  /** One of that and of all else in the model that decides whether it holds, such as the entries of lists. */
  readonly asked: string;
  readonly holds: Predicate;
  /** In milliseconds. */
  readonly followUpWithin: number;
}

export interface Grade {
  readonly grade: string;
  /** The least score for it; the last grade is for everybody else. */
  readonly from: number;
}
