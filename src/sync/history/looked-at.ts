/** What is known of each lead before it is decided when to look at it. Times are milliseconds since 1970. */
export interface LookingBack {
  readonly createdAt: Float64Array;
  /** By lead, 1 for those that bought. */
  readonly bought: Uint8Array;
  /** When sales first had it in hand, be it bought or only converted; NaN where they never did. Never NaN of those that bought. */
  readonly takenAt: Float64Array;
  /** From 0 to below 1, always the same for a lead. */
  readonly draw: Float64Array;
  /** By lead, 1 for a further record of somebody who is there already. */
  readonly doubles: Uint8Array;
}

export interface LookOptions {
  /** No lead is looked at later than so long before sales took it, in milliseconds: what is done during a purchase does not foretell it. */
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
  /** How many are left out: leads that were not known so long before sales took them, such as customers that were imported. */
  readonly imported: number;
  /** The same of leads that would be looked at before anything is known of what they did, and how many of them bought. */
  readonly earlier: { readonly leads: number; readonly buyers: number };
  /** The same of leads that did not buy and are not as old yet as they are to be when they are looked at. */
  readonly young: number;
  /** How many are further records of people who are looked at by another one. */
  readonly doubled: number;
}

/**
 * Buyers are looked at shortly before sales took them. Any other lead is looked at when it was as old as some buyer was then, drawn by its
 * id, unless sales took it earlier: else all others would be older than buyers, and age alone would tell them apart. Where it is not that
 * old yet it is left out, as a buyer who takes so long would not be known as one either: looked at now, the latest leads would all be such
 * that did not buy.
 */
export function lookedAt(leads: LookingBack, { before, since, now }: LookOptions): LookedAt {
  const { createdAt, takenAt, draw, doubles } = leads;
  const at = new Float64Array(createdAt.length).fill(Number.NaN);
  const bought = new Uint8Array(createdAt.length);
  const earlier = { leads: 0, buyers: 0 };
  const out = { imported: 0, young: 0 };

  function look(lead: number, time: number, isBuyer: boolean): void {
    if (time < (createdAt[lead] ?? 0)) out.imported += 1;
    else if (time > now) out.young += 1;
    else if (time < since) {
      earlier.leads += 1;
      if (isBuyer) earlier.buyers += 1;
    } else {
      at[lead] = time;
      bought[lead] = isBuyer ? 1 : 0;
    }
  }

  // A deal may be closed with a date that is still to come.
  const latest = (lead: number) => Math.min(takenAt[lead] ?? Number.NaN, now) - before;
  for (const [lead, isBuyer] of leads.bought.entries()) {
    if (isBuyer === 1 && doubles[lead] !== 1) look(lead, latest(lead), true);
  }
  const ages = at
    .map((time, lead) => time - (createdAt[lead] ?? 0))
    .filter((age) => !Number.isNaN(age))
    .sort();
  for (const [lead, isBuyer] of leads.bought.entries()) {
    if (isBuyer === 1 || doubles[lead] === 1) continue;
    const age = ages[Math.floor((draw[lead] ?? 0) * ages.length)] ?? Number.POSITIVE_INFINITY;
    const time = (createdAt[lead] ?? 0) + age;
    const last = latest(lead);
    look(lead, last < time ? last : time, false);
  }
  return { at, bought, earlier, ...out, doubled: doubles.reduce((sum, one) => sum + one, 0) };
}
