import type { Comparison, ModelQuality } from '../analysis/comparison.ts';
import { percentText } from '../analysis/number-text.ts';
import { figureTable, shortLabel } from './figure-table.ts';
import type { Io } from './io.ts';
import { fold, paint } from './print.ts';

/** Two models on the same leads, for a person at a terminal. */
export function comparisonText(comparison: Comparison, io: Pick<Io, 'colour'>): string[] {
  const { champion, challenger } = comparison;
  return [
    paint(io, 'bold', `${champion.name} and ${challenger.name}, on the same leads`),
    ...figureTable([['', 'AUC', '', 'lift', 'sales get', 'of the buyers'], ...[champion, challenger].map(modelRow)]),
    fold(verdictSentence(comparison), 0),
    fold(
      'A model that was learnt from these very leads, as "leadgauge suggest" does it, looks better here than it is: judge that one by the leads that come after.',
      0,
    ),
  ];
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
  const figures = `an AUC that differs by ${signed(difference)} (${signed(low)} to ${signed(high)}, p ${p < 0.001 ? 'below 0.001' : p.toFixed(3)})`;
  if (word === 'no difference shown') {
    return `No difference shown: ${challenger.name} has ${figures} from that of ${champion.name}, which may be chance.`;
  }
  return `${challenger.name} is ${word}: it has ${figures} from that of ${champion.name}.`;
}

const signed = (value: number) => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
