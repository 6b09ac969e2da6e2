import { HOUR } from '../base/clock.ts';
import type { Position } from '../base/errors.ts';
import type { WorkingHours } from '../base/working-hours.ts';
import type { Lead } from '../leads/lead.ts';

/** What `config/sales.yaml` says of the people in sales: who gets a lead, when they work, and what follows where nobody calls. */
export interface Sales {
  /** The ways to an owner, in the order in which they are tried. */
  readonly owner: readonly OwnerWay[];
  /** In the order in which they are tried. */
  readonly territories: readonly Territory[];
  /** Of whoever has none of their own; undefined for around the clock. Nobody is away by it. */
  readonly hours: WorkingHours | undefined;
  /** By their normalised addresses. */
  readonly people: ReadonlyMap<string, Person>;
  /** What happens where nobody calls; undefined where that is off: then nothing is said of it. */
  readonly followUp: FollowUpRules | undefined;
  /** How many leads one rule may send to sales in how long; undefined where it is off. */
  readonly ceiling: Ceiling | undefined;
  readonly notify: Notify;
  /** Undefined where it is off. */
  readonly digest: Digest | undefined;
  /** Every place that names somebody who must be a user of the CRM. */
  readonly mentions: readonly PersonMention[];
  readonly calendars: readonly Calendar[];
}

/** Where there is no such file: who has no owner gets the next one, and nobody is told or waited for. */
export const NO_SALES: Sales = {
  owner: ['existing', 'round_robin'],
  territories: [],
  hours: undefined,
  people: new Map(),
  followUp: undefined,
  ceiling: { leads: 100, per: HOUR },
  notify: { slack: false, https: false, email: undefined, team: [] },
  digest: undefined,
  mentions: [],
  calendars: [],
};

export const OWNER_WAYS = ['existing', 'account', 'territory', 'round_robin'] as const;
/** `existing`: who owns the lead already. `account`: who owns its company. `round_robin`: the owners of the CRM's own file, in turn. */
export type OwnerWay = (typeof OWNER_WAYS)[number];

export interface Territory {
  /** A short hash of what it asks: the same wherever it stands in the file, and whoever works there. */
  readonly id: string;
  holds(lead: Lead): boolean;
  /** Normalised addresses of those who take its leads in turn. */
  readonly owners: readonly string[];
}

export interface Person {
  /** Where config says it; it comes before what the CRM says. */
  readonly timeZone: string | undefined;
  /** When they work, in their time zone; undefined where it is around the clock and never away. */
  readonly hours: Omit<WorkingHours, 'timeZone'> | undefined;
  /** A normalised address. */
  readonly manager: string | undefined;
  /** Their member id, as in <@U012AB3CD>. */
  readonly slack: string | undefined;
}

export interface FollowUpRules {
  /** How long after the reminder somebody else is told, in milliseconds, see `dueAfter`; undefined where nobody else is. */
  readonly escalateAfter: number | undefined;
  readonly escalateTo: EscalateTo;
  /** How often sales try before they may give up, at least 1. */
  readonly attempts: number;
  /** Within how long, in milliseconds; see `workingTimeOf`. */
  readonly over: number;
}

/** The owner's manager, somebody else as the new owner, or whoever has this normalised address. */
export type EscalateTo = 'manager' | 'reassign' | { readonly email: string };

export interface Ceiling {
  readonly leads: number;
  /** In milliseconds. */
  readonly per: number;
}

export interface Notify {
  readonly slack: boolean;
  readonly https: boolean;
  /** Undefined where it is off. `from` is an address, or a name with one: `Leads <leads@example.com>`. */
  readonly email: { readonly from: string } | undefined;
  /** Normalised addresses of those who are told what concerns all of sales. */
  readonly team: readonly string[];
}

export interface Digest {
  /** When it is sent, in minutes of the day by the clock of who gets it. */
  readonly at: number;
}

/** A place of the file that names a person; whoever says so tells the place, never the address. */
export interface PersonMention {
  /** Normalised. */
  readonly email: string;
  readonly place: Position;
}

export interface Calendar {
  readonly name: string;
  /** The last date of it, such as 2026-12-26; undefined where it has none. */
  readonly last: string | undefined;
  readonly place: Position;
}
