import type { Connection } from '../../sync/connection.ts';

/** The made-up CRMs that a demo can have. */
export const DEMO_CRMS = ['hubspot', 'salesforce'] as const;
export type DemoCrmName = (typeof DEMO_CRMS)[number];

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
  /** In milliseconds since 1970, as exact as the CRM keeps it; 0 for never. */
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

/** A made-up CRM that answers, before leadgauge is connected to it. */
export interface ServedCrm {
  /** The variables by which this and other terminals work with it. */
  readonly environment: Readonly<Record<string, string>>;
  connected(connection: Connection): DemoCrm;
  close(): Promise<void>;
}

/** A made-up CRM on this machine, as the demo needs it: people who do something, and what sales sees of it. */
export interface DemoCrm {
  /** As people call it: `HubSpot`. */
  readonly title: string;
  /** `portal` or `org`. */
  readonly place: string;
  /** What set-up makes for results: `properties` or `fields`. */
  readonly holders: string;
  /** How the CRM tells of what happens: `webhook`. */
  readonly tellsBy: string;
  readonly url: string;
  readonly connection: Connection;
  /** How exact its times are, in milliseconds. */
  readonly resolution: number;
  cast(seed: number): Cast;
  find(email: string): Person | undefined;
  /** Whether sales does not work them yet, and nothing speaks against it. */
  isProspect(person: Person): boolean;
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
}

/** What a form asks for besides the address. */
export interface DemoFields {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly jobTitle?: string;
  readonly company?: string;
}
