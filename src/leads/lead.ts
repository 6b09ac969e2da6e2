/** What a person decided in the CRM against whatever the model says: ready for sales, or never. */
export const OVERRIDES = ['qualified', 'disqualified'] as const;
export type Override = (typeof OVERRIDES)[number];

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
  /** The id of the company that the person works for, as the CRM has it: one account. */
  readonly accountId?: string;
  /** A person's word in the CRM, by the id of the model that it is about. */
  readonly overrides?: Readonly<Record<string, Override>>;
}

/** What a field of config holds, as the CRM has it; undefined where it is empty, also where every object has something of that name, such as `constructor`. */
export function fieldValue({ fields }: Pick<Lead, 'fields'>, name: string): string | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
