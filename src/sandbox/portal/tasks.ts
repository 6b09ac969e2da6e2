import type { Contact } from './contact.ts';

export interface Task {
  readonly id: string;
  readonly properties: Record<string, string>;
  readonly contacts: Set<Contact>;
  readonly createdAt: number;
  updatedAt: number;
}

/** Which options a task property takes; undefined for free text. */
export const TASK_PROPERTIES: Readonly<Record<string, readonly string[] | undefined>> = {
  hs_timestamp: undefined,
  hs_task_subject: undefined,
  hs_task_body: undefined,
  hs_task_status: ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'DEFERRED', 'COMPLETED'],
  hs_task_priority: ['NONE', 'LOW', 'MEDIUM', 'HIGH'],
  hs_task_type: ['TODO', 'CALL', 'EMAIL', 'LINKED_IN'],
  hs_task_reminders: undefined,
  hubspot_owner_id: undefined,
};

/** Association types from task to contact and back. */
export const TASK_TO_CONTACT = 204;
export const CONTACT_TO_TASK = 203;

/** Tasks and the contacts they are about. */
export class Tasks {
  readonly all: Task[] = [];
  readonly #byId = new Map<string, Task>();
  #lastId = 61_090_000_000;

  add(properties: Record<string, string>, contacts: Iterable<Contact>, at: number): Task {
    this.#lastId += 13;
    const task = { id: String(this.#lastId), properties, contacts: new Set(contacts), createdAt: at, updatedAt: at };
    this.all.push(task);
    this.#byId.set(task.id, task);
    return task;
  }

  find(id: string): Task | undefined {
    return this.#byId.get(id);
  }

  ofContact(contact: Contact): Task[] {
    return this.all.filter((task) => task.contacts.has(contact));
  }

  move(from: Contact, to: Contact): void {
    if (from === to) return;
    for (const task of this.all) if (task.contacts.delete(from)) task.contacts.add(to);
  }
}
