import { type Conversion, conversionOf } from '../conversion.ts';
import { auc } from '../statistics/auc.ts';
import { compareAucs } from '../statistics/compare-aucs.ts';
import { liftOfTop } from '../statistics/lift.ts';

/** What a model said of leads of whom it is known who bought: in the order of the same leads for both models. */
export interface ModelScores {
  readonly id: string;
  readonly name: string;
  readonly scores: Float64Array;
  /** By lead, 1 where the model would have passed it on to sales. */
  readonly sent: Uint8Array;
}

export interface ModelQuality {
  readonly model: string;
  readonly name: string;
  readonly auc: number;
  /** How many times as often the best tenth bought as all leads. */
  readonly liftTop10: number;
  /** Those that sales would have been given. */
  readonly sent: Conversion;
}

export type ChallengeWord = 'better' | 'worse' | 'no difference shown';

/** A challenger beside the model in force, on the same leads. */
export interface Challenge {
  readonly champion: ModelQuality;
  readonly challenger: ModelQuality;
  /** The AUC of the challenger less that of the champion, and where that lies with 95% certainty. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** How likely chance alone makes as large a difference. */
  readonly p: number;
  /** Of the challenger. */
  readonly word: ChallengeWord;
  readonly leads: number;
  readonly buyers: number;
}

export function challengeOf(champion: ModelScores, challenger: ModelScores, bought: Uint8Array): Challenge {
  const { difference, low, high, p } = compareAucs(challenger.scores, champion.scores, bought);
  return {
    champion: qualityOf(champion, bought),
    challenger: qualityOf(challenger, bought),
    difference,
    low,
    high,
    p,
    word: p < LIKELY ? (difference > 0 ? 'better' : 'worse') : 'no difference shown',
    leads: bought.length,
    buyers: bought.reduce((sum, each) => sum + each, 0),
  };
}

const LIKELY = 0.05;

function qualityOf({ id, name, scores, sent }: ModelScores, bought: Uint8Array): ModelQuality {
  let [leads, buyers] = [0, 0];
  for (const [lead, each] of sent.entries()) {
    if (each !== 1) continue;
    leads += 1;
    buyers += bought[lead] ?? 0;
  }
  return {
    model: id,
    name,
    auc: auc(scores, bought),
    liftTop10: liftOfTop(scores, bought, 0.1),
    sent: conversionOf(buyers, leads),
  };
}
