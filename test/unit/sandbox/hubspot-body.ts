/**
 * What the tests of the sandbox look at in HubSpot's answers. Which keys there are depends on the call, so that all are
 * optional. What the sandbox's own controls answer is compared whole, but for an id.
 */
export interface HubspotBody {
  readonly id?: string;
  readonly properties?: HubspotProperties;
  readonly results?: readonly HubspotRow[];
  readonly total?: number;
  readonly paging?: { readonly next: { readonly after: string } };
  readonly options?: readonly { readonly value: string }[];
  readonly eventTypes?: readonly string[];
  readonly category?: string;
  readonly message?: string;
  readonly policyName?: string;
  readonly numErrors?: number;
  readonly errors?: readonly HubspotProblem[];
}

/** One of several things in an answer: a contact, a company, a property, a submission, an event, an association. */
export interface HubspotRow {
  readonly id?: string;
  readonly name?: string;
  readonly properties?: HubspotProperties;
  readonly modificationMetadata?: { readonly readOnlyValue: boolean };
  readonly submittedAt?: number;
  readonly objectId?: string;
  readonly toObjectId?: string;
  readonly to?: readonly { readonly toObjectId: string }[];
}

/** One of the things that went wrong, with lists of what it was about. */
export interface HubspotProblem {
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** Values by the name of their property, null where the record has none. */
export type HubspotProperties = Readonly<Record<string, string | null>>;
