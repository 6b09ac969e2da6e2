import type { SalesWord } from '../../crm/crm.ts';
import { credible } from '../statistics/credible.ts';
import { fisher } from '../statistics/fisher.ts';

/** What sales said of the leads that they were given. */
export interface SalesSay {
  /** Leads passed on within the period. */
  readonly passed: number;
  readonly working: number;
  readonly notNow: number;
  readonly rejected: number;
  /** Nothing yet. */
  readonly silent: number;
  /** From 0 to 1, of those of whom they said anything; absent where they said nothing. */
  readonly rejectedShare?: number;
  /** What rejected leads had in common, what sets them apart first. */
  readonly traits: readonly RejectedTrait[];
}

/** Something that the models said of leads, such as a flag or a grade. */
export interface RejectedTrait {
  /** For people: `flag "competitor"`. */
  readonly name: string;
  /** How many of the rejected leads, and of all others that were passed on, had it. */
  readonly rejected: number;
  readonly others: number;
  /** Shares of these, from 0 to 1. */
  readonly rejectedShare: number;
  readonly othersShare: number;
  /** Whether chance is ruled out, given how many were asked about. */
  readonly isApart: boolean;
}

export interface SalesSayReader {
  /** A lead that was passed on, with what sales say of it and what the model did. */
  add(word: SalesWord | undefined, traits: readonly string[]): void;
  finish(): SalesSay;
}

/** More are noise. */
const MOST_TRAITS = 10;

export function salesSayReader(): SalesSayReader {
  const said: Record<SalesWord | 'silent', number> = { working: 0, 'not-now': 0, rejected: 0, silent: 0 };
  const counts = new Map<string, { rejected: number; others: number }>();
  return {
    add(word, traits) {
      said[word ?? 'silent'] += 1;
      for (const trait of new Set(traits)) {
        const count = counts.get(trait) ?? { rejected: 0, others: 0 };
        count[word === 'rejected' ? 'rejected' : 'others'] += 1;
        counts.set(trait, count);
      }
    },
    finish() {
      const { working, 'not-now': notNow, rejected, silent } = said;
      const all = working + notNow + rejected;
      return {
        passed: all + silent,
        working,
        notNow,
        rejected,
        silent,
        ...(all > 0 && { rejectedShare: rejected / all }),
        traits: rejected === 0 ? [] : traitsOf(counts, rejected, all + silent - rejected),
      };
    },
  };
}

function traitsOf(
  counts: ReadonlyMap<string, { readonly rejected: number; readonly others: number }>,
  allRejected: number,
  allOthers: number,
): RejectedTrait[] {
  const found = [...counts].map(([name, { rejected, others }]) => ({
    name,
    rejected,
    others,
    rejectedShare: rejected / allRejected,
    othersShare: allOthers === 0 ? 0 : others / allOthers,
    chance: fisher(rejected, allRejected, others, allOthers),
  }));
  const isApart = credible(found.map(({ chance }) => chance));
  return found
    .map(({ chance: _, ...trait }, place) => ({ ...trait, isApart: isApart[place] === true }))
    .filter(({ rejectedShare, othersShare }) => rejectedShare > othersShare)
    .sort(
      (one, other) =>
        Number(other.isApart) - Number(one.isApart) ||
        other.rejectedShare - other.othersShare - (one.rejectedShare - one.othersShare) ||
        (one.name < other.name ? -1 : 1),
    )
    .slice(0, MOST_TRAITS);
}
