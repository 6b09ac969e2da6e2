import type { Contact } from './contact.ts';

export type ProcessingType = 'MANUAL' | 'DYNAMIC' | 'SNAPSHOT';

/** When a contact joined a list; milliseconds since 1970. */
export interface Membership {
  readonly firstAddedAt: number;
  readonly lastAddedAt: number;
}

/** A list (HubSpot also says segment) of contacts. */
export interface ContactList {
  readonly id: string;
  readonly name: string;
  readonly processingType: ProcessingType;
  /** Of the definition. Who joins or leaves does not move it. */
  readonly createdAt: number;
  readonly members: Map<Contact, Membership>;
  lastAddedAt: number | undefined;
  lastRemovedAt: number | undefined;
}

/** Lists and who is on them. Nothing here touches the contacts: HubSpot does not count membership as a change of a contact. */
export class Lists {
  readonly all: ContactList[] = [];
  readonly #left = new WeakMap<ContactList, Map<Contact, number>>();

  add(name: string, processingType: ProcessingType, at: number): ContactList {
    const list: ContactList = {
      id: String(this.all.length + 1),
      name,
      processingType,
      createdAt: at,
      members: new Map(),
      lastAddedAt: undefined,
      lastRemovedAt: undefined,
    };
    this.all.push(list);
    return list;
  }

  find(id: string): ContactList | undefined {
    return this.all.find((list) => list.id === id);
  }

  /** As HubSpot compares names: without regard to case. */
  findByName(name: string): ContactList | undefined {
    return this.all.find((list) => list.name.toLowerCase() === name.toLowerCase());
  }

  join(list: ContactList, contact: Contact, at: number): void {
    if (list.members.has(contact)) return;
    const firstAddedAt = this.#left.get(list)?.get(contact) ?? at;
    list.members.set(contact, { firstAddedAt, lastAddedAt: at });
    list.lastAddedAt = Math.max(list.lastAddedAt ?? at, at);
  }

  leave(list: ContactList, contact: Contact, at: number): void {
    const membership = list.members.get(contact);
    if (membership === undefined) return;
    list.members.delete(contact);
    list.lastRemovedAt = at;
    const left = this.#left.get(list) ?? new Map<Contact, number>();
    this.#left.set(list, left.set(contact, membership.firstAddedAt));
  }

  /** A contact that is deleted is on no list any more. */
  leaveAll(contact: Contact, at: number): void {
    for (const list of this.all) this.leave(list, contact, at);
  }

  /** After a merge: whoever is left is on every list that either was on, and joined it when the first of them did. */
  move(from: Contact, to: Contact): void {
    if (from === to) return;
    for (const { members } of this.all) {
      const membership = members.get(from);
      if (membership === undefined) continue;
      members.delete(from);
      const own = members.get(to);
      members.set(to, {
        firstAddedAt: Math.min(membership.firstAddedAt, own?.firstAddedAt ?? Number.POSITIVE_INFINITY),
        lastAddedAt: Math.min(membership.lastAddedAt, own?.lastAddedAt ?? Number.POSITIVE_INFINITY),
      });
    }
  }

  ofContact(contact: Contact): { list: ContactList; membership: Membership }[] {
    return this.all.flatMap((list) => {
      const membership = list.members.get(contact);
      return membership === undefined ? [] : [{ list, membership }];
    });
  }
}
