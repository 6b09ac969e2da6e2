import type { History } from '../history.ts';

/** Leads as rows of zeros and ones of which only the ones are kept: what a fit goes through again and again. */
export interface Design {
  /** By lead, 1 or 0. */
  readonly bought: Uint8Array;
  /** How many features there are, whether or not they hold for anybody. */
  readonly features: number;
  /** By lead, where its features begin in `holding`; one entry more says where those of the last one end. */
  readonly starts: Uint32Array;
  /** The features that hold, lead by lead, ascending. */
  readonly holding: Uint32Array;
}

/** Turns a history, which is kept feature by feature, into rows. */
export function designOf({ bought, leadsOf }: Pick<History, 'bought' | 'leadsOf'>): Design {
  const starts = new Uint32Array(bought.length + 1);
  for (const leads of leadsOf) {
    for (let place = 0; place < leads.length; place++) {
      const next = (leads[place] ?? 0) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
  }
  for (let lead = 0; lead < bought.length; lead++) starts[lead + 1] = (starts[lead + 1] ?? 0) + (starts[lead] ?? 0);
  const holding = new Uint32Array(starts[bought.length] ?? 0);
  const ends = starts.slice();
  for (const [feature, leads] of leadsOf.entries()) {
    for (let place = 0; place < leads.length; place++) {
      const lead = leads[place] ?? 0;
      const end = ends[lead] ?? 0;
      holding[end] = feature;
      ends[lead] = end + 1;
    }
  }
  return { bought, features: leadsOf.length, starts, holding };
}

/** The rows of these leads with these features alone (ascending), which are counted anew from 0. */
export function restrict(design: Design, leads: Uint32Array, features: Uint32Array): Design {
  const placeOf = new Int32Array(design.features).fill(-1);
  for (const [place, feature] of features.entries()) placeOf[feature] = place;
  const starts = new Uint32Array(leads.length + 1);
  let all = 0;
  for (let row = 0; row < leads.length; row++) {
    const lead = leads[row] ?? 0;
    all += (design.starts[lead + 1] ?? 0) - (design.starts[lead] ?? 0);
  }
  const holding = new Uint32Array(all);
  const bought = new Uint8Array(leads.length);
  let end = 0;
  for (let row = 0; row < leads.length; row++) {
    const lead = leads[row] ?? 0;
    bought[row] = design.bought[lead] ?? 0;
    const to = design.starts[lead + 1] ?? 0;
    for (let at = design.starts[lead] ?? 0; at < to; at++) {
      const place = placeOf[design.holding[at] ?? 0] ?? -1;
      if (place >= 0) holding[end++] = place;
    }
    starts[row + 1] = end;
  }
  return { bought, features: features.length, starts, holding: holding.subarray(0, end) };
}

/** For how many of these leads each feature holds, and how many of those bought. */
export function countHolding(design: Design, leads: Uint32Array): { leads: Uint32Array; buyers: Uint32Array } {
  const counts = { leads: new Uint32Array(design.features), buyers: new Uint32Array(design.features) };
  for (let row = 0; row < leads.length; row++) {
    const lead = leads[row] ?? 0;
    const bought = design.bought[lead] ?? 0;
    const to = design.starts[lead + 1] ?? 0;
    for (let at = design.starts[lead] ?? 0; at < to; at++) {
      const feature = design.holding[at] ?? 0;
      counts.leads[feature] = (counts.leads[feature] ?? 0) + 1;
      counts.buyers[feature] = (counts.buyers[feature] ?? 0) + bought;
    }
  }
  return counts;
}

/** Every number from 0 to below `length`. */
export function upTo(length: number): Uint32Array {
  return new Uint32Array(length).map((_, index) => index);
}
