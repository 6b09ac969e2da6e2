import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { reportOf } from '../analysis/model-report.ts';
import type { Connection } from '../sync/connection.ts';
import { plan } from '../sync/plan.ts';
import { withScratch } from '../sync/plan-scratch.ts';
import { connectionArgument, wholeNumber } from './arguments.ts';
import { byConnection, oneConnection, scoredConnections } from './connections.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { openPlanFile, type PlanFile, requireWritable } from './plan-files.ts';
import { planJson } from './plan-json.ts';
import { mainFirst } from './plan-models.ts';
import { planText } from './plan-text.ts';
import type { PlanReport } from './plan-words.ts';
import { counted, printJson } from './print.ts';
import { silentProgress, startProgress } from './progress.ts';
import { withApp } from './with-app.ts';

interface PlanFlags {
  readonly sample?: number;
  readonly model?: string;
  readonly html?: string;
  readonly csv?: string;
  readonly json?: true;
}

const MOST = 100_000;

export function addPlan(program: Command, io: Io): void {
  program
    .command('plan')
    .description('Tell what the models in config/ would change, on the real leads of the CRM. Writes nothing.')
    .addArgument(connectionArgument())
    .option('--sample <n>', 'look at so many leads, spread evenly, instead of all', wholeNumber(1, MOST))
    .option('--model <id>', 'of several models, this one alone')
    .option('--html <file>', 'also write a page with the distributions drawn, to send or to print')
    .option('--csv <file>', 'also write a list of the leads that change, by their ids')
    .option('--json', 'print the figures as one JSON object')
    .addHelpText(
      'after',
      `
Change config/models/, then see what that would do before it does it:
  leadgauge plan
  leadgauge plan --html plan.html

It compares what the CRM holds now with what the models would write, and asks
the CRM for every lead. Of a very large CRM, a sample tells as much:
  leadgauge plan --sample 2000

Who exactly? A list for a spreadsheet, one line for each lead that changes:
  leadgauge plan --csv changes.csv

When you like what you see, write it:
  leadgauge apply

A worker that runs applies a changed model by itself when it is restarted: plan
before you restart it.`,
    )
    .action((name: string | undefined, flags: PlanFlags) => withApp(io, (app) => runPlan(app, name, flags, io)));
}

/** One CRM after the other; a file is of one alone. */
async function runPlan(app: App, name: string | undefined, flags: PlanFlags, io: Io): Promise<void> {
  const connections = scoredConnections(app, name);
  if (connections.length > 1 && (flags.html ?? flags.csv) !== undefined) oneConnection(app, name);
  const all: { name: string; told: object }[] = [];
  for (const connection of connections) {
    const { crm } = connection;
    if (flags.json !== true && connections.length > 1) io.out(`${crm.name}:`);
    all.push({ name: crm.name, told: await planOne(app, connection, flags, io) });
  }
  if (flags.json === true) printJson(io, byConnection(all));
}

async function planOne(app: App, connection: Connection, flags: PlanFlags, io: Io): Promise<object> {
  const { models } = connection.models;
  const { model, html, csv, json } = flags;
  const ids = mainFirst(connection, model);
  if (html !== undefined) requireWritable(html);
  const list = csv === undefined ? undefined : openPlanFile(csv, models.length > 1);
  let report: PlanReport;
  try {
    report = await look(app, connection, flags, ids, list, io);
    list?.finish();
  } catch (error) {
    list?.discard();
    throw error;
  }
  if (html !== undefined) await writePage(html, report);
  if (json !== true) for (const line of planText(report, io)) io.out(line);
  return planJson(report);
}

async function look(
  { client, namespace }: App,
  connection: Connection,
  { sample, json }: PlanFlags,
  ids: readonly string[],
  list: PlanFile | undefined,
  io: Io,
): Promise<PlanReport> {
  // What the set-up has yet to make holds nothing, and nothing is written.
  await connection.crm.connect({ readOnly: true });
  const progress = json
    ? silentProgress
    : startProgress(io, { title: 'Looking at the leads', total: sample, now: connection.clock.now });
  const { at, sampleOf, figures, holdouts } = await withScratch(
    client,
    `${namespace}-plan-${randomUUID()}`,
    (scratch) =>
      plan(connection, scratch, {
        sample,
        signal: io.signal,
        onLead: (id, model, lead) => ids.includes(model) && list?.add(id, model, lead),
        onActivities: (count) => progress.update(0, `${count.toLocaleString('en-US')} activities read`),
        onProgress: (leads) => progress.update(leads, `${counted(leads, 'lead')} looked at`),
      }),
  );
  const models = ids.flatMap((id) => figures.filter((each) => each.model.id === id).map(reportOf));
  const held = holdouts
    .filter(({ challenger }) => ids.includes(challenger.champion.id))
    .map(({ challenger: { model: own, champion }, figures: its }) => {
      return { ...reportOf(its), model: own.id, champion: champion.id, holdout: own.holdout };
    });
  const [first] = models;
  const beside = held.filter(({ champion }) => champion === first?.model).map(({ leads }) => leads);
  const looked = beside.reduce((sum, leads) => sum + leads, first?.leads ?? 0);
  progress.finish(`Looked at ${counted(looked, 'lead')}.`);
  return { at, sampleOf, models, ...(held.length > 0 && { holdouts: held }) };
}

/** Loaded when it is asked for: drawing takes a while to load. */
async function writePage(file: string, report: PlanReport): Promise<void> {
  const { planPage } = await import('./plan-page.ts');
  await writeFile(file, await planPage(report));
}
