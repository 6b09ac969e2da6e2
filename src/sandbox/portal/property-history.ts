import type { Contact } from './contact.ts';
import type { ChangeSource } from './portal.ts';
import type { Property } from './property.ts';
import type { Value } from './record.ts';

/** What a property was given, and when, in milliseconds since 1970; undefined where it was emptied. */
export interface Version {
  readonly value: Value | undefined;
  readonly at: number;
  readonly source: ChangeSource;
}

/** What a contact had when it was made counts as somebody's entry. */
const FIRST_SOURCE: ChangeSource = 'CRM_UI';
/** HubSpot keeps no more of a contact's property. */
const MOST_VERSIONS = 45;

/**
 * What the properties of contacts were given over time. A property that never changed has the contact's own time, so that nothing is kept
 * of it: a portal begins with many thousands of them.
 */
export class PropertyHistory {
  /** By contact and the property's slot, oldest first. */
  readonly #kept = new Map<Contact, Map<number, Version[]>>();
  readonly #madeAt: (contact: Contact) => number;

  /** @param madeAt when a contact was made */
  constructor(madeAt: (contact: Contact) => number) {
    this.#madeAt = madeAt;
  }

  /** Oldest first, the present value last; none for a property that was always empty. */
  of(contact: Contact, { slot }: Property): readonly Version[] {
    return this.#kept.get(contact)?.get(slot) ?? this.#first(contact, contact.values[slot]);
  }

  /** A property got another value. */
  add(contact: Contact, { slot }: Property, before: Value | undefined, version: Version): void {
    const versions = this.#kept.get(contact)?.get(slot) ?? this.#first(contact, before);
    this.keep(contact, slot, [...versions, version].slice(-MOST_VERSIONS));
  }

  /** All that there was of a property, oldest first. */
  keep(contact: Contact, slot: number, versions: Version[]): void {
    let own = this.#kept.get(contact);
    if (own === undefined) {
      own = new Map();
      this.#kept.set(contact, own);
    }
    own.set(slot, versions);
  }

  /** A contact that two were merged into has of each property the past of the one whose value it has. */
  merge(properties: Iterable<Property>, both: readonly Contact[], into: Contact, at: number): void {
    for (const property of properties) {
      const value = into.values[property.slot];
      const holder = both.find(({ values }) => values[property.slot] === value);
      if (value === undefined) continue;
      const versions = holder === undefined ? [] : this.of(holder, property);
      this.keep(into, property.slot, versions.length > 0 ? [...versions] : [{ value, at, source: FIRST_SOURCE }]);
    }
  }

  erase(contact: Contact): void {
    this.#kept.delete(contact);
  }

  #first(contact: Contact, value: Value | undefined): Version[] {
    return value === undefined ? [] : [{ value, at: this.#madeAt(contact), source: FIRST_SOURCE }];
  }
}
