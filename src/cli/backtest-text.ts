import type { BacktestReport } from '../analysis/backtest.ts';
import { percentText } from '../analysis/number-text.ts';
import type { CriterionVerdict } from '../analysis/verdicts.ts';
import { aucSentence } from './auc-text.ts';
import type { Backtested } from './backtest-csv.ts';
import { figureTable, shortLabel } from './figure-table.ts';
import type { Io } from './io.ts';
import { counted, fold, paint, signed } from './print.ts';

/** A backtest for a person at a terminal: what to beware of, how good the points are, and who bought by points. */
export function backtestText({ title, report, warnings }: Backtested, io: Pick<Io, 'colour'>): string[] {
  const { leads, buyers, baseRate } = report;
  const section = (text: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', paint(io, 'bold', text), ...lines];
  const bought = `of which ${buyers.toLocaleString('en-US')} bought: ${percentText(baseRate)}`;
  return [
    paint(io, 'bold', fold(`${title}, on ${counted(leads, 'lead')} ${bought}`, 0)),
    ...warnings.map((warning) => paint(io, 'yellow', fold(`! ${warning}`, 0))),
    '',
    ...[aucSentence(report), ksSentence(report), liftSentence(report)].map((text) => fold(text, 0)),
    ...section('Ready for sales', gateLines(report)),
    ...section('Who bought, by points', bandLines(report)),
    ...section('Who bought, by grade', gradeLines(report)),
    ...section('Criteria', criteriaLines(report)),
    ...section('Points as a probability', [fold(probabilitySentence(report), 0), ...calibrationLines(report)]),
  ];
}

function ksSentence({ ks }: BacktestReport): string {
  const apart = `the share of buyers above it is ${Math.round(ks * 100)} points higher than that of others`;
  return `KS ${ks.toFixed(3)}: at the score that parts them best, ${apart}.`;
}

function liftSentence({ liftTop10, liftTop10Best, liftTop20 }: BacktestReport): string {
  return (
    `The best tenth buys ${liftTop10.toFixed(2)} times as often as all (${liftTop10Best.toFixed(2)} is the most there is), ` +
    `the best fifth ${liftTop20.toFixed(2)} times.`
  );
}

function gateLines({ gate }: BacktestReport): string[] {
  if (gate === undefined) return [];
  const { sent, kept, caught, ever } = gate;
  const given = ever ?? gate;
  const bought =
    given.sent.leads === 0
      ? ''
      : `, of which ${percentText(given.sent.conversion)} bought: ${percentText(given.caught)} of all buyers`;
  const others = kept.leads === 0 ? '' : ` Of the leads kept back ${percentText(kept.conversion)} bought.`;
  const text =
    `Sales would have been given ${counted(given.sent.leads, 'lead')} (${percentText(given.sentShare)})${bought}.` +
    (ever === undefined
      ? others
      : ` When they were looked at, ${counted(sent.leads, 'lead')} still passed, with ${percentText(caught)} of the buyers; the others had cooled off.`);
  return [fold(text, 0)];
}

function bandLines({ bands }: BacktestReport): string[] {
  const rows = bands.map(({ from, to, ...rest }) =>
    rateRow(from === to ? pointsText(from) : `${pointsText(from)} to ${pointsText(to)}`, rest),
  );
  return figureTable([['  points', ...RATE_HEAD], ...rows]);
}

function gradeLines({ grades }: BacktestReport): string[] {
  if (grades.length === 0) return [];
  return figureTable([['  grade', ...RATE_HEAD], ...grades.map(({ grade, ...rest }) => rateRow(grade, rest))]);
}

const RATE_HEAD = ['leads', 'bought', ''];

interface Rate {
  readonly leads: number;
  readonly conversion: number;
  readonly low: number;
  readonly high: number;
}

function rateRow(label: string, { leads, conversion, low, high }: Rate): string[] {
  const range = `(${percentText(low)} to ${percentText(high)})`;
  return [`  ${label}`, leads.toLocaleString('en-US'), percentText(conversion), range];
}

const pointsText = (points: number) => points.toLocaleString('en-US', { maximumFractionDigits: 2 });

/** Those that history denies first; after the table, what is to be said of each that is not plainly right. */
function criteriaLines({ criteria }: BacktestReport): string[] {
  const judged = criteria.filter(({ verdict }) => verdict !== undefined);
  if (judged.length === 0) return [];
  const sorted = judged.sort((one, other) => rankOf(one) - rankOf(other));
  const rows = sorted.map(({ name, given = 0, points = given, holds, rest, verdict }) => [
    `  ${shortLabel(name)}`,
    signed(points),
    holds.leads.toLocaleString('en-US'),
    holds.leads === 0 ? '' : percentText(holds.conversion),
    rest.leads === 0 ? '' : percentText(rest.conversion),
    holds.leads === 0 ? 'for nobody' : rest.leads === 0 ? 'for everybody' : (verdict ?? ''),
  ]);
  const remarks = sorted.filter(
    ({ holds, verdict, weight }) => holds.leads > 0 && (verdict !== 'confirmed' || weight === 'too little'),
  );
  return [
    ...figureTable([['', 'points', 'leads', 'bought', 'others', ''], ...rows]),
    ...remarks.map(({ name, why }) => fold(`${name}: ${why}`, 0)),
  ];
}

const ORDER = ['denied', 'doubtful', 'confirmed'];
const rankOf = ({ verdict }: CriterionVerdict) => ORDER.indexOf(verdict ?? '');

function probabilitySentence({ probability }: BacktestReport): string {
  const { by, judgedFrom, fitted, judged, brier, brierOfBaseRate } = probability;
  const how =
    by === 'time' && judgedFrom !== undefined
      ? `leads before ${new Date(judgedFrom).toISOString().slice(0, 10)} said how likely points make a purchase, those from then on whether it came true`
      : `${counted(fitted, 'lead')} said how likely points make a purchase, ${judged.toLocaleString('en-US')} others, picked blindly, whether it came true`;
  return `Brier ${brier.toFixed(3)}, where giving all the base rate has ${brierOfBaseRate.toFixed(3)} and less is better: ${how}.`;
}

function calibrationLines({ probability }: BacktestReport): string[] {
  const rows = probability.calibration.map(({ leads, expected, observed, low, high }) =>
    rateRow(percentText(expected), { leads, conversion: observed, low, high }),
  );
  return figureTable([['  expected', ...RATE_HEAD], ...rows]);
}
