export interface SetupStep {
  readonly kind: 'group' | 'property' | 'permission';
  /** Where it is created; with the leads when absent. */
  readonly on?: 'accounts';
  /** The property's internal name. */
  readonly name: string;
  /** One line for a person: `property leadgauge_score (number): Lead score`. */
  readonly description: string;
}

export interface RemovalStep {
  readonly kind: 'group' | 'property' | 'permission';
  /** Where it is; with the leads when absent. */
  readonly on?: 'accounts';
  /** The internal name. */
  readonly name: string;
  /** One line for a person: `property leadgauge_score: Lead score`. */
  readonly description: string;
}

/** Something that looks like the set-up's, and is not or no longer. */
export interface KeptOutput {
  readonly kind: 'group' | 'property' | 'permission';
  readonly on?: 'accounts';
  readonly name: string;
  /** As in "left alone, as …". */
  readonly reason: string;
}

export interface RemovalPlan {
  readonly steps: readonly RemovalStep[];
  readonly kept: readonly KeptOutput[];
}

export interface RemovalOutcome {
  readonly step: RemovalStep;
  /** Why it is still there, and what to do; undefined once it is gone. */
  readonly refused: string | undefined;
}

export interface Finding {
  readonly level: 'ok' | 'warning' | 'problem';
  /** What was tried, and for a problem what to do about it. */
  readonly message: string;
}
