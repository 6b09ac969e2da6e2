import { credible } from '../statistics/credible.ts';
import { fisher } from '../statistics/fisher.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * `stopped`: it held for some and holds for nobody. `fewer` and `more`: by half or twice, and chance is ruled out. `past unknown`: it asks
 * for what the CRM only knows as it is now.
 */
export type FiringWord = 'stopped' | 'never' | 'fewer' | 'more' | 'as before' | 'past unknown';

/** For how many leads a criterion holds. */
export interface FiringCounts {
  readonly earlier: number;
  readonly now: number;
}

export interface CriterionFiring extends NamedCriterion {
  /** Of the leads that came in within either period: what was done long ago does not hide that something stopped. */
  readonly newLeads: FiringCounts;
  readonly allLeads: FiringCounts;
  readonly word: FiringWord;
}

export interface NamedCriterion {
  readonly id: string;
  readonly name: string;
  /** Absent where its bands give them. */
  readonly points?: number;
  /** The fields that it asks for as they are now, since nobody knows what they held before; absent where there are none. */
  readonly asToday?: readonly string[];
}

/** Those to look at first; all others in the order of the model. */
export function criteriaFiring(
  criteria: readonly NamedCriterion[],
  earlier: Snapshot,
  now: Snapshot,
): CriterionFiring[] {
  const groups = { earlier: [earlier.fresh, earlier], now: [now.fresh, now] } as const;
  const rows = criteria.map((criterion) => {
    const [newLeads, allLeads] = [0, 1].map((group) => ({
      earlier: groups.earlier[group]?.holds.get(criterion.id) ?? 0,
      now: groups.now[group]?.holds.get(criterion.id) ?? 0,
    }));
    return { criterion, newLeads: newLeads ?? NONE, allLeads: allLeads ?? NONE };
  });
  // What never holds for new leads, such as that nothing was done for long, is judged by all.
  const judged = rows.map(({ newLeads, allLeads }) =>
    newLeads.earlier + newLeads.now > 0
      ? { counts: newLeads, before: earlier.fresh.leads, after: now.fresh.leads }
      : { counts: allLeads, before: earlier.leads, after: now.leads },
  );
  const isApart = credible(
    judged.map(({ counts, before, after }, place) =>
      isKnown(criteria[place]) ? fisher(counts.earlier, before, counts.now, after) : Number.NaN,
    ),
  );
  return rows
    .map(({ criterion, newLeads, allLeads }, place): CriterionFiring => {
      const one = judged[place];
      const told = one === undefined ? 'as before' : wordOf(one, isApart[place] === true);
      const word = told === 'never' || isKnown(criterion) ? told : 'past unknown';
      return { ...criterion, newLeads, allLeads, word };
    })
    .sort((one, other) => ORDER.indexOf(one.word) - ORDER.indexOf(other.word));
}

/** Earlier leads had more time to have their fields filled in: as of today it holds for more of them. */
const isKnown = (criterion: NamedCriterion | undefined) => (criterion?.asToday ?? []).length === 0;

const NONE: FiringCounts = { earlier: 0, now: 0 };
const ORDER: readonly FiringWord[] = ['stopped', 'fewer', 'more', 'never', 'as before', 'past unknown'];

interface Judged {
  readonly counts: FiringCounts;
  /** Of how many leads either count is. */
  readonly before: number;
  readonly after: number;
}

function wordOf({ counts: { earlier, now }, before, after }: Judged, isApart: boolean): FiringWord {
  if (earlier === 0 && now === 0) return 'never';
  if (!isApart) return 'as before';
  if (now === 0) return 'stopped';
  if (now / after <= earlier / before / 2) return 'fewer';
  return now / after >= (earlier / before) * 2 ? 'more' : 'as before';
}
