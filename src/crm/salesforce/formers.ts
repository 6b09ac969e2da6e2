import type { Stage } from '../crm.ts';

/** A record that lives on in another: it was merged into it, or converted to it. */
export interface Former {
  readonly id: string;
  readonly email: string | undefined;
  readonly how: 'merged' | 'converted';
  /** How far it got; undefined where that says nothing about the one that is left. */
  readonly stage?: Stage | undefined;
  /** As in LeadRecord; undefined where it says nothing. */
  readonly isBeforeLead?: boolean | undefined;
}

/** Which records live on in which. */
export interface Formers {
  add(former: Former, successor: string): void;
  /**
   * All that were merged into this one, however often on the way, and the Leads that were converted to any of them, by their ids. Not
   * what was merged into such a Lead: what that did went over to the Lead then, and looking for it would be a call more for each batch.
   */
  of(id: string): Former[];
}

export function createFormers(): Formers {
  const direct = new Map<string, Former[]>();
  return {
    add(former, successor) {
      const known = direct.get(successor);
      if (known === undefined) direct.set(successor, [former]);
      else known.push(former);
    },
    of(id) {
      const found = new Map<string, Former>();
      const next = [id];
      for (let one = next.pop(); one !== undefined; one = next.pop()) {
        for (const former of direct.get(one) ?? []) {
          if (former.id === id || found.has(former.id)) continue;
          found.set(former.id, former);
          if (former.how === 'merged') next.push(former.id);
        }
      }
      return [...found.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
    },
  };
}
