import type { LeadgaugeError } from '../base/errors.ts';
import type { FollowUpState } from '../leads/follow-up-state.ts';

/**
 * What leadgauge writes to a lead for each model. `scoredAt` and everything before it is state; what follows is written when
 * it happens.
 */
export interface Outputs {
  readonly score: number;
  readonly fit: number;
  readonly engagement: number;
  /** Such as `B2`. */
  readonly grade: string;
  /** One reason a line, strongest first; the connection cuts it to its property's length on a whole line. */
  readonly reasons: string;
  /** Sorted. */
  readonly flags: readonly string[];
  /** Whether the model's gates are met. */
  readonly mql: boolean;
  /** The id of the persona. */
  readonly persona: string;
  /** Why the lead is ruled out, one reason a line. */
  readonly disqualified: string;
  readonly modelVersion: string;
  /** Milliseconds since 1970; moves only when another output does. */
  readonly scoredAt: number;

  readonly mqlAt: number;
  /** `sales` or `nurture`. */
  readonly route: string;
  /** The id of the fast-track rule. */
  readonly fastTrack: string;
  /** When the person did what fast-tracked them. */
  readonly fastTrackAt: number;
  /** When leadgauge moved a subscriber on to be a lead. */
  readonly leadAt: number;
  /** When the lead was last given back to marketing. */
  readonly recycledAt: number;
  /** One line: why the stage last moved. */
  readonly stageReason: string;
  /** The id of the nurture rule, and when the person did what it asks. */
  readonly nurture: string;
  readonly nurtureAt: number;
  /** When the lead was last routed to sales: from then on the clock of the follow-up runs. */
  readonly routedAt: number;
  /** By when sales are to follow up, within working hours. */
  readonly followUpBy: number;
  readonly followUp: FollowUpState;
  /** When sales first called, wrote or met after `routedAt`. */
  readonly firstTouchedAt: number;
  /** How often sales tried since `routedAt`. */
  readonly attempts: number;
  /** Whether the follow-up is late now. */
  readonly overdue: boolean;
}

/** What an output becomes; null empties it. */
export type OutputChange = { readonly [Key in keyof Outputs]?: Outputs[Key] | null };

export interface LeadChange {
  readonly id: string;
  /** By the id of the model. */
  readonly outputs: Readonly<Record<string, OutputChange>>;
  /** Moves the lifecycle stage forward to MQL; see LeadRecord.stage. */
  readonly promote?: boolean;
  /**
   * Moves the lifecycle stage back to the one before MQL, for a lead that sales gave back, or whose move back stopped half way. Never together
   * with `promote`.
   */
  readonly demote?: boolean;
  /** Moves the stage forward to the one of a lead, where it stands before that; see LeadRecord.isBeforeLead. Never together with the others. */
  readonly toLead?: boolean;
  /** Makes this person the owner, by the CRM's id of them. */
  readonly ownerId?: string;
}

export interface AccountChange {
  readonly id: string;
  /** By the id of the model; null empties the property. */
  readonly scores: Readonly<Record<string, number | null>>;
}

export type WriteOutcome =
  /**
   * `changedAt`: the record's own change time after the write, to know our echo by; 0 where it is not known. Where only a span of time is
   * known, it is the end and `since` the beginning. `moved` tells of a promotion or demotion; it is false where the CRM kept the stage.
   */
  | {
      readonly id: string;
      readonly status: 'written';
      readonly changedAt: number;
      readonly since?: number;
      readonly moved?: boolean;
    }
  /** The record no longer exists. */
  | { readonly id: string; readonly status: 'gone' }
  | { readonly id: string; readonly status: 'failed'; readonly error: LeadgaugeError };

export interface FollowUpTask {
  readonly leadId: string;
  /** Whose task it is; in place of the lead's owner where somebody else is to act. */
  readonly ownerId?: string;
  readonly subject: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** Unique; kept in the task's text, where `findTask` finds it. */
  readonly reference: string;
}
