import type { BacktestReport } from './backtest.ts';
import type { BandRow } from './bands.ts';
import { type Conversion, conversionOf, isClearlyAbove } from './conversion.ts';
import type { History } from './history.ts';
import { tooGoodToBeTrue } from './leakage.ts';
import { leadsText, percentText, wholeText } from './number-text.ts';
import { scoreBlocks } from './statistics/score-blocks.ts';
import { timeCut } from './time-cut.ts';

/** What would mislead somebody who reads the figures of a backtest alone. */
export function backtestWarnings(
  history: Pick<History, 'bought' | 'at'>,
  scores: Float64Array,
  report: Omit<BacktestReport, 'warnings'>,
): string[] {
  const found = [
    tooGoodToBeTrue(report.auc),
    orderWarning(report),
    manyBuyersWarning(report),
    laterWarning(history),
    tiedWarning(scores, history.bought),
    bandWarning(report.bands),
    probabilityWarning(report),
  ];
  return found.filter((warning) => warning !== undefined);
}

function orderWarning({ auc, aucLow, aucHigh }: Omit<BacktestReport, 'warnings'>): string | undefined {
  if (aucHigh < 0.5) {
    return `The score is upside down: an AUC of ${auc.toFixed(3)} means that leads with more points buy less often. Look at the signs of its points.`;
  }
  if (aucLow > 0.5) return undefined;
  return `The score tells buyers from others no better than chance may: its AUC of ${auc.toFixed(3)} could as well be 0.5.`;
}

function manyBuyersWarning({ baseRate }: Omit<BacktestReport, 'warnings'>): string | undefined {
  if (baseRate <= 0.5) return undefined;
  return (
    `${percentText(baseRate)} of these leads bought. If the history holds all customers but not all other leads, the rates and the lift in ` +
    'it are not what sales will see; the AUC is.'
  );
}

/** As many times as often; less is a matter of seasons. */
const TIMES_AS_OFTEN = 1.25;

/** Leads that came lately have not had the time to buy, and look like bad ones. */
function laterWarning({ bought, at }: Pick<History, 'bought' | 'at'>): string | undefined {
  const cut = timeCut(at);
  if (cut === undefined) return undefined;
  const earlier = conversionWhere(bought, (lead) => (at[lead] ?? cut) < cut);
  const later = conversionWhere(bought, (lead) => (at[lead] ?? Number.NaN) >= cut);
  const rates = `Of the leads from ${dayText(cut)} on ${percentText(later.conversion)} bought, of the earlier ones ${percentText(earlier.conversion)}`;
  if (isClearlyAbove(earlier, later) && earlier.conversion >= later.conversion * TIMES_AS_OFTEN) {
    return `${rates}: the later ones may not have had the time yet. If so, leave out those that came less than a usual sale ago.`;
  }
  if (isClearlyAbove(later, earlier) && later.conversion >= earlier.conversion * TIMES_AS_OFTEN) {
    return `${rates}: something has changed, be it who comes or what is recorded. What held before may not hold now.`;
  }
  return undefined;
}

function conversionWhere(bought: Uint8Array, holds: (lead: number) => boolean): Conversion {
  let leads = 0;
  let buyers = 0;
  for (const [lead, outcome] of bought.entries()) {
    if (!holds(lead)) continue;
    leads += 1;
    buyers += outcome;
  }
  return conversionOf(buyers, leads);
}

const dayText = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Where more leads than the best tenth share the score at which it ends, the score does not say who is in it. */
function tiedWarning(scores: Float64Array, bought: Uint8Array): string | undefined {
  const { scores: distinct, buyers, others } = scoreBlocks(scores, bought);
  const top = scores.length / 10;
  let above = 0;
  for (let block = distinct.length - 1; block >= 0; block -= 1) {
    const tied = (buyers[block] ?? 0) + (others[block] ?? 0);
    if (above + tied < top) {
      above += tied;
      continue;
    }
    if (tied <= top) return undefined;
    return (
      `${leadsText(tied)} (${percentText(tied / scores.length)}) have the same score of ${scoreText(distinct[block])}, at which the best tenth ends: ` +
      'the score cannot say who of them belongs to it, and the lift is what picking blindly among them gives.'
    );
  }
  return undefined;
}

/** More points ought to mean more buyers; a band that is clearly below a lower one says that they do not. */
function bandWarning(bands: readonly BandRow[]): string | undefined {
  const pairs = bands.flatMap((high, place) =>
    bands.slice(place + 1).flatMap((low) => (isClearlyAbove(low, high) ? [{ high, low }] : [])),
  );
  const worst = pairs.sort((one, other) => gap(other) - gap(one))[0];
  if (worst === undefined) return undefined;
  const { high, low } = worst;
  return (
    `Leads with ${bandText(high)} points bought less often (${percentText(high.conversion)}) than those with ${bandText(low)} ` +
    `(${percentText(low.conversion)}): there, more points do not mean more buyers.`
  );
}

const gap = ({ high, low }: { readonly high: BandRow; readonly low: BandRow }) => low.conversion - high.conversion;

function probabilityWarning({ probability }: Omit<BacktestReport, 'warnings'>): string | undefined {
  const { brier, brierOfBaseRate, judged } = probability;
  if (brier < brierOfBaseRate) return undefined;
  return (
    `Turned into a probability, the points are no better on ${wholeText(judged)} other leads than giving everybody the base rate ` +
    `(Brier ${brier.toFixed(3)} against ${brierOfBaseRate.toFixed(3)}).`
  );
}

function bandText({ from, to }: BandRow): string {
  return from === to ? scoreText(from) : `${scoreText(from)} to ${scoreText(to)}`;
}

function scoreText(score = Number.NaN): string {
  return score.toLocaleString('en-US', { maximumFractionDigits: 2 });
}
