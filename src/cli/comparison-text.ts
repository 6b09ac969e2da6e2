import type { Comparison, ModelQuality } from '../analysis/comparison.ts';
import type { Conversion } from '../analysis/conversion.ts';
import { leadsText, percentText, wholeText } from '../analysis/number-text.ts';
import type { TooFewUnseen } from '../analysis/unseen-challenges.ts';
import { chanceText, holdoutSentence, IN_USE } from './comparison-words.ts';
import { figureTable, shortLabel } from './figure-table.ts';
import type { Io } from './io.ts';
import { fold, paint } from './print.ts';

/** Two models on the same leads, for a person at a terminal. */
export function comparisonText(comparison: Comparison, io: Pick<Io, 'colour'>): string[] {
  const { champion, challenger, learntUntil } = comparison;
  return [
    paint(io, 'bold', `${champion.name} and ${challenger.name}, on the same leads`),
    ...figureTable([['', 'AUC', '', 'lift', 'sales get', 'of the buyers'], ...[champion, challenger].map(modelRow)]),
    fold(verdictSentence(comparison), 0),
    ...(learntUntil === undefined ? [] : [fold(unseenSentence(comparison, learntUntil), 0)]),
    fold(IN_USE, 0),
    ...holdoutLines(comparison),
  ];
}

/** How those did whom the challenger scored for real, beside all others. */
function holdoutLines({ holdout, challenger }: Comparison): string[] {
  if (holdout === undefined) return [];
  const row = (label: string, { leads, conversion }: Conversion) => [
    `  ${label}`,
    wholeText(leads),
    percentText(conversion),
  ];
  return [
    ...figureTable([
      [shortLabel(`Holdout of ${challenger.name}`), 'leads', 'bought'],
      row('in it', holdout.within),
      row('outside', holdout.outside),
    ]),
    fold(holdoutSentence(holdout), 0),
  ];
}

/** Two models of which nothing can be said, likewise. */
export function uncomparedText({ name, why }: TooFewUnseen): string {
  return fold(`${name} is not compared. ${why}`, 0);
}

function unseenSentence({ leads, buyers }: Comparison, learntUntil: string): string {
  return (
    `What counts here are the ${leadsText(leads)} that came after ${learntUntil}, until when one of the two was learnt; ` +
    `${wholeText(buyers)} of them bought.`
  );
}

function modelRow({ name, auc, aucLow, aucHigh, liftTop10, gate }: ModelQuality): string[] {
  return [
    `  ${shortLabel(name)}`,
    auc.toFixed(3),
    `(${aucLow.toFixed(3)} to ${aucHigh.toFixed(3)})`,
    liftTop10.toFixed(2),
    gate.sent.leads.toLocaleString('en-US'),
    percentText(gate.caught),
  ];
}

function verdictSentence({ champion, challenger, difference, low, high, p, word }: Comparison): string {
  const figures = `an AUC that differs by ${signed(difference)} (${signed(low)} to ${signed(high)}, ${chanceText(p)})`;
  if (word === 'no difference shown') {
    return `No difference shown: ${challenger.name} has ${figures} from that of ${champion.name}, which may be chance.`;
  }
  return `${challenger.name} is ${word}: it has ${figures} from that of ${champion.name}.`;
}

const signed = (value: number) => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
