import type { Connection } from '../../sync/connection.ts';

/** Somebody whom a made-up CRM has. */
export interface Person {
  readonly id: string;
  readonly email: string;
}

/** What the CRM holds of somebody that sales would look at. */
export interface Glance {
  readonly score: number;
  readonly grade: string;
  readonly flags: readonly string[];
  readonly stage: string;
  /** In milliseconds since 1970; 0 for never. */
  readonly fastTrackAt: number;
}

/** Gives out people, each once, in an order that the seed decides. */
export interface Cast {
  /** Somebody with a business address whom sales does not work yet; undefined once there is nobody left. */
  prospect(): Person | undefined;
}

/** Something that a person does: it happens when it is called. */
export interface Deed {
  /** As in "somebody …": `looked at /pricing`. */
  readonly what: string;
  act(): void;
}

/** A made-up CRM on this machine, as the demo needs it: people who do something, and what sales sees of it. */
export interface DemoCrm {
  /** As people call it: `HubSpot`. */
  readonly title: string;
  /** `portal` or `org`. */
  readonly place: string;
  readonly url: string;
  readonly connection: Connection;
  /** The variables by which another terminal works with it. */
  readonly environment: Readonly<Record<string, string>>;
  cast(seed: number): Cast;
  find(email: string): Person | undefined;
  someone(): Person | undefined;
  /** Things that move a score: another one with each turn. */
  deed(person: Person, turn: number): Deed;
  /** Somebody asks for a demo, whom the CRM may or may not know. */
  asksForDemo(email: string, fields: DemoFields): { readonly person: Person; readonly at: number };
  glance(person: Person): Glance;
  /** `CFO at Acme Ltd`, never a name or an address. */
  describe(person: Person): string;
  /** Whether the CRM tells of what happens, or leaves it to the polls to find out. */
  tell(mode: 'send' | 'drop'): void;
  /** Once everything that was told is taken in. */
  settled(): Promise<void>;
  /** How often a call was refused for its limits. */
  rateLimited(): number;
  close(): Promise<void>;
}

/** What a form asks for besides the address. */
export interface DemoFields {
  readonly firstName?: string;
  readonly jobTitle?: string;
  readonly company?: string;
}
