import type { Contact } from './contact.ts';
import type { Value } from './record.ts';
import { RecordStore } from './record-store.ts';

/** Ids of today's portals have eleven digits or more: whoever takes them for 32-bit numbers fails here too. */
const BELOW_FIRST = 30_412_000_000;

/** The contacts in order of their ids, found by id or e-mail address. */
export class ContactStore extends RecordStore<Contact> {
  readonly #byEmail = new Map<string, Contact>();

  constructor() {
    super(BELOW_FIRST);
  }

  add(values: (Value | undefined)[], bought: boolean): Contact {
    return this.keep({ ...this.mint(values), bought });
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
}
