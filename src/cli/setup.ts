import type { Command } from 'commander';
import { ConfigError } from '../base/errors.ts';
import type { SetupStep } from '../crm/crm.ts';
import { askWhether } from './ask.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { fold, printJson } from './print.ts';
import { withApp } from './with-app.ts';

interface SetupOptions {
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

export function addSetup(program: Command, io: Io): void {
  program
    .command('setup')
    .description('Create the contact properties that leadgauge writes to. Shows them first, and asks.')
    .option('-y, --yes', 'create them without asking')
    .option('--dry-run', 'only show what would be created')
    .option('--json', 'print the plan as JSON, and whether it was carried out; never asks')
    .addHelpText(
      'after',
      `
It creates only what is missing, so that it may run as often as you like, and
never changes or deletes what others made. The names of the properties are in
config/hubspot.yaml, under "outputs".

Examples:
  leadgauge setup --dry-run    what would it create?
  leadgauge setup              show it, ask, create it
  leadgauge setup --yes        create it, in a script`,
    )
    .action((options: SetupOptions) => withApp(io, (app) => setup(app, io, options)));
}

async function setup({ connection: { crm } }: App, io: Io, options: SetupOptions): Promise<void> {
  const steps = await crm.planSetup();
  if (options.json !== true) show(steps, io);
  const wanted = steps.length > 0 && (await isWanted(options, io));
  if (wanted) await crm.applySetup(steps);
  if (options.json === true) printJson(io, { steps, applied: wanted });
  else if (wanted) io.out('created; now try: leadgauge check');
  else if (steps.length > 0) io.out('nothing was created');
  if (steps.length > 0 && !wanted && options.dryRun !== true && !mayAsk(options, io)) {
    throw new ConfigError('to create this, run: leadgauge setup --yes');
  }
}

function show(steps: readonly SetupStep[], io: Io): void {
  if (steps.length === 0) {
    io.out('everything is there already: nothing to create');
    return;
  }
  io.out('to be created in the portal:');
  for (const { description } of steps)
    io.out(io.terminal ? `  + ${fold(description, 4).trimStart()}` : `  + ${description}`);
}

async function isWanted(options: SetupOptions, io: Io): Promise<boolean> {
  if (options.dryRun === true) return false;
  if (options.yes === true) return true;
  return mayAsk(options, io) && (await askWhether('Create them in the portal?', io));
}

const mayAsk = ({ json }: SetupOptions, io: Io) => io.terminal && json !== true;
