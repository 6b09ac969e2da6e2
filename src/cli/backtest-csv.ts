import { type BacktestReport, backtest } from '../analysis/backtest.ts';
import { percentText } from '../analysis/number-text.ts';
import { sourceFacts } from '../analysis/source-facts.ts';
import { seededRandom } from '../analysis/statistics/seeded-random.ts';
import { findColumns } from '../analysis/table/find-columns.ts';
import { scoreTable } from '../analysis/table/score-table.ts';
import { tableHistory } from '../analysis/table/table-history.ts';
import { scoreFacts, tableScores } from '../analysis/table/table-scores.ts';
import { learntWarning } from '../analysis/unseen-leads.ts';
import { systemClock } from '../base/clock.ts';
import { ConfigError } from '../base/errors.ts';
import { type CsvHistory, readCsvHistory } from './csv-history.ts';
import { modelForCsv } from './csv-model.ts';
import type { CsvFlags } from './csv-options.ts';
import type { Io } from './io.ts';
import { counted } from './print.ts';
import { silentProgress, startProgress } from './progress.ts';

export interface BacktestCsvFlags extends CsvFlags {
  readonly score?: readonly string[];
  readonly model?: string;
}

/** What came of a backtest, and of what. */
export interface Backtested {
  /** What was judged, for people: the names of the columns, or of the model. */
  readonly title: string;
  readonly report: BacktestReport;
  readonly warnings: readonly string[];
  /** Leads without points. */
  readonly unscored: number;
}

/** The same history, the same figures. */
const SEED = 7;

/**
 * Judges the points that stand in a table, or those that a model gives its leads.
 * @throws ConfigError where the table, a column that is named or the model cannot be used.
 */
export async function backtestCsv(flags: BacktestCsvFlags, io: Io, isQuiet: boolean): Promise<Backtested> {
  const { score, model } = flags;
  if ((score === undefined) === (model === undefined)) {
    throw new ConfigError('name what is to be judged: --score Points for a column, or --model FILE for a model');
  }
  const asked = await readCsvHistory(flags, io, isQuiet);
  return score === undefined ? backtestModel(asked, model ?? '', io, isQuiet) : backtestColumns(asked, score);
}

function backtestColumns({ table, outcomes, date, warnings }: CsvHistory, names: readonly string[]): Backtested {
  const columns = findColumns(table, names);
  const scored = tableScores(columns, outcomes, table.file);
  // What makes up the points is not known, so that no criterion can be judged.
  const history = tableHistory({ outcomes: scored.outcomes, columns: [], date });
  const report = backtest(history, scored.scores, {
    random: seededRandom(SEED),
    // Of a single one all is said by the AUC.
    columns: columns.length > 1 ? scoreFacts(columns, scored.outcomes) : [],
    leaveOut: 'points',
  });
  return {
    title: columns.map(({ name }) => name).join(' + '),
    report,
    warnings: [...unscoredWarning(scored.unscored, report), ...report.warnings, ...warnings],
    unscored: scored.unscored.leads,
  };
}

async function backtestModel(asked: CsvHistory, wanted: string, io: Io, isQuiet: boolean): Promise<Backtested> {
  const { table, outcomes, date } = asked;
  const { model, fields, warnings } = modelForCsv(wanted, table, io);
  const { now } = systemClock;
  const progress = isQuiet ? silentProgress : startProgress(io, { title: 'Scoring', total: table.rows, now });
  const { history, scores, sent, grades } = await scoreTable(table, model, {
    outcomes,
    date,
    now: now(),
    onRows: (rows) => progress.update(rows, counted(rows, 'row')),
    signal: io.signal,
  });
  progress.finish(`Scored ${counted(scores.length, 'lead')} by ${model.name}.`);
  const columns = table.columns.filter(({ field }) => fields.has(field));
  const report = backtest(history, scores, {
    random: seededRandom(SEED),
    sent,
    grades,
    columns: sourceFacts(tableHistory({ outcomes, columns, date })),
  });
  const unscored = outcomes.rows.length - scores.length;
  const others = unscored === 0 ? [] : [`${counted(unscored, 'lead')} that the model is not about were left out.`];
  return {
    title: model.name,
    report,
    warnings: [...warnings, ...report.warnings, ...learntWarning(model, history.at), ...others, ...asked.warnings],
    unscored,
  };
}

/** A tenth without points does not change what is said of the others. */
const FEW = 0.1;

function unscoredWarning({ leads, buyers }: { leads: number; buyers: number }, report: BacktestReport): string[] {
  if (leads === 0) return [];
  const left = `${counted(leads, 'lead')} without points ${leads === 1 ? 'was' : 'were'} left out`;
  if (leads < FEW * (leads + report.leads)) return [`${left}.`];
  return [
    `${left}, of which ${percentText(buyers / leads)} bought, and of those with points ${percentText(report.baseRate)}: what is told is ` +
      'told of leads with points alone.',
  ];
}
