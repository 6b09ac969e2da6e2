/** What is known of each lead before it is decided when to look at it. Times are milliseconds since 1970. */
export interface LookingBack {
  readonly createdAt: Float64Array;
  /** When it bought; NaN where it did not. */
  readonly boughtAt: Float64Array;
  /** From 0 to below 1, always the same for a lead. */
  readonly draw: Float64Array;
}

export interface LookOptions {
  /** So long before they bought buyers are looked at, in milliseconds: what is done during a purchase tells nothing of it. */
  readonly before: number;
  /** What was before is not known. */
  readonly since: number;
  readonly now: number;
}

/** When each lead is looked at. */
export interface LookedAt {
  /** By lead, in milliseconds since 1970; NaN where it is left out. */
  readonly at: Float64Array;
  /** By lead, 1 or 0; 0 for those that are left out. */
  readonly bought: Uint8Array;
  /** How many are left out: buyers that were not known so long before they bought, such as customers that were imported. */
  readonly imported: number;
  /** The same of leads that would be looked at before anything is known of what they did, and how many of them bought. */
  readonly earlier: { readonly leads: number; readonly buyers: number };
  /** The same of leads that did not buy and are not as old yet as they are to be when they are looked at. */
  readonly young: number;
}

/**
 * Buyers are looked at shortly before they bought. Any other lead is looked at when it was as old as some buyer was then, drawn by its id:
 * else all others would be older than buyers, and age alone would tell them apart. Where it is not that old yet it is left out, as a buyer
 * who takes so long would not be known as one either: looked at now, the latest leads would all be such that did not buy.
 */
export function lookedAt({ createdAt, boughtAt, draw }: LookingBack, { before, since, now }: LookOptions): LookedAt {
  const at = new Float64Array(createdAt.length).fill(Number.NaN);
  const bought = new Uint8Array(createdAt.length);
  const ages: number[] = [];
  const earlier = { leads: 0, buyers: 0 };
  let imported = 0;
  let young = 0;
  for (const [lead, created] of createdAt.entries()) {
    const sold = boughtAt[lead] ?? Number.NaN;
    if (Number.isNaN(sold)) continue;
    // A deal may be closed with a date that is still to come.
    const time = Math.min(sold, now) - before;
    if (time < created) imported += 1;
    else if (time < since) {
      earlier.leads += 1;
      earlier.buyers += 1;
    } else {
      at[lead] = time;
      bought[lead] = 1;
      ages.push(time - created);
    }
  }
  const sorted = Float64Array.from(ages).sort();
  for (const [lead, created] of createdAt.entries()) {
    if (!Number.isNaN(boughtAt[lead] ?? Number.NaN)) continue;
    const age = sorted[Math.floor((draw[lead] ?? 0) * sorted.length)] ?? Number.POSITIVE_INFINITY;
    const time = created + age;
    if (time > now) young += 1;
    else if (time < since) earlier.leads += 1;
    else at[lead] = time;
  }
  return { at, bought, imported, earlier, young };
}
