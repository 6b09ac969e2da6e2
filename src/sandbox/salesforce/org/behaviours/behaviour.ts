import type { Draft } from '../draft.ts';
import type { Org, OrgChange, Writing } from '../org.ts';
import type { WriteError } from '../write-result.ts';

/** What Salesforce does by itself when a record of one object is saved. */
export interface Behaviour {
  /** Why it cannot be saved, before anything else is looked at. */
  readonly check?: (org: Org, draft: Draft, how: Writing) => WriteError | undefined;
  /** Works out the values that follow from others. */
  readonly settle?: (org: Org, draft: Draft, how: Writing) => void;
  /** Keeps other records in step, once it is saved. */
  readonly follow?: (org: Org, change: OrgChange, how: Writing) => void;
}
