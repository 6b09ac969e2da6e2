/**
 * Deals the leads out to so many folds at random, buyers and others each evenly.
 * @param folds 255 at most.
 * @returns by lead, the number of its fold from 0.
 */
export function stratifiedFolds(bought: Uint8Array, folds: number, random: () => number): Uint8Array {
  const foldOf = new Uint8Array(bought.length);
  let dealt = 0;
  for (const outcome of [1, 0]) {
    for (const lead of shuffled(leadsWith(bought, outcome), random)) foldOf[lead] = dealt++ % folds;
  }
  return foldOf;
}

/** So many of these leads at random, with the share of buyers that they have; all of them where there are no more. Ascending. */
export function stratifiedSample(
  leads: Uint32Array,
  bought: Uint8Array,
  most: number,
  random: () => number,
): Uint32Array {
  if (leads.length <= most) return leads;
  const share = most / leads.length;
  const taken = [1, 0].flatMap((outcome) => {
    const own = leads.filter((lead) => bought[lead] === outcome);
    return [...shuffled(own, random).subarray(0, Math.round(share * own.length))];
  });
  return Uint32Array.from(taken).sort();
}

/** The leads of one fold, and those of all others; both ascending. */
export function partsOf(foldOf: Uint8Array, fold: number): { readonly train: Uint32Array; readonly test: Uint32Array } {
  const all = new Uint32Array(foldOf.length).map((_, lead) => lead);
  return {
    train: all.filter((lead) => foldOf[lead] !== fold),
    test: all.filter((lead) => foldOf[lead] === fold),
  };
}

/** All of so many leads but these, ascending. */
export function complement(leads: Uint32Array, count: number): Uint32Array {
  const taken = new Uint8Array(count);
  for (const lead of leads) taken[lead] = 1;
  return new Uint32Array(count).map((_, lead) => lead).filter((lead) => taken[lead] === 0);
}

function leadsWith(bought: Uint8Array, outcome: number): Uint32Array {
  return new Uint32Array(bought.length).map((_, lead) => lead).filter((lead) => bought[lead] === outcome);
}

/** Fisher and Yates, in place. */
function shuffled(leads: Uint32Array, random: () => number): Uint32Array {
  for (let place = leads.length - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1));
    const lead = leads[place] ?? 0;
    leads[place] = leads[other] ?? 0;
    leads[other] = lead;
  }
  return leads;
}
