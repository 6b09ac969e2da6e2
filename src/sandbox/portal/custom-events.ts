import type { Contact } from './contact.ts';

export interface CustomEvent {
  /** Rises with each event of the portal. */
  readonly number: number;
  readonly type: string;
  contact: Contact;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly properties: Readonly<Record<string, string>>;
}

/** Events that a company defined itself and sends to HubSpot. A portal of the sandbox has few. */
export class CustomEvents {
  readonly types = new Set<string>();
  #all: CustomEvent[] = [];
  #count = 0;
  readonly #portalId: number;

  constructor(portalId: number) {
    this.#portalId = portalId;
  }

  /** The whole name, which begins with the portal's id, of a type that may be given by its own name alone. */
  typeOf(name: string): string {
    return /^pe\d+_/.test(name) ? name : `pe${this.#portalId}_${name}`;
  }

  add(event: Omit<CustomEvent, 'number'>): CustomEvent {
    this.types.add(event.type);
    const added = { ...event, number: this.#count++ };
    this.#all.push(added);
    return added;
  }

  /** From `from` (inclusive) to `to` (exclusive), in order of time. */
  between(from: number, to: number): CustomEvent[] {
    const within = this.#all.filter(({ at }) => at >= from && at < to);
    return within.sort((a, b) => a.at - b.at || a.number - b.number);
  }

  move(from: Contact, to: Contact): void {
    for (const event of this.#all) if (event.contact === from) event.contact = to;
  }

  /** After a privacy deletion. */
  erase(contact: Contact): void {
    this.#all = this.#all.filter((event) => event.contact !== contact);
  }
}
