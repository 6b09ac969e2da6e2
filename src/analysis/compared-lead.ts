import type { OutputChange, Outputs } from '../crm/crm.ts';

/** A lead under one model: what the CRM holds now, and what is written to it. */
export interface ComparedLead {
  readonly before: Partial<Outputs>;
  /** Empty where the CRM holds it all already; null empties a property. */
  readonly changes: OutputChange;
  /** The criteria that hold for the lead, whether or not they give points; undefined where the model is not about it. */
  readonly holds: readonly string[] | undefined;
  /** What becomes of it beside its score; of a plan, what would if it were asked for. */
  readonly moves: Moves;
  /** Whether it came to meet the gates, and waits for `start` or `--promote` to mark it and pass it on. */
  readonly waits: boolean;
}

/** Where a lead goes by one model. */
export interface Moves {
  /** Moved forward to MQL. */
  readonly promotes: boolean;
  /** Moved from before the stage of a lead to it. */
  readonly toLead: boolean;
  /** Given back to marketing. */
  readonly recycles: boolean;
  /** The nurture rule that it is routed by. */
  readonly nurture?: string;
  /** The fast-track rules that put it before sales. */
  readonly fastTracks: readonly string[];
}

/** Nothing becomes of it but its score. */
export const STAYS: Moves = { promotes: false, toLead: false, recycles: false, fastTracks: [] };

/** What people look at: a new model version or time beside the same score is no change to them. */
const SEEN = [
  'score',
  'fit',
  'engagement',
  'grade',
  'reasons',
  'flags',
  'mql',
  'persona',
  'disqualified',
] as const satisfies (keyof Outputs)[];

export function isChanged({ changes }: ComparedLead): boolean {
  return SEEN.some((key) => changes[key] !== undefined);
}

export function isWritten({ changes }: ComparedLead): boolean {
  return Object.keys(changes).length > 0;
}

/** What the CRM holds of an output once the changes are written; undefined where it holds nothing. */
export function valueAfter<Key extends keyof Outputs>(
  { before, changes }: ComparedLead,
  key: Key,
): Outputs[Key] | undefined {
  const written: Outputs[Key] | null | undefined = changes[key];
  return written === undefined ? before[key] : (written ?? undefined);
}
