/** Something that holds for a lead or does not, as a criterion of a model asks it. */
export interface Feature {
  /** Fit to be a criterion's id; unique. */
  readonly id: string;
  /** For a person: `Lead Source is Reference`. */
  readonly name: string;
  /** The column, field or kind of activity that it is read from. */
  readonly source: string;
  readonly dimension: 'fit' | 'engagement';
  /** The condition in the model's language, as plain data that YAML can be written from. */
  readonly when: unknown;
  /** What the model gives for it now; absent where the data suggested it. */
  readonly points?: number;
  /** The sign that marketing insists on; absent where it says nothing, or lets history choose. */
  readonly held?: 'up' | 'down';
  /** What else the criterion does now, as YAML has it: that stays, whatever its points come to be. */
  readonly kept?: { readonly flag?: string; readonly disqualify?: string; readonly window?: string };
  /** Our names of the fields that it asks for, where `when` does not say all of them. */
  readonly fields?: readonly string[];
  /** Those of its fields that count as they are now, because nobody knows what they held before; absent where there are none. */
  readonly asToday?: readonly string[];
}

/** Who bought, and what held for each lead before that: sparse, so that 200,000 leads with 300 features take tens of megabytes. */
export interface History {
  /** By lead, 1 or 0. */
  readonly bought: Uint8Array;
  /** When each lead was looked at, in milliseconds since 1970; NaN where that is not known. */
  readonly at: Float64Array;
  readonly features: readonly Feature[];
  /** By lead, 1 for whom the model passes on to sales with no points: a field is missing that it requires, or it rules the lead out. None when absent. */
  readonly barred?: Uint8Array;
  /** For each feature, the indexes of the leads for which it holds, ascending. */
  readonly leadsOf: readonly Uint32Array[];
  /**
   * For each feature, what the model gives the leads for which it holds, in the mean: what is given for each time, in bands, or fades is
   * more or less than `points`. NaN where it holds for nobody, or gives some of them points and takes them from others.
   */
  readonly given?: Float64Array;
  /** How many such leads come in a week, where that is known better than by the times at which they were looked at. */
  readonly perWeek?: number;
}
