import { DAY } from '../base/clock.ts';
import { ConfigError } from '../base/errors.ts';
import type { History } from './history.ts';

/** What a threshold is to do: give sales about so many leads a week and no more, or find at least so large a share of the buyers. */
export type Aim = { readonly leadsAWeek: number } | { readonly shareOfBuyers: number };

/** Who reaches a threshold, or passes gates. */
export interface Passing {
  readonly leads: number;
  readonly buyers: number;
  /** Of all buyers, from 0 to 1. */
  readonly shareOfBuyers: number;
  /** Undefined where the history does not tell when its leads were. */
  readonly leadsAWeek: number | undefined;
  /** False where nothing reaches the aim: then it is the nearest that does not. */
  readonly meetsAim: boolean;
}

export interface Threshold extends Passing {
  /** The least score, a whole number where scores are. */
  readonly from: number;
}

type Outcomes = Pick<History, 'bought' | 'at' | 'perWeek'>;

/** The threshold on one score that comes nearest to the aim. @throws ConfigError where leads a week are asked for, and no times are known. */
export function thresholdFor(aim: Aim, scores: Float64Array, outcomes: Outcomes): Threshold {
  const judge = judgeOf(aim, outcomes);
  let [leads, buyers] = [0, 0];
  let best: Threshold | undefined;
  for (const [from, block] of blocksOf(scores, outcomes.bought)) {
    leads += block.leads;
    buyers += block.buyers;
    const next = { from, ...judge.passing(leads, buyers) };
    if (best === undefined || judge.isBetter(next, best)) best = next;
  }
  return best ?? { from: 0, ...judge.passing(0, 0) };
}

/** Leads of the same score, the highest first. */
function blocksOf(scores: Float64Array, bought: Uint8Array): [number, { leads: number; buyers: number }][] {
  const blocks = new Map<number, { leads: number; buyers: number }>();
  for (let lead = 0; lead < scores.length; lead++) {
    const score = scores[lead] ?? 0;
    const block = blocks.get(score) ?? { leads: 0, buyers: 0 };
    block.leads += 1;
    block.buyers += bought[lead] ?? 0;
    blocks.set(score, block);
  }
  return [...blocks].sort(([one], [other]) => other - one);
}

/** Tells what comes of letting some leads pass, and which of two is nearer to the aim. */
export interface Judge {
  passing(leads: number, buyers: number): Passing;
  isBetter(one: Passing, other: Passing): boolean;
}

/** @throws ConfigError as `thresholdFor`. */
export function judgeOf(aim: Aim, { bought, at, perWeek }: Outcomes): Judge {
  const buyersInAll = bought.reduce((sum, one) => sum + one, 0);
  const perLead = perWeek === undefined ? weeklyPerLead(at) : perWeek / bought.length;
  if ('leadsAWeek' in aim && perLead === undefined) {
    throw new ConfigError(
      'leads a week cannot be told: the history does not say when its leads were, over a week at least',
    );
  }
  return {
    passing(leads, buyers) {
      const shareOfBuyers = buyersInAll === 0 ? 0 : buyers / buyersInAll;
      const leadsAWeek = perLead === undefined ? undefined : leads * perLead;
      const meetsAim =
        'leadsAWeek' in aim ? (leadsAWeek ?? 0) <= aim.leadsAWeek : shareOfBuyers >= aim.shareOfBuyers - 1e-12;
      return { leads, buyers, shareOfBuyers, leadsAWeek, meetsAim };
    },
    isBetter(one, other) {
      if (one.meetsAim !== other.meetsAim) return one.meetsAim;
      // Among those that give sales few enough, the one that finds most buyers; failing that, whatever gives them fewest.
      const wantsBuyers = 'leadsAWeek' in aim === one.meetsAim;
      const [byBuyers, byLeads] = [one.buyers - other.buyers, other.leads - one.leads];
      return wantsBuyers ? (byBuyers || byLeads) > 0 : (byLeads || byBuyers) > 0;
    },
  };
}

const WEEK = 7 * DAY;

/** What each lead of the history is a week; those without a time are taken to be spread as the others. */
function weeklyPerLead(at: Float64Array): number | undefined {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let lead = 0; lead < at.length; lead++) {
    const time = at[lead] ?? Number.NaN;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return last - first >= WEEK ? WEEK / (last - first) : undefined;
}
