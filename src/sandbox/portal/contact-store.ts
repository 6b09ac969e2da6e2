import type { Contact, Value } from './contact.ts';

/** Ids of today's portals have eleven digits or more: whoever takes them for 32-bit numbers fails here too. */
const FIRST_ID = 30_412_000_000;

/** The contacts in order of their ids, found by id or e-mail address. */
export class ContactStore {
  readonly all: Contact[] = [];
  readonly #byId = new Map<string, Contact>();
  readonly #byEmail = new Map<string, Contact>();
  readonly #archived = new Set<Contact>();
  #lastId = FIRST_ID;

  /** Mints an id: they rise, with gaps, as HubSpot's do. */
  add(values: (Value | undefined)[], bought: boolean): Contact {
    const index = this.all.length;
    this.#lastId += 1 + ((index * 2_654_435_761) >>> 27);
    const contact: Contact = {
      id: String(this.#lastId),
      number: this.#lastId,
      index,
      values,
      state: 'live',
      archivedAt: undefined,
      bought,
    };
    this.all.push(contact);
    this.#byId.set(contact.id, contact);
    return contact;
  }

  /** The live contact that this id leads to, be it by a merge. */
  find(id: string): Contact | undefined {
    const contact = this.#byId.get(id);
    return contact?.state === 'live' ? contact : undefined;
  }

  findArchived(id: string): Contact | undefined {
    const contact = this.#byId.get(id);
    return contact?.state === 'archived' ? contact : undefined;
  }

  /** By any of its addresses, in lower case. */
  findByEmail(email: string): Contact | undefined {
    return this.#byEmail.get(email);
  }

  claimEmail(email: string, contact: Contact): void {
    this.#byEmail.set(email, contact);
  }

  releaseEmail(email: string, contact: Contact): void {
    if (this.#byEmail.get(email) === contact) this.#byEmail.delete(email);
  }

  /** From now on the old contact's id leads to the new one, and so do the ids that led to the old one. */
  redirect(from: Contact, formerIds: readonly string[], to: Contact): void {
    for (const id of [from.id, ...formerIds]) this.#byId.set(id, to);
  }

  archive(contact: Contact, at: number): void {
    contact.state = 'archived';
    contact.archivedAt = at;
    this.#archived.add(contact);
  }

  erase(contact: Contact): void {
    this.#archived.delete(contact);
    contact.state = 'erased';
    contact.values = [];
  }

  /** A page in order of ids, of those above `after`; with whether more follow. */
  page(after: number, limit: number, archived: boolean): { contacts: Contact[]; more: boolean } {
    if (archived) {
      const following = [...this.#archived].filter((one) => one.number > after).sort((a, b) => a.number - b.number);
      return { contacts: following.slice(0, limit), more: following.length > limit };
    }
    const contacts: Contact[] = [];
    for (let index = this.#firstAbove(after); index < this.all.length; index++) {
      const contact = this.all[index];
      if (contact?.state !== 'live') continue;
      if (contacts.length === limit) return { contacts, more: true };
      contacts.push(contact);
    }
    return { contacts, more: false };
  }

  #firstAbove(number: number): number {
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.all[middle]?.number ?? 0) > number) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
