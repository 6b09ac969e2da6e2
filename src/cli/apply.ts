import type { Command } from 'commander';
import { countLead, newFigures } from '../analysis/figures.ts';
import { type ModelReport, reportOf } from '../analysis/model-report.ts';
import { compare } from '../sync/plan-compare.ts';
import { leadsOf, type Tally } from '../sync/tally.ts';
import { accountLines, accountsJson } from './accounts-text.ts';
import { connectionArgument } from './arguments.ts';
import type { Io } from './io.ts';
import { mainFirst } from './plan-models.ts';
import { appliedSentences, number } from './plan-words.ts';
import { counted, fold } from './print.ts';
import { type BackfillFlags, resumedLines, runBackfill } from './run-backfill.ts';

export function addApply(program: Command, io: Io): void {
  program
    .command('apply')
    .description('Write what the models in config/ say of every lead, and tell what that changed. Promotes nobody.')
    .addArgument(connectionArgument())
    .option('--promote', 'also move everyone who meets the gates forward to MQL')
    .option('--json', 'print what was done as one JSON object')
    .addHelpText(
      'after',
      `
Once "leadgauge plan" shows what you want:
  leadgauge apply

It writes what the plan showed, but for what people did meanwhile. Nobody is
moved forward to MQL or brought to the attention of sales, unless you ask:
  leadgauge apply --promote

It does what "leadgauge backfill" does, and tells it by what changed. A worker
that is restarted with a changed model does the same by itself. Interrupted, it
goes on where it was, and then tells of the rest alone.`,
    )
    .action((name: string | undefined, flags: BackfillFlags) => runApply(name, flags, io));
}

async function runApply(name: string | undefined, flags: BackfillFlags, io: Io): Promise<void> {
  await runBackfill(io, name, flags, (connection) => {
    const figures = connection.models.models.map(newFigures);
    const reports = () =>
      mainFirst(connection, undefined).flatMap((id) => figures.filter(({ model }) => model.id === id).map(reportOf));
    return {
      bulk: true,
      onDone(leads) {
        for (const lead of leads) for (const each of figures) countLead(each, compare(lead, each.model, lead.change));
      },
      lines: (tally) =>
        connection.role === 'source'
          ? [`${number(tally.unchanged)} leads read.`]
          : applyText(tally, reports(), flags.promote === true),
      json: (tally, calls) => ({ ...applyJson(tally, reports()), calls }),
    };
  });
}

/** The figures that `plan` prints of a model, by what was done, and what became of the leads. */
function applyJson(tally: Tally, reports: readonly ModelReport[]) {
  const { written, unchanged, failed, gone, left, promoted } = tally;
  const [first] = reports.map(doneOf);
  const models = Object.fromEntries(reports.map((report) => [report.model, doneOf(report)]));
  return {
    ...first,
    leads: leadsOf(tally),
    written,
    unchanged,
    failed,
    gone,
    left,
    promoted,
    resumed: tally.resumed,
    ...accountsJson(tally),
    ...(reports.length > 1 && { models }),
  };
}

/** Without whom each criterion holds for, which nobody looked at, and where the rules of the model take leads, which none of this does. */
function doneOf({ criteria, limits, removed, never, nearlyEveryone, scores, ...report }: ModelReport) {
  const { promotions, toLead, recycled, nurture, fastTracked, fastTracks, ...done } = report;
  return done;
}

function applyText(tally: Tally, reports: readonly ModelReport[], promote: boolean) {
  const { written, unchanged, failed, promoted } = tally;
  const lines = reports.flatMap((report) => [
    ...(reports.length > 1 ? [`${report.name}:`] : []),
    ...appliedSentences(report),
  ]);
  return [
    ...resumedLines(tally),
    `${number(written)} written, ${number(unchanged)} unchanged, ${number(failed)} failed.`,
    ...accountLines(tally),
    ...lines,
    promote
      ? `${counted(promoted, 'lead')} ${promoted === 1 ? 'was' : 'were'} moved forward to MQL.`
      : 'Nobody was promoted. To move forward who meets the gates: leadgauge apply --promote',
  ].map((line) => fold(line, 0));
}
