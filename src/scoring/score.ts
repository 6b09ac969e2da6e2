import type { Activity } from '../leads/activity.ts';
import type { Override } from '../leads/lead.ts';

export type DimensionName = 'fit' | 'engagement';

/**
 * One line of why a score is what it is; the lines of a score add up to it exactly. Of a criterion either time takes points
 * away or its own cap does: what fades beyond the cap is the cap's.
 */
export interface Reason {
  readonly kind: 'criterion' | 'decay' | 'criterion-cap' | 'group-cap' | 'dimension-cap' | 'floor';
  readonly dimension: DimensionName;
  /** The criterion's id, or the name of the group or dimension. */
  readonly id: string;
  /** For people: `Pricing page`, `Web`, `Fit`; of bands, with the band: `Company size 100-999`. */
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

/** An activity that leads into a nurture series. */
export interface Nurture {
  /** The id of the rule. */
  readonly rule: string;
  readonly activity: Activity;
}

/** That the engagement is below the one at which the model recycles; both in milliseconds since 1970. */
export interface Cold {
  /** Since when without a break, or when the lead was created. */
  readonly since: number;
  /** When it will have been so for long enough; it may be past. */
  readonly recycleAt: number;
}

/** A fast-track rule on fields alone that holds now; it fires when it begins to. */
export interface HeldRule {
  /** The id of the rule. */
  readonly rule: string;
  /** A short hash of what it asks. */
  readonly meaning: string;
  /** In milliseconds. */
  readonly followUpWithin: number;
}

/** Why an activity does not score though a criterion asks for such. */
export type LeftOutWhy = 'bot' | 'privacy-proxy' | 'too-soon' | 'several-links';

export interface LeftOut {
  readonly activity: Activity;
  readonly why: LeftOutWhy;
}

/** A criterion that rules the lead out. */
export interface Disqualification {
  readonly criterion: string;
  /** For people, as the model words it: `company too small`. */
  readonly why: string;
}

/** What a model says of a lead at one time. All points are whole numbers. */
export interface Score {
  readonly fit: number;
  readonly engagement: number;
  /** Fit and engagement together. */
  readonly total: number;
  /** Such as `B2`. */
  readonly grade: string;
  /**
   * Whether the lead is ready for sales: both gates passed, no required field missing and not disqualified; or a person's
   * override, which beats all of that.
   */
  readonly mql: boolean;
  /** Whether the lead is more than a subscriber: the model's gates of lead passed and not disqualified, or an MQL. False where the model has no such gates. */
  readonly lead: boolean;
  /** The fields that the model requires of an MQL and the lead lacks, in the model's order. */
  readonly missingRequired: readonly string[];
  /** The first persona of the model that the lead fits. */
  readonly persona?: string;
  /** What rules the lead out, in the order of the model, whether or not a person overrode it. */
  readonly disqualifications: readonly Disqualification[];
  /** What a person decided in the CRM. */
  readonly override?: Override;
  /** Sorted, each once. */
  readonly flags: readonly string[];
  /** In the order of the model; `formatReasons` puts the strongest first. */
  readonly reasons: readonly Reason[];
  /** Every matching activity, whatever its age; none of a lead that is ruled out. */
  readonly fastTracks: readonly FastTrack[];
  /** The rules on fields alone that hold, in the order of the model; none of a lead that is ruled out. */
  readonly heldRules: readonly HeldRule[];
  /** Every activity that leads into a nurture series, whatever its age, oldest first; none of a lead that is ruled out. */
  readonly nurture: readonly Nurture[];
  /**
   * Set while the engagement is below that of `recycle`, where the model has it, whatever a person or sales say of the lead,
   * and be it an MQL or not. Fields are taken to have always been what they are; what is dated in the future counts for
   * the engagement now and not for what it was.
   */
  readonly cold?: Cold;
  /** Activities of machines, oldest first: they score nothing. */
  readonly leftOut: readonly LeftOut[];
  readonly modelVersion: string;
  /**
   * The first millisecond at which any of this differs although nothing new happens, or `cold.recycleAt` where that comes
   * first; absent where neither comes.
   */
  readonly nextChange?: number;
}
