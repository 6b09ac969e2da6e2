import type { Command } from 'commander';
import type { Aim } from '../analysis/aim.ts';
import { asTodayWarning } from '../analysis/as-today.ts';
import { gatesFor } from '../analysis/gates.ts';
import { tooGoodToBeTrue } from '../analysis/leakage.ts';
import { auc } from '../analysis/statistics/auc.ts';
import { seededRandom } from '../analysis/statistics/seeded-random.ts';
import { suggest } from '../analysis/suggest.ts';
import { allCameBy } from '../analysis/unseen-leads.ts';
import { systemClock } from '../base/clock.ts';
import { ConfigError } from '../base/errors.ts';
import { connectionArgument, shareOfAll, wholeNumber } from './arguments.ts';
import { addCsvOptions, type CsvFlags, columnList, listOf } from './csv-options.ts';
import { addHistoryOptions, requireNoCrm, requireNoTable } from './history-options.ts';
import type { Io } from './io.ts';
import { printJson } from './print.ts';
import { silentProgress, startProgress } from './progress.ts';
import { crmToLearnFrom, type SuggestCrmFlags } from './suggest-crm.ts';
import { csvToLearnFrom } from './suggest-csv.ts';
import { suggestJson } from './suggest-json.ts';
import { modelText, placeOf, requireNewFile, writeModel } from './suggest-model.ts';
import { suggestText } from './suggest-text.ts';

interface SuggestFlags extends CsvFlags, SuggestCrmFlags {
  readonly leadsPerWeek?: number;
  readonly catch?: number;
  readonly out?: string;
  readonly json?: true;
}

export function addSuggest(program: Command, io: Io): void {
  addHistoryOptions(addCsvOptions(program.command('suggest')))
    .addArgument(connectionArgument())
    .description('Suggest criteria and points from who bought. Writes a model for you to read, and changes nothing.')
    .option(
      '--ignore <columns>',
      'columns of the table to leave out, parted by commas, or fields, activities and criteria; "Last*" is all that begin so',
      columnList,
    )
    .option('--model <id|file>', 'without --csv: the model to begin with, of config/models/ or a YAML file')
    .option(
      '--free <ids>',
      'without --csv: criteria whose points may change their sign, by their ids parted by commas; "all" for all',
      listOf('ids of criteria'),
    )
    .option('--leads-per-week <n>', 'set the gates so that sales get so many leads a week', wholeNumber(1, 1_000_000))
    .option('--catch <share>', 'set the gates so that so many of the buyers pass, such as 80%', shareOfAll)
    .option('--out <file>', 'write the model to this file, with a comment on each criterion')
    .option('--json', 'print the figures and the model as one JSON object')
    .addHelpText(
      'after',
      `
From what the CRM remembers: which of the main model's criteria are worth which
points, and what else tells buyers from others?
  leadgauge suggest

What the model gives points for keeps their sign; where history says the
opposite, it is told and gets none. Let history turn the sign of some:
  leadgauge suggest --free blog-post,careers-page

From a table of leads with a column that says who bought, by yes and no, true
and false or 1 and 0:
  leadgauge suggest --csv leads.csv --outcome Converted

Leave out what was filled in with the outcome or after it. What looks like that
is named in a line with !; only you can tell:
  leadgauge suggest --csv leads.csv --outcome Converted --ignore Stage,Last*

Sales can take 50 leads a week? The gates follow, where a column says when
each lead came:
  leadgauge suggest --csv leads.csv --outcome Converted --date Created --leads-per-week 50

When you like what you see, keep the model. From what the CRM remembers it may
stand beside the one in use, as its challenger, which scores silently:
  leadgauge suggest --out config/models/learnt.yaml

The AUC says how often a lead that bought has more points than one that did
not: 0.5 is chance. It is cross-validated: each lead is scored by points that
were learnt without it.`,
    )
    .action((name: string | undefined, flags: SuggestFlags) => runSuggest(name, flags, io));
}

/** The same history, the same suggestion. */
const SEED = 7;

async function runSuggest(name: string | undefined, flags: SuggestFlags, io: Io): Promise<void> {
  const { out, json, csv } = flags;
  const aim = aimOf(flags);
  if (out !== undefined) requireNewFile(out);
  const { model: wanted, since, before, date, free } = flags;
  if (csv === undefined) requireNoTable({ '--date': date });
  else requireNoCrm(name, { '--model': wanted, '--since': since, '--before': before, '--free': free });
  const learnt = csv === undefined ? await crmToLearnFrom(name, flags, io) : await csvToLearnFrom(flags, io);
  const { history, warnings: found, title, from } = learnt;
  const progress =
    json === true ? silentProgress : startProgress(io, { title: 'Learning', total: STEPS, now: systemClock.now });
  const suggestion = await suggest(history, {
    random: seededRandom(SEED),
    folds: FOLDS,
    signal: io.signal,
    onProgress: (done) => progress.update(done, `step ${done} of ${STEPS}`),
  });
  progress.finish('Learnt from all leads.');
  const gates = gatesFor(aim, suggestion, history);
  const unknown = asTodayWarning(
    suggestion.criteria.map(({ feature }) => feature),
    'points',
  );
  const warnings = [...suggestion.warnings, ...found, ...unknown, ...[tooGoodToBeTrue(suggestion.auc) ?? []].flat()];
  const present = from && { name: from.present.name, auc: auc(from.present.scores, history.bought) };
  const learntUntil = allCameBy(history.at, systemClock.now());
  const model = modelText({ ...suggestion, warnings }, { gates, out, title, learntUntil, from });
  if (json === true) printJson(io, suggestJson(suggestion, { gates, warnings, model, present }));
  else {
    const told = { gates, warnings, out, note: from?.note, present, place: placeOf(out, from) };
    for (const line of suggestText(suggestion, told, io)) io.out(line);
  }
  if (out !== undefined) writeModel(out, model);
}

const FOLDS = 10;
/** A fold each, and all leads together. */
const STEPS = FOLDS + 1;

const USUAL_SHARE = 0.8;

function aimOf({ leadsPerWeek, catch: share, date, csv }: SuggestFlags): Aim {
  if (leadsPerWeek === undefined) return { shareOfBuyers: share ?? USUAL_SHARE };
  if (share !== undefined) throw new ConfigError('--leads-per-week and --catch both set the gates: give one of them');
  if (csv !== undefined && date === undefined) {
    throw new ConfigError('--leads-per-week needs the column that says when each lead came: --date Created');
  }
  return { leadsAWeek: leadsPerWeek };
}
