import type { Command } from 'commander';
import { ConfigError, RetryableError } from '../base/errors.ts';
import type { Crm, RemovalOutcome, RemovalPlan, RemovalStep } from '../crm/crm.ts';
import { connectionArgument } from './arguments.ts';
import { askWhether } from './ask.ts';
import { oneConnection } from './connections.ts';
import { eraseNamespace } from './demo/erase-namespace.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { counted, printJson } from './print.ts';
import { stepLines } from './project-steps.ts';
import { remainingByHand } from './removal-steps.ts';
import { outcomeLines, planLines } from './removal-text.ts';
import { withApp } from './with-app.ts';

interface RemoveOptions {
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
  readonly redis?: true;
}

export function addRemove(program: Command, io: Io): void {
  program
    .command('remove')
    .description('Delete from the CRM what "leadgauge setup" created, with all values in it. Shows it first, and asks.')
    .addArgument(connectionArgument({ required: true }))
    .option('-y, --yes', 'delete it without asking')
    .option('--dry-run', 'only show what would be deleted')
    .option('--redis', 'also delete what leadgauge keeps in Redis, of every CRM')
    .option('--json', 'print the plan as JSON, and what became of it; never asks')
    .addHelpText(
      'after',
      `
It deletes what setup created: properties, or fields and permission sets, also
those of models that are no longer in config/, and HubSpot's group once nothing
else is in it. What others made or changed is named and left alone: a property
of your own, one of another type, one that was moved to another group, a
permission set with other fields in it.
HubSpot keeps deleted properties for 90 days, and Salesforce deleted fields for
15, with their values: until then a person can restore them.

Stop every "leadgauge start" first: it would have nowhere to write to.

Examples:
  leadgauge remove hubspot --dry-run      what would it delete?
  leadgauge remove hubspot                show it, ask, delete it
  leadgauge remove hubspot --redis        and forget everything in Redis, too
  leadgauge remove salesforce --yes       in a script

It ends with 1 where the CRM refuses to delete something, as when a workflow or
a flow uses it: mend that, and run it again.`,
    )
    .action((name: string, options: RemoveOptions) => withApp(io, (app) => remove(app, name, io, options)));
}

async function remove(app: App, name: string, io: Io, options: RemoveOptions): Promise<void> {
  const { crm } = oneConnection(app, name);
  const plan = await crm.planRemoval();
  const erase = options.redis === true;
  const due = plan.steps.length > 0 || erase;
  if (options.json !== true)
    for (const line of planLines({ name, plan, erase, several: app.connections.length > 1 }, io)) io.out(line);
  const wanted = due && (await isWanted(plan, options, io));
  const outcomes = wanted ? await apply(crm, plan.steps, io) : [];
  const refused = outcomes.filter((outcome) => outcome.refused !== undefined);
  if (wanted && erase) await eraseNamespace(app.redis.url, app.namespace);
  tell({ name, plan, outcomes, wanted, due, erased: wanted && erase }, io, options);
  if (refused.length > 0)
    throw new RetryableError(
      `${counted(refused.length, 'thing')} could not be deleted: see above, mend it, and run this again`,
    );
  if (due && !wanted && options.dryRun !== true && !mayAsk(options, io)) {
    throw new ConfigError(`to delete this, run: leadgauge remove ${name}${erase ? ' --redis' : ''} --yes`);
  }
}

async function apply(crm: Crm, steps: readonly RemovalStep[], io: Io): Promise<readonly RemovalOutcome[]> {
  try {
    return await crm.applyRemoval(steps);
  } catch (error) {
    io.err(`not all of it was deleted: the next "leadgauge remove ${crm.name}" goes on with the rest`);
    throw error;
  }
}

interface Told {
  readonly name: string;
  readonly plan: RemovalPlan;
  readonly outcomes: readonly RemovalOutcome[];
  readonly wanted: boolean;
  readonly due: boolean;
  readonly erased: boolean;
}

function tell({ name, plan, outcomes, wanted, due, erased }: Told, io: Io, { json, redis }: RemoveOptions): void {
  // What is left can be deleted only with the credential, which is the first thing to go by hand.
  const isWhole = outcomes.every(({ refused }) => refused === undefined);
  const next = isWhole ? remainingByHand(name, redis === true) : [];
  if (json === true) printJson(io, { ...plan, applied: wanted, outcomes, erased, next });
  else if (due && !wanted) io.out('nothing was deleted');
  else {
    for (const line of outcomeLines({ name, outcomes, erased }, io)) io.out(line);
    if (next.length === 0) return;
    for (const line of ['', 'What remains to be done by hand:', '', ...stepLines(next)]) io.out(line);
  }
}

async function isWanted({ steps }: RemovalPlan, options: RemoveOptions, io: Io): Promise<boolean> {
  if (options.dryRun === true) return false;
  if (options.yes === true) return true;
  const what = steps.length > 0 ? 'Delete them, with all values in them?' : 'Delete what is in Redis?';
  return mayAsk(options, io) && (await askWhether(what, io));
}

const mayAsk = ({ json }: RemoveOptions, io: Io) => io.terminal && json !== true;
