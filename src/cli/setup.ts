import { type Command, Option } from 'commander';
import { ConfigError } from '../base/errors.ts';
import type { Crm, SetupStep } from '../crm/crm.ts';
import { CONNECTIONS, connectionArgument } from './arguments.ts';
import { askWhether } from './ask.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { fold, paint, printJson } from './print.ts';
import { setupProject } from './setup-project.ts';
import { withApp } from './with-app.ts';

export interface SetupOptions {
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
  /** The folder of the HubSpot project; absent where properties are to be created. */
  readonly project?: string;
}

export function addSetup(program: Command, io: Io): void {
  program
    .command('setup')
    .description('Create the properties that leadgauge writes to, or write the HubSpot app. Shows it first, and asks.')
    .addArgument(connectionArgument())
    .addOption(
      new Option('--project [folder]', 'write a HubSpot project with an app, ready for "hs project upload"').preset(
        'hubspot-app',
      ),
    )
    .option('-y, --yes', 'do it without asking')
    .option('--dry-run', 'only show what would be done')
    .option('--json', 'print the plan as JSON, and whether it was carried out; never asks')
    .addHelpText(
      'after',
      `
It creates only what is missing, so that it may run as often as you like, also
after it was interrupted, and never changes or deletes what others made. The
names of the properties are in config/hubspot.yaml, under "outputs".

Create the properties; this needs HUBSPOT_TOKEN:
  leadgauge setup --dry-run    what would it create?
  leadgauge setup              show it, ask, create it
  leadgauge setup --yes        create it, in a script

Before there is a token, write the app that gives you one. Its scopes and its
webhooks follow from config/ and from PUBLIC_URL. What you change in its files
stays, and every line that would be replaced is shown first:
  leadgauge setup hubspot --project              into hubspot-app/
  leadgauge setup hubspot --project crm/app      into a folder of your choice

"leadgauge remove hubspot" takes the properties away again.`,
    )
    .action((connection: string | undefined, options: SetupOptions) => {
      if (options.project === undefined) return withApp(io, (app) => setup(app, io, options));
      if (connection === undefined) refuseConnection(options.project);
      return setupProject(options.project, io, options);
    });
}

/** What follows --project is a folder, so that the connection must come before it. */
function refuseConnection(folder: string): void {
  if (!CONNECTIONS.some((one) => one === folder)) return;
  throw new ConfigError(
    `"${folder}" after --project is taken for a folder: did you mean "leadgauge setup ${folder} --project"? For a folder of that name, write --project ./${folder}`,
  );
}

async function setup({ connection: { crm } }: App, io: Io, options: SetupOptions): Promise<void> {
  const steps = await crm.planSetup();
  if (options.json !== true) show(steps, io);
  const wanted = steps.length > 0 && (await isWanted(options, io));
  if (wanted) await apply(crm, steps, io);
  if (options.json === true) printJson(io, { steps, applied: wanted });
  else if (wanted) io.out('created; now try: leadgauge check');
  else if (steps.length > 0) io.out('nothing was created');
  if (steps.length > 0 && !wanted && options.dryRun !== true && !mayAsk(options, io)) {
    throw new ConfigError('to create this, run: leadgauge setup --yes');
  }
}

async function apply(crm: Crm, steps: readonly SetupStep[], io: Io): Promise<void> {
  try {
    await crm.applySetup(steps);
  } catch (error) {
    io.err('not all of it was created: what was stays, and the next "leadgauge setup" goes on there');
    throw error;
  }
}

function show(steps: readonly SetupStep[], io: Io): void {
  if (steps.length === 0) {
    io.out('everything is there already: nothing to create');
    return;
  }
  io.out('to be created in the portal:');
  const plus = paint(io, 'green', '+');
  for (const { description } of steps)
    io.out(`  ${plus} ${io.terminal ? fold(description, 4).trimStart() : description}`);
}

async function isWanted(options: SetupOptions, io: Io): Promise<boolean> {
  if (options.dryRun === true) return false;
  if (options.yes === true) return true;
  return mayAsk(options, io) && (await askWhether('Create them in the portal?', io));
}

const mayAsk = ({ json }: SetupOptions, io: Io) => io.terminal && json !== true;
