import type { ContactPlace } from './write.ts';

/** Where the contacts belong that were read last: who writes to them soon after need not ask again. */
export interface RecentPlaces {
  note(contactId: string, place: ContactPlace): void;
  of(contactId: string): ContactPlace | undefined;
}

/** More than a backfill reads before the first of them is written, as it gathers for bulk writes. */
const MOST = 60_000;

export function createRecentPlaces(): RecentPlaces {
  const places = new Map<string, ContactPlace>();
  return {
    note(contactId, place) {
      // Last in the order, however long it was there.
      places.delete(contactId);
      places.set(contactId, place);
      if (places.size <= MOST) return;
      for (const oldest of places.keys()) {
        places.delete(oldest);
        break;
      }
    },
    of: (contactId) => places.get(contactId),
  };
}
