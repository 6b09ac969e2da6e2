import type { ActivityType } from '../leads/activity.ts';
import type { Mention } from './compilation.ts';
import type { SubjectTest } from './compile-activity.ts';
import type { FactReader, Predicate } from './facts.ts';
import type { DimensionName } from './score.ts';

/** A model made ready to score with; `compileModel` makes it. */
export interface CompiledModel {
  /** The key `model` of the file. */
  readonly id: string;
  readonly name: string;
  /** A short hash of what the model means: changes with every change that can change a score, and with no other. */
  readonly version: string;

  /** The longest window of any criterion, in milliseconds: older activities never score. */
  readonly longestWindow: number;
  /** Every flag that the model can set, sorted. */
  readonly flags: readonly string[];
  /** The forms that fast-track rules name, sorted: poll these often. */
  readonly fastTrackForms: readonly string[];
  /** The types of activity that score or fast-track. */
  readonly activityTypes: readonly ActivityType[];
  /** Every place that names a field. `email` is known of every lead, whether config maps it or not. */
  readonly fields: readonly Mention[];
  /** Every place that names a form. */
  readonly forms: readonly Mention[];

  readonly readFacts: FactReader;
  readonly criteria: readonly Criterion[];
  readonly dimensions: Readonly<Record<DimensionName, Dimension>>;
  /** What an activity of a type may do; a type that is not here does nothing. */
  readonly rules: ReadonlyMap<ActivityType, ActivityRules>;
  readonly grades: Readonly<Record<DimensionName, readonly Grade[]>>;
  readonly gates: Readonly<Record<DimensionName, number>>;
  readonly requires: readonly string[];
}

export interface Dimension {
  readonly name: DimensionName;
  readonly label: string;
  readonly max: number;
  /** 0, or minus infinity. */
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
  /** 0 where it only sets a flag. */
  readonly points: number;
  /** Infinite where it has no cap. */
  readonly max: number;
  readonly flag: string | undefined;
  /** The questions about fields, where there are any. */
  readonly holds: Predicate | undefined;
  /** How activities are counted; undefined where it is about fields alone. */
  readonly counting: Counting | undefined;
}

export interface Counting {
  readonly type: ActivityType;
  readonly matches: SubjectTest;
  readonly per: 'each' | 'day' | 'week' | 'once';
  /** In milliseconds. */
  readonly window: number;
  /** In milliseconds; undefined where points do not decay. */
  readonly halfLife: number | undefined;
}

/** Everything that asks for activities of one type. */
export interface ActivityRules {
  readonly counted: readonly CountedCriterion[];
  readonly fastTracks: readonly FastTrackRule[];
}

export type CountedCriterion = Criterion & { readonly counting: Counting };

export interface FastTrackRule {
  readonly id: string;
  readonly type: ActivityType;
  readonly matches: SubjectTest;
  readonly holds: Predicate | undefined;
  /** The forms that it names, in lower case. */
  readonly forms: readonly string[];
  /** A short hash of what it asks, but for the forms. */
  readonly meaning: string;
  /** In milliseconds. */
  readonly followUpWithin: number;
}

export interface Grade {
  readonly grade: string;
  /** The least score for it; the last grade is for everybody else. */
  readonly from: number;
}
