import type { CallOptions, RelatedVersion } from '../crm.ts';
import type { Contact } from './api/contacts.ts';

/** What is known of a contact from elsewhere than its own record. */
export interface Beside {
  /** By our names. */
  readonly fields: Readonly<Record<string, string>>;
  readonly related?: RelatedVersion;
  /** Who owns its company, where that is asked for. */
  readonly ownerId?: string;
}

/** Where fields of leads come from besides the record: its company, lists. */
export interface FieldSource {
  /** For at most 100 contacts just read, by their ids, in at most one call; whom it tells nothing of is absent. */
  read(contacts: readonly Contact[], options?: CallOptions): Promise<ReadonlyMap<string, Beside>>;
}
