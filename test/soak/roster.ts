import type { Random } from '../../src/sandbox/population/random.ts';

/** Who is there, by their ids, to pick from in one step however many have gone. */
export interface Roster {
  readonly size: number;
  /** Undefined where nobody is there. */
  anybody(): string | undefined;
  /** Somebody who may go or become somebody else: nobody for whom something is awaited. */
  somebodyFree(): string | undefined;
  add(id: string): void;
  remove(id: string): void;
  /** Something is awaited for them, until the function returned is called. */
  hold(id: string): () => void;
}

/** How often chance is asked for somebody free before there is nobody. */
const TRIES = 20;

export function createRoster(ids: Iterable<string>, random: Random): Roster {
  const list = [...new Set(ids)];
  const places = new Map(list.map((id, place) => [id, place]));
  const held = new Map<string, number>();
  const anybody = () => (list.length === 0 ? undefined : list[random.whole(list.length)]);
  return {
    get size() {
      return list.length;
    },
    anybody,
    somebodyFree() {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const id = anybody();
        if (id === undefined || !held.has(id)) return id;
      }
      return undefined;
    },
    add(id) {
      if (places.has(id)) return;
      places.set(id, list.push(id) - 1);
    },
    remove(id) {
      const place = places.get(id);
      if (place === undefined) return;
      places.delete(id);
      const last = list.pop();
      if (last === undefined || last === id) return;
      list[place] = last;
      places.set(last, place);
    },
    hold(id) {
      held.set(id, (held.get(id) ?? 0) + 1);
      return () => {
        const left = (held.get(id) ?? 1) - 1;
        if (left > 0) held.set(id, left);
        else held.delete(id);
      };
    },
  };
}
