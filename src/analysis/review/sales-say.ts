import type { SalesWord } from '../../crm/crm.ts';
import { credible } from '../statistics/credible.ts';
import { fisher } from '../statistics/fisher.ts';
import { givenBackReader } from './given-back.ts';

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
  /** By which statuses they gave leads back, in the CRM's own words; the most frequent first. */
  readonly statuses: readonly SaidStatus[];
  /** What they named as the reason, in the CRM's own words; the most frequent first. A lead may have several. */
  readonly reasons: readonly SaidReason[];
  /** Leads that they gave back, for later or for good, without a reason. */
  readonly withoutReason: number;
  /** What rejected leads had in common, what sets them apart first. */
  readonly traits: readonly RejectedTrait[];
}

export interface SaidStatus {
  readonly status: string;
  readonly word: Exclude<SalesWord, 'working'>;
  readonly leads: number;
}

export interface SaidReason {
  readonly reason: string;
  /** How many of the leads that they rejected, and of those that they gave back for later. */
  readonly rejected: number;
  readonly notNow: number;
}

/** What sales say of one lead. */
export interface SaidOfLead {
  readonly word: SalesWord;
  /** In the CRM's own words. */
  readonly status?: string;
  readonly reasons?: readonly string[];
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
  /** A lead that was passed on, with what sales say of it, which may be nothing, and what the model did. */
  add(said: SaidOfLead | undefined, traits: readonly string[]): void;
  finish(): SalesSay;
}

/** More are noise. */
const MOST_TRAITS = 10;

export function salesSayReader(): SalesSayReader {
  const words: Record<SalesWord | 'silent', number> = { working: 0, 'not-now': 0, rejected: 0, silent: 0 };
  const why = givenBackReader();
  const counts = new Map<string, { rejected: number; others: number }>();
  return {
    add(said, traits) {
      const word = said?.word;
      words[word ?? 'silent'] += 1;
      if (said !== undefined) why.add(said);
      for (const trait of new Set(traits)) {
        const count = counts.get(trait) ?? { rejected: 0, others: 0 };
        count[word === 'rejected' ? 'rejected' : 'others'] += 1;
        counts.set(trait, count);
      }
    },
    finish() {
      const { working, 'not-now': notNow, rejected, silent } = words;
      const all = working + notNow + rejected;
      return {
        passed: all + silent,
        working,
        notNow,
        rejected,
        silent,
        ...(all > 0 && { rejectedShare: rejected / all }),
        ...why.finish(),
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
