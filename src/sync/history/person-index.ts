import type { Observation } from '../../crm/crm.ts';
import { hashEmail } from '../../leads/email.ts';
import type { Lead } from '../../leads/lead.ts';

/** Whom something is about: the leads, by their numbers, for whom it counts when they are scored. */
export interface PersonIndex {
  leadsOf(connection: string, person: Observation['person']): readonly number[];
  /** By lead, 1 where another record of the same person was known earlier: who stands in the CRM twice is one person, and bought once. */
  doubles(createdAt: Float64Array): Uint8Array;
  /** Gives its memory back; from here on nothing is about anybody. */
  forget(): void;
}

export interface PersonIndexBuilder extends PersonIndex {
  /** A lead that is looked at. */
  add(connection: string, lead: Lead, number: number): void;
  /** A record of another CRM: what its person did there counts for every lead with one of its addresses. Add these last. */
  addBeside(connection: string, record: Lead): void;
}

type Named = Pick<Lead, 'id' | 'formerIds' | 'emails'>;

/** By ids, also those of records that were merged, and by hashes of addresses: the addresses themselves are not kept. */
export function personIndex(): PersonIndexBuilder {
  const byId = new Map<string, Places>();
  const byAddress = places();
  /** Other leads with an address of this one: they are the same person. */
  const mates = new Map<number, Set<number>>();

  function idsOf(connection: string): Places {
    const known = byId.get(connection);
    if (known !== undefined) return known;
    const fresh = places();
    byId.set(connection, fresh);
    return fresh;
  }

  const allIds = ({ id, formerIds }: Named) => [id, ...formerIds];

  return {
    forget() {
      byId.clear();
      byAddress.forget();
      mates.clear();
    },
    add(connection, lead, number) {
      for (const id of allIds(lead)) idsOf(connection).add(id, number);
      for (const email of lead.emails) {
        const hash = hashEmail(email);
        for (const other of byAddress.get(hash)) {
          matesOf(mates, other).add(number);
          matesOf(mates, number).add(other);
        }
        byAddress.add(hash, number);
      }
    },
    addBeside(connection, record) {
      const same = new Set(record.emails.flatMap((email) => byAddress.get(hashEmail(email))));
      for (const number of same) for (const id of allIds(record)) idsOf(connection).add(id, number);
    },
    doubles(createdAt) {
      const doubles = new Uint8Array(createdAt.length);
      for (const group of groupsOf(mates)) {
        const first = group.reduce((one, other) => (isEarlier(createdAt, other, one) ? other : one));
        for (const lead of group) doubles[lead] = lead === first ? 0 : 1;
      }
      return doubles;
    },
    leadsOf(connection, person) {
      if ('email' in person) return byAddress.get(hashEmail(person.email));
      const own = byId.get(connection)?.get(person.leadId) ?? NOBODY;
      if (mates.size === 0) return own;
      return [...new Set(own.flatMap((lead) => [lead, ...(mates.get(lead) ?? NOBODY)]))];
    },
  };
}

const NOBODY: readonly number[] = [];

function matesOf(mates: Map<number, Set<number>>, lead: number): Set<number> {
  const known = mates.get(lead);
  if (known !== undefined) return known;
  const fresh = new Set<number>();
  mates.set(lead, fresh);
  return fresh;
}

/** All records of each person who has several, also of those who are tied by a third one alone. */
function* groupsOf(mates: ReadonlyMap<number, ReadonlySet<number>>): Generator<readonly number[]> {
  const seen = new Set<number>();
  for (const start of mates.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const group = [start];
    // Grows while it is walked.
    for (const lead of group) {
      for (const mate of mates.get(lead) ?? NOBODY) {
        if (seen.has(mate)) continue;
        seen.add(mate);
        group.push(mate);
      }
    }
    yield group;
  }
}

function isEarlier(createdAt: Float64Array, one: number, other: number): boolean {
  const [first, second] = [createdAt[one] ?? 0, createdAt[other] ?? 0];
  return first < second || (first === second && one < other);
}

interface Places {
  forget(): void;
  add(key: string, place: number): void;
  get(key: string): readonly number[];
}

/** Most keys have one place: these take no list of their own. */
function places(): Places {
  const held = new Map<string, number | readonly number[]>();
  const get = (key: string): readonly number[] => {
    const known = held.get(key);
    return known === undefined ? NOBODY : typeof known === 'number' ? [known] : known;
  };
  return {
    get,
    forget: () => held.clear(),
    add(key, place) {
      const known = get(key);
      if (!known.includes(place)) held.set(key, known.length === 0 ? place : [...known, place]);
    },
  };
}
