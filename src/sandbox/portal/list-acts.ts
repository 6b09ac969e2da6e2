import { contactOf } from './contact-of.ts';
import type { ContactList, ProcessingType } from './lists.ts';
import type { Portal } from './portal.ts';

/** What marketing does with lists. Everything takes place now. */
export interface ListPeople {
  /** A new, empty list of contacts; one that people fill by hand unless told. */
  createList(list: { name: string; processingType?: ProcessingType }): ContactList;
  /** Puts contacts on a list, by its id or name; who is on it already stays as it is. */
  addToList(list: string, contactIds: readonly string[]): void;
  removeFromList(list: string, contactIds: readonly string[]): void;
}

export function listPeopleOf(portal: Portal): ListPeople {
  const { lists } = portal;
  return {
    createList({ name, processingType = 'MANUAL' }) {
      if (lists.findByName(name) !== undefined) throw new Error(`The sandbox portal already has a list "${name}"`);
      return lists.add(name, processingType, portal.now());
    },
    addToList(list, contactIds) {
      const found = listOf(portal, list);
      for (const id of contactIds) lists.join(found, contactOf(portal, id), portal.now());
    },
    removeFromList(list, contactIds) {
      const found = listOf(portal, list);
      for (const id of contactIds) lists.leave(found, contactOf(portal, id), portal.now());
    },
  };
}

function listOf({ lists }: Portal, idOrName: string): ContactList {
  const list = lists.find(idOrName) ?? lists.findByName(idOrName);
  if (list === undefined) throw new Error(`The sandbox portal has no list "${idOrName}"`);
  return list;
}
