import { type Command, Option } from 'commander';
import { ConfigError } from '../base/errors.ts';
import { connectionArgument } from './arguments.ts';
import { type BacktestCrmFlags, backtestCrm, backtestCrmJson, backtestCrmText } from './backtest-crm.ts';
import { type BacktestCsvFlags, backtestCsv } from './backtest-csv.ts';
import { backtestJson } from './backtest-json.ts';
import { backtestText } from './backtest-text.ts';
import { addCsvOptions, columnList } from './csv-options.ts';
import { addHistoryOptions, requireNoCrm, requireNoTable } from './history-options.ts';
import type { Io } from './io.ts';
import { printJson } from './print.ts';

interface BacktestFlags extends BacktestCsvFlags, BacktestCrmFlags {
  readonly json?: true;
}

export function addBacktest(program: Command, io: Io): void {
  addHistoryOptions(addCsvOptions(program.command('backtest')))
    .addArgument(connectionArgument())
    .description(
      'Say how well points told buyers from others, on leads of whom it is known who bought. Writes nothing.',
    )
    .option('--score <columns>', 'with --csv: the column that holds the points, or several to be added up', columnList)
    .option('--model <id|file>', 'a model of config/models/, or a YAML file; with --csv, its fields are columns')
    .option('--against <id|file>', 'without --csv: another model, such as a challenger, to be held against it')
    .option('--json', 'print the figures as one JSON object')
    .addOption(new Option('--ignore <columns>').hideHelp())
    .addHelpText(
      'after',
      `
How good would the main model have been, on what the CRM remembers? Each lead is
scored as it was before it was known whether it buys:
  leadgauge backtest

Is another model better, on the same leads?
  leadgauge backtest --against challenger
  leadgauge backtest --against learnt.yaml

From a table of leads with their points, and a column that says who bought, by
yes and no, true and false or 1 and 0:
  leadgauge backtest --csv leads.csv --outcome Converted --score Points

Points in several columns are added up:
  leadgauge backtest --csv leads.csv --outcome Converted --score Fit,Engagement

How good would a model have been? Its fields are columns, such as job_title for
"Job title"; which of its criteria are confirmed and which denied is told too:
  leadgauge backtest --csv leads.csv --outcome Converted --model courses.yaml

Points say something of leads to come only if they are those from before the
outcome. With a column that says when each lead came, the earlier leads say
how likely points make a purchase, and the later ones whether that came true:
  leadgauge backtest --csv leads.csv --outcome Converted --score Points --date Created

Points that were learnt from these very leads look better than they are: judge
them by other leads, or believe what leadgauge suggest said of them.`,
    )
    .action((name: string | undefined, flags: BacktestFlags) => runBacktest(name, flags, io));
}

async function runBacktest(name: string | undefined, flags: BacktestFlags, io: Io): Promise<void> {
  const { csv, score, date, since, before, against, ignore } = flags;
  if (ignore !== undefined)
    throw new ConfigError(
      'backtest takes no --ignore: take what knows the answer out of the model, or of the columns that --score adds up',
    );
  if (csv === undefined) {
    requireNoTable({ '--score': score, '--date': date });
    return onHistory(name, flags, io);
  }
  requireNoCrm(name, { '--since': since, '--before': before, '--against': against });
  const tested = await backtestCsv(flags, io, flags.json === true);
  if (flags.json === true) printJson(io, backtestJson(tested));
  else for (const line of backtestText(tested, io)) io.out(line);
}

async function onHistory(name: string | undefined, flags: BacktestFlags, io: Io): Promise<void> {
  const tested = await backtestCrm(name, flags, io, flags.json === true);
  if (flags.json === true) printJson(io, backtestCrmJson(tested));
  else for (const line of backtestCrmText(tested, io)) io.out(line);
}
