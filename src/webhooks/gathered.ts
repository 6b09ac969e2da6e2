import { setImmediate as endOfTurn } from 'node:timers/promises';

interface Group<Item> {
  readonly items: Item[];
  readonly done: Promise<void>;
}

/**
 * Does for many what each would do with a step in Redis of its own: all that requests of one turn of the event loop ask for is
 * done together, some `most` at once. So a receiver that has more to do does it in fewer steps, and one that has little waits for nobody.
 * What comes of it comes to all of them: where it fails, each sender tries again, and what was done already is done once.
 */
export function gathered<Item>(
  most: number,
  work: (items: readonly Item[]) => Promise<unknown>,
): (items: readonly Item[]) => Promise<void> {
  let open: Group<Item> | undefined;
  const begin = (): Group<Item> => {
    const items: Item[] = [];
    const group = { items, done: finish(items) };
    open = group;
    return group;
  };
  const finish = async (items: readonly Item[]) => {
    await endOfTurn();
    if (open?.items === items) open = undefined;
    await work(items);
  };
  return (items) => {
    const group = open === undefined || open.items.length + items.length > most ? begin() : open;
    group.items.push(...items);
    return group.done;
  };
}
