import type { Contact, Value } from './contact.ts';

/** What the index still shows of a contact that has changed since. */
interface Stale {
  readonly contact: Contact;
  /** Undefined for a contact that was not there yet. */
  readonly values: (Value | undefined)[] | undefined;
  /** The index learns of the change at this time. */
  readonly until: number;
}

/**
 * What search sees: every contact as it was `delay` milliseconds ago. Holds a column of change times as well, because
 * nearly every search asks for a window of them, and a scan of numbers is a hundred times cheaper than one of contacts.
 */
export class SearchIndex {
  /** By contact index: lastmodifieddate as the index knows it; NaN, which no filter matches, before it knows the contact. */
  modified = new Float64Array(1_024);
  delay = 0;
  readonly #modifiedSlot: number;
  readonly #stale = new Map<Contact, Stale[]>();
  readonly #queue: Stale[] = [];
  #head = 0;

  constructor(modifiedSlot: number) {
    this.#modifiedSlot = modifiedSlot;
  }

  /** Call before a contact's values are changed. */
  changing(contact: Contact, now: number): void {
    // Here too, so that a portal that nobody searches does not keep every old version.
    this.catchUp(now);
    if (this.delay > 0) this.#keep({ contact, values: contact.values.slice(), until: now + this.delay });
  }

  /** Call once they are. */
  changed(contact: Contact): void {
    if (!this.#stale.has(contact)) this.#show(contact, contact.values);
  }

  /** Call once a contact is added. */
  added(contact: Contact, now: number): void {
    if (this.delay > 0) this.#keep({ contact, values: undefined, until: now + this.delay });
    this.#show(contact, this.delay > 0 ? undefined : contact.values);
  }

  /** A contact's values as search sees them; undefined where it sees none. */
  valuesOf(contact: Contact): (Value | undefined)[] | undefined {
    const stale = this.#stale.get(contact);
    return stale === undefined ? contact.values : stale[0]?.values;
  }

  /** Lets the index learn what it should know by now. */
  catchUp(now: number): void {
    for (let next = this.#queue[this.#head]; next !== undefined && next.until <= now; next = this.#queue[this.#head]) {
      this.#head++;
      const stale = this.#stale.get(next.contact);
      stale?.shift();
      if (stale === undefined || stale.length === 0) {
        this.#stale.delete(next.contact);
        this.#show(next.contact, next.contact.values);
      } else this.#show(next.contact, stale[0]?.values);
    }
    if (this.#head < 10_000 && this.#head < this.#queue.length) return;
    this.#queue.splice(0, this.#head);
    this.#head = 0;
  }

  #keep(stale: Stale): void {
    const list = this.#stale.get(stale.contact);
    if (list === undefined) this.#stale.set(stale.contact, [stale]);
    else list.push(stale);
    this.#queue.push(stale);
  }

  #show(contact: Contact, values: (Value | undefined)[] | undefined): void {
    if (contact.index >= this.modified.length) {
      const grown = new Float64Array(Math.max(this.modified.length * 2, contact.index + 1));
      grown.set(this.modified);
      this.modified = grown;
    }
    const at = values?.[this.#modifiedSlot];
    this.modified[contact.index] = typeof at === 'number' ? at : Number.NaN;
  }
}
