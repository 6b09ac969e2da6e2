import type { Activity } from '../leads/activity.ts';

export type DimensionName = 'fit' | 'engagement';

/** One line of why a score is what it is; the lines of a score add up to it exactly. */
export interface Reason {
  readonly kind: 'criterion' | 'decay' | 'criterion-cap' | 'group-cap' | 'dimension-cap' | 'floor';
  readonly dimension: DimensionName;
  /** The criterion's id, or the name of the group or dimension. */
  readonly id: string;
  /** For people: `Pricing page`, `Web`, `Fit`. */
  readonly label: string;
  /** A whole number other than 0. */
  readonly points: number;
  /** How many occurrences score, for a criterion on an activity. */
  readonly count?: number;
  /** When the last of them was, in milliseconds since 1970. */
  readonly last?: number;
  /** The most that a cap allows. */
  readonly limit?: number;
}

/** An activity that a fast-track rule names. */
export interface FastTrack {
  /** The id of the rule. */
  readonly rule: string;
  readonly activity: Activity;
  /** How soon sales must follow up, in milliseconds. */
  readonly followUpWithin: number;
}

/** What a model says of a lead at one time. All points are whole numbers. */
export interface Score {
  readonly fit: number;
  readonly engagement: number;
  /** Fit and engagement together. */
  readonly total: number;
  /** Such as `B2`. */
  readonly grade: string;
  /** Whether both gates are passed and no required field is missing. */
  readonly mql: boolean;
  /** The fields that the model requires of an MQL and the lead lacks, in the model's order. */
  readonly missingRequired: readonly string[];
  /** Sorted, each once. */
  readonly flags: readonly string[];
  /** In the order of the model; `formatReasons` puts the strongest first. */
  readonly reasons: readonly Reason[];
  /** Every matching activity, whatever its age. */
  readonly fastTracks: readonly FastTrack[];
  readonly modelVersion: string;
  /** The first millisecond at which any of this differs although nothing new happens; absent where that never comes. */
  readonly nextChange?: number;
}
