const PARTS = 5;
/** A category of few leads is drawn towards the base rate, as if it had so many more that buy as often as everybody. */
const BORROWED = 2;

/**
 * How well a column of words tells buyers from others by itself: the AUC of giving each lead the rate of its category. Leads are dealt
 * into five parts; within each, they are ranked by rates learned from the other four, or else a column in which each value occurs once,
 * such as the number of an order, would seem to know everything. `categories` are whole numbers from 0, without large gaps. NaN where
 * there are no buyers, or nobody else.
 */
export function aucOfCategories(categories: Uint32Array, bought: Uint8Array): number {
  const counts = countByCategory(categories, bought);
  const all = totalOf(counts.all);
  const baseRate = all.buyers / all.leads;
  let wins = 0;
  let pairs = 0;
  for (const part of counts.parts) {
    const rates = Float64Array.from(counts.all.leads, (leads, category) => {
      const learned = leads - (part.leads[category] ?? 0);
      const hits = (counts.all.buyers[category] ?? 0) - (part.buyers[category] ?? 0);
      return (hits + BORROWED * baseRate) / (learned + BORROWED);
    });
    const { buyers, leads } = totalOf(part);
    wins += winsBy(rates, part);
    pairs += buyers * (leads - buyers);
  }
  return wins / pairs;
}

/** By category. */
interface Counts {
  readonly leads: Uint32Array;
  readonly buyers: Uint32Array;
}

function countByCategory(categories: Uint32Array, bought: Uint8Array): { all: Counts; parts: readonly Counts[] } {
  const width = categories.reduce((most, category) => Math.max(most, category + 1), 0);
  const empty = (): Counts => ({ leads: new Uint32Array(width), buyers: new Uint32Array(width) });
  const all = empty();
  const parts = Array.from({ length: PARTS }, empty);
  // Dealt out in turn, buyers and others each for themselves, so that each part has its share of both.
  const dealt = [0, 0];
  for (const [lead, category] of categories.entries()) {
    const outcome = bought[lead] ?? 0;
    const turn = dealt[outcome] ?? 0;
    dealt[outcome] = turn + 1;
    for (const counts of [all, parts[turn % PARTS] ?? all]) {
      counts.leads[category] = (counts.leads[category] ?? 0) + 1;
      counts.buyers[category] = (counts.buyers[category] ?? 0) + outcome;
    }
  }
  return { all, parts };
}

function totalOf({ leads, buyers }: Counts): { leads: number; buyers: number } {
  const sum = (counts: Uint32Array) => counts.reduce((total, count) => total + count, 0);
  return { leads: sum(leads), buyers: sum(buyers) };
}

/** How many pairs of a buyer and another lead these rates put into the right order, ties as half. */
function winsBy(rates: Float64Array, { leads, buyers }: Counts): number {
  const order = Uint32Array.from(rates.keys()).sort((one, other) => (rates[one] ?? 0) - (rates[other] ?? 0));
  let [wins, below, tiedBuyers, tiedOthers] = [0, 0, 0, 0];
  let rate = Number.NaN;
  for (const category of order) {
    if (rates[category] !== rate) {
      wins += tiedBuyers * (below + tiedOthers / 2);
      below += tiedOthers;
      [tiedBuyers, tiedOthers, rate] = [0, 0, rates[category] ?? Number.NaN];
    }
    tiedBuyers += buyers[category] ?? 0;
    tiedOthers += (leads[category] ?? 0) - (buyers[category] ?? 0);
  }
  return wins + tiedBuyers * (below + tiedOthers / 2);
}
