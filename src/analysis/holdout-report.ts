import { type Conversion, conversionOf } from './conversion.ts';
import { fisher } from './statistics/fisher.ts';

/** By lead, whose word counts: its challenger's, its champion's, or that of another challenger. */
export const IN_HOLDOUT = 1;
export const IN_NONE = 0;
export const IN_ANOTHER = 2;

export type HoldoutWord = 'more often' | 'less often' | 'no difference shown';

/** How often leads bought whom a challenger scores for real, and whom its champion does: by chance, and so alike in all else. */
export interface HoldoutReport {
  readonly within: Conversion;
  /** Of those that are in no holdout. */
  readonly outside: Conversion;
  /** How likely chance alone parts the two as far, by Fisher's exact test. */
  readonly p: number;
  readonly word: HoldoutWord;
}

/** Counted, with its p, before it is known how many others are asked; undefined where nobody is in the holdout. */
export type HoldoutCount = Omit<HoldoutReport, 'word'>;

/** @param holdout by lead, one of the three above. */
export function holdoutCount(holdout: Uint8Array, bought: Uint8Array): HoldoutCount | undefined {
  const of = (group: number): Conversion => {
    const own = bought.filter((_, lead) => holdout[lead] === group);
    return conversionOf(
      own.reduce((sum, each) => sum + each, 0),
      own.length,
    );
  };
  const [within, outside] = [of(IN_HOLDOUT), of(IN_NONE)];
  if (within.leads === 0 || outside.leads === 0) return undefined;
  return { within, outside, p: fisher(within.buyers, within.leads, outside.buyers, outside.leads) };
}

/** @param isApart whether chance is ruled out. */
export function holdoutReport(count: HoldoutCount, isApart: boolean): HoldoutReport {
  const word = count.within.conversion > count.outside.conversion ? 'more often' : 'less often';
  return { ...count, word: isApart ? word : 'no difference shown' };
}
