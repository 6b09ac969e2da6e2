import { z } from 'zod';
import type { Limits } from '../sync/limit-used.ts';

/** As `--crm` names it, and leadgauge's own config. */
export type CrmName = 'hubspot' | 'salesforce';

/** One call that the portal was sent; `at` in milliseconds since 1970. */
export type SentCall = z.output<typeof callSchema>;
export const callSchema = z.object({
  at: z.number(),
  kind: z.string(),
  template: z.string(),
  status: z.number(),
  /** Of whose records a query asked, where that is known. */
  object: z.string().optional(),
});

/** The portal of a CRM in a process of its own, as far as a sync needs it. */
export interface CrmProcess {
  readonly crm: CrmName;
  /** What a command line of leadgauge must be told to find it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Absent where the CRM has no limit for some seconds. */
  readonly limit?: (limits: Limits) => Promise<unknown>;
  /** Forgets the calls so far. */
  clear(): Promise<unknown>;
  /** Oldest first. */
  calls(): Promise<SentCall[]>;
  /** How far a backfill is, in words. */
  progress(): Promise<string>;
  /** Sales gives so many leads this title, spread over all of them. */
  change(count: number, title: string): Promise<unknown>;
  /** Moves its clock ahead by so many milliseconds. */
  advance(ms: number): Promise<unknown>;
}
