import type { OutputChange, Outputs } from '../crm/crm.ts';

/** A lead under one model: what the CRM holds now, and what is written to it. */
export interface ComparedLead {
  readonly before: Partial<Outputs>;
  /** Empty where the CRM holds it all already; null empties a property. */
  readonly changes: OutputChange;
  /** The criteria that hold for the lead, whether or not they give points; undefined where the model is not about it. */
  readonly holds: readonly string[] | undefined;
  /** Whether it is moved forward to MQL; of a plan, whether it would be if promotions were asked for. */
  readonly promotes: boolean;
  /** Whether it came to meet the gates, and waits for `start` or `--promote` to mark it and pass it on. */
  readonly waits: boolean;
}

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
