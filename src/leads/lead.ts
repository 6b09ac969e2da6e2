/** A person as one CRM knows them: our field names, text values, nothing blank. */
export interface Lead {
  /** The record's id in its CRM. */
  readonly id: string;
  /** Ids of records that were merged into this one: what they did counts for it. */
  readonly formerIds: readonly string[];
  /** Normalised addresses, the primary one first; empty for a lead without e-mail. */
  readonly emails: readonly string[];
  /** By the names in `config/`, such as `job_title`. A field without a value is absent. */
  readonly fields: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly ownerId?: string;
}
