import { DAY } from '../base/clock.ts';
import { ConfigError } from '../base/errors.ts';
import type { History } from './history.ts';

/** What gates are to do: give sales about so many leads a week and no more, or find at least so large a share of the buyers. */
export type Aim = { readonly leadsAWeek: number } | { readonly shareOfBuyers: number };

/** Who passes gates. */
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

/** Tells what comes of letting some leads pass, and which of two is nearer to the aim. */
export interface Judge {
  passing(leads: number, buyers: number): Passing;
  isBetter(one: Passing, other: Passing): boolean;
}

/** All from whom gates choose, those who can never pass included. */
export interface Choice {
  readonly leads: number;
  readonly buyers: number;
  /** How many such leads come in a week, where that is known. */
  readonly perWeek: number | undefined;
}

/** @throws ConfigError where leads a week are asked for, and it is not known how many come. */
export function judgeOf(aim: Aim, { leads: all, buyers: buyersInAll, perWeek }: Choice): Judge {
  if ('leadsAWeek' in aim && perWeek === undefined) {
    throw new ConfigError(
      'leads a week cannot be told: the history does not say when its leads were, over a week at least',
    );
  }
  return {
    passing(leads, buyers) {
      const shareOfBuyers = buyersInAll === 0 ? 0 : buyers / buyersInAll;
      const leadsAWeek = perWeek === undefined ? undefined : (leads / Math.max(1, all)) * perWeek;
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

/** How many leads of the history come in a week; those without a time are taken to be spread as the others. Undefined where it does not tell. */
export function leadsPerWeek({ bought, at, perWeek }: Pick<History, 'bought' | 'at' | 'perWeek'>): number | undefined {
  if (perWeek !== undefined) return perWeek;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of at) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return last - first >= WEEK ? (bought.length * WEEK) / (last - first) : undefined;
}
