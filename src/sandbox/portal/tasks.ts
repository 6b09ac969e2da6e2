import type { Contact } from './contact.ts';
import { writeValue } from './property-value.ts';
import type { CrmRecord } from './record.ts';
import type { SalesRecords } from './sales-records.ts';

/** A task as whoever watches the portal wants to see it. */
export interface Task {
  readonly id: string;
  /** As answers of the API give them; those without a value left out. */
  readonly properties: Readonly<Record<string, string>>;
}

/** The tasks of a portal, for demos and tests to look at. */
export class Tasks {
  readonly #records: SalesRecords;

  constructor(records: SalesRecords) {
    this.#records = records;
  }

  get all(): Task[] {
    return this.#records.store.all.filter(({ state }) => state === 'live').map((record) => this.#view(record));
  }

  ofContact(contact: Contact): Task[] {
    return this.#records.contacts.from(contact).map((record) => this.#view(record));
  }

  #view({ id, values }: CrmRecord): Task {
    const properties: Record<string, string> = {};
    for (const property of this.#records.table.properties.all()) {
      const value = values[property.slot];
      if (value !== undefined) properties[property.name] = writeValue(property, value);
    }
    return { id, properties };
  }
}
