import type { Contact } from './contact.ts';
import type { CrmRecord } from './record.ts';

export interface Company extends CrmRecord {
  /** Those whose primary company this is, as their `associatedcompanyid` says. Deleted and merged ones are not among them. */
  readonly contacts: Set<Contact>;
}
