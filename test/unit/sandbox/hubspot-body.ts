/**
 * What the tests of the sandbox look at in HubSpot's answers. Which keys there are depends on the call, so that all are
 * optional. What the sandbox's own controls answer is compared whole, but for an id.
 */
export interface HubspotBody {
  readonly id?: string;
  readonly properties?: HubspotProperties;
  readonly results?: readonly HubspotRow[];
  readonly total?: number;
  readonly paging?: { readonly next: { readonly after: string }; readonly prev?: { readonly before: string } };
  readonly options?: readonly { readonly value: string }[];
  readonly eventTypes?: readonly string[];
  readonly category?: string;
  readonly message?: string;
  readonly policyName?: string;
  readonly numErrors?: number;
  readonly errors?: readonly HubspotProblem[];
  /** Of lists, campaigns and events of e-mails, which have pages of their own kind. */
  readonly hasMore?: boolean;
  readonly offset?: string | number;
  readonly list?: HubspotList;
  readonly lists?: readonly HubspotList[];
  readonly events?: readonly HubspotMailEvent[];
  readonly campaigns?: readonly { readonly id: number }[];
}

/** One of several things in an answer: a contact, a company, a property, a submission, an event, an association. */
export interface HubspotRow {
  readonly id?: string;
  readonly name?: string;
  readonly properties?: HubspotProperties;
  readonly modificationMetadata?: { readonly readOnlyValue: boolean };
  readonly submittedAt?: number;
  readonly objectId?: string;
  readonly recordId?: string;
  readonly membershipTimestamp?: string;
  readonly eventType?: string;
  readonly toObjectId?: string;
  readonly to?: readonly { readonly toObjectId: string }[];
}

/** A list of contacts. */
export interface HubspotList {
  readonly listId: string;
  readonly name: string;
  readonly size?: number;
  readonly additionalProperties?: Readonly<Record<string, string>>;
}

/** What happened to a marketing e-mail. */
export interface HubspotMailEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly recipient: string;
  readonly sentBy?: { readonly id: string; readonly created: number };
  readonly filteredEvent?: boolean;
}

/** One of the things that went wrong, with lists of what it was about. */
export interface HubspotProblem {
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** Values by the name of their property, null where the record has none. */
export type HubspotProperties = Readonly<Record<string, string | null>>;
