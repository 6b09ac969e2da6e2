import { conversionByBand, conversionByKnownBand } from '../bands.ts';
import { type Conversion, conversionOf } from '../conversion.ts';
import { auc } from '../statistics/auc.ts';
import { aucInterval } from '../statistics/auc-interval.ts';
import { credible } from '../statistics/credible.ts';
import { fisher } from '../statistics/fisher.ts';
import type { Periods } from './periods.ts';

/** Scored leads of whom it is known whether they bought, each as of when it was looked at: ms since 1970. */
export interface JudgedLeads {
  readonly scores: Float64Array;
  /** By lead, 1 or 0. */
  readonly bought: Uint8Array;
  readonly at: Float64Array;
  /** How many more are younger than buyers were, and therefore not among them. */
  readonly tooYoung: number;
}

export type ChangeWord = 'higher' | 'lower' | 'no difference shown';

export interface BandChange {
  /** The least score of the band; the one below it ends there. */
  readonly from: number;
  readonly earlier: Conversion;
  readonly now: Conversion;
  readonly word: ChangeWord;
}

/** How well the score told buyers from others in a period. */
export interface PeriodQuality extends Conversion {
  /** With where it lies, with 95% certainty; absent with too few buyers to say. */
  readonly auc?: number;
  readonly aucLow?: number;
  readonly aucHigh?: number;
}

/** How often leads bought, by score, in either period. */
export interface ConversionChange {
  readonly earlier: PeriodQuality;
  readonly now: PeriodQuality;
  readonly word: ChangeWord;
  /** The best band first; bands are of about equally many leads as they were before. */
  readonly bands: readonly BandChange[];
  /** Leads that are younger than buyers were: they may buy yet, and are counted nowhere. */
  readonly tooYoung: number;
}

/** @param random from 0 to below 1, for the intervals of the AUC. */
export function conversionChange(judged: JudgedLeads, periods: Periods, random: () => number): ConversionChange {
  const { earlier, now } = split(judged, periods);
  const begins = conversionByBand(earlier.scores, earlier.bought).map(({ from }) => from);
  const before = conversionByKnownBand(earlier.scores, earlier.bought, begins);
  const after = conversionByKnownBand(now.scores, now.bought, begins);
  const chances = before.map((band, place) => chanceOf(band, after[place] ?? band));
  const isApart = credible(chances);
  const quality = { earlier: qualityOf(earlier, random), now: qualityOf(now, random) };
  const isAllApart = chanceOf(quality.earlier, quality.now) < LIKELY;
  return {
    ...quality,
    word: wordOf(quality.earlier, quality.now, isAllApart),
    bands: before.map(({ from, to: _, ...band }, place) => {
      const later = after[place];
      const rest = later === undefined ? conversionOf(0, 0) : conversionOf(later.buyers, later.leads);
      return { from, earlier: band, now: rest, word: wordOf(band, rest, isApart[place] === true) };
    }),
    tooYoung: judged.tooYoung,
  };
}

const LIKELY = 0.05;

interface Group {
  readonly scores: Float64Array;
  readonly bought: Uint8Array;
}

function split({ scores, bought, at }: JudgedLeads, { begin, middle, at: end }: Periods) {
  const between = (from: number, to: number): Group => {
    const isIn = (_: number, lead: number) => (at[lead] ?? Number.NaN) > from && (at[lead] ?? Number.NaN) <= to;
    return { scores: scores.filter(isIn), bought: bought.filter(isIn) };
  };
  return { earlier: between(begin, middle), now: between(middle, end) };
}

/** With fewer an AUC says next to nothing. */
const FEWEST_BUYERS = 10;

function qualityOf({ scores, bought }: Group, random: () => number): PeriodQuality {
  const buyers = bought.reduce((sum, each) => sum + each, 0);
  const rate = conversionOf(buyers, bought.length);
  if (Math.min(buyers, bought.length - buyers) < FEWEST_BUYERS) return rate;
  const { low: aucLow, high: aucHigh } = aucInterval(scores, bought, random);
  return { ...rate, auc: auc(scores, bought), aucLow, aucHigh };
}

function chanceOf(one: Conversion, other: Conversion): number {
  return fisher(one.buyers, one.leads, other.buyers, other.leads);
}

function wordOf(earlier: Conversion, now: Conversion, isApart: boolean): ChangeWord {
  if (!isApart) return 'no difference shown';
  return now.conversion > earlier.conversion ? 'higher' : 'lower';
}
