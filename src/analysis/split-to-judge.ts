import type { History } from './history.ts';
import { stratifiedFolds } from './statistics/folds.ts';
import { timeCut } from './time-cut.ts';

/** Leads to fit something on, and others to judge it by; by their indexes, ascending. */
export interface SplitToJudge {
  /** `time`: the earlier ones fit, the later ones judge. `chance`: three in ten judge, picked blindly. */
  readonly by: 'time' | 'chance';
  /** When the later ones begin, in milliseconds since 1970. */
  readonly judgedFrom?: number;
  readonly fitted: Uint32Array;
  readonly judged: Uint32Array;
}

/**
 * By time where that can be, as a model is used on leads to come: the first 70% fit, the last 30% judge, and leads whose time is not
 * known do neither. By chance where times are not known, or where one part would have fewer than ten buyers or ten others.
 */
export function splitToJudge({ bought, at }: Pick<History, 'bought' | 'at'>, random: () => number): SplitToJudge {
  const leads = Uint32Array.from(bought.keys());
  const cut = timeCut(at);
  if (cut !== undefined) {
    const fitted = leads.filter((lead) => (at[lead] ?? cut) < cut);
    const judged = leads.filter((lead) => (at[lead] ?? Number.NaN) >= cut);
    if (hasBoth(fitted, bought) && hasBoth(judged, bought)) return { by: 'time', judgedFrom: cut, fitted, judged };
  }
  const tenths = stratifiedFolds(bought, 10, random);
  const isJudged = (lead: number) => (tenths[lead] ?? 0) < 3;
  return {
    by: 'chance',
    fitted: leads.filter((lead) => !isJudged(lead)),
    judged: leads.filter(isJudged),
  };
}

const FEWEST_IN_PART = 10;

function hasBoth(leads: Uint32Array, bought: Uint8Array): boolean {
  const buyers = leads.reduce((sum, lead) => sum + (bought[lead] ?? 0), 0);
  return buyers >= FEWEST_IN_PART && leads.length - buyers >= FEWEST_IN_PART;
}
