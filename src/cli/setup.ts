import type { Command } from 'commander';
import { ConfigError } from '../base/errors.ts';
import type { Crm, SetupStep } from '../crm/crm.ts';
import { CONNECTIONS, connectionArgument } from './arguments.ts';
import { askWhether } from './ask.ts';
import { byConnection, scoredConnections } from './connections.ts';
import { wordsOfCrm } from './crm-words.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { fold, paint, printJson } from './print.ts';
import { setupProject } from './setup-project.ts';
import { withApp } from './with-app.ts';

export interface SetupOptions {
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
  /** The folder of a project, or that it goes where it does by default; absent where the CRM itself is set up. */
  readonly project?: string | true;
  readonly personAccounts?: true;
}

export function addSetup(program: Command, io: Io): void {
  program
    .command('setup')
    .description(
      'Create the properties or fields that leadgauge writes to, or write the files of an app that does. Shows it first, and asks.',
    )
    .addArgument(connectionArgument())
    .option(
      '--project [folder]',
      'write a HubSpot project with an app, for "hs project upload", or a Salesforce project, for "sf project deploy start"',
    )
    .option('--person-accounts', 'with --project: the Salesforce org has person accounts')
    .option('-y, --yes', 'do it without asking')
    .option('--dry-run', 'only show what would be done')
    .option('--json', 'print the plan as JSON, and whether it was carried out; never asks')
    .addHelpText(
      'after',
      `
It creates only what is missing, so that it may run as often as you like, also
after it was interrupted, and never changes or deletes what others made. The
names of the properties are in config/hubspot.yaml, those of the fields in
config/salesforce.yaml, under "outputs".

Create them, in every CRM that is on; this needs its credentials:
  leadgauge setup --dry-run      what would it create?
  leadgauge setup                show it, ask, create it
  leadgauge setup --yes          create it, in a script
  leadgauge setup salesforce     in this CRM alone

For HubSpot, before there is a token, write the app that gives you one. Its
scopes and its webhooks follow from config/ and from PUBLIC_URL. What you change
in its files stays, and every line that would be replaced is shown first:
  leadgauge setup hubspot --project              into hubspot-app/
  leadgauge setup hubspot --project crm/app      into a folder of your choice

For Salesforce, write the fields, the permission sets and, with PUBLIC_URL, the
flows that tell leadgauge of changes, for teams that deploy these themselves:
  leadgauge setup salesforce --project           into salesforce-app/

"leadgauge remove hubspot" and "leadgauge remove salesforce" take away what
setup created.`,
    )
    .action((connection: string | undefined, options: SetupOptions) => {
      if (options.project !== undefined) {
        if (connection === undefined) refuseConnection(options.project);
        return setupProject(connection, io, options);
      }
      if (options.personAccounts === true)
        throw new ConfigError('--person-accounts needs --project: without it, setup asks the org itself');
      return withApp(io, (app) => setupAll(app, connection, io, options));
    });
}

/** What follows --project is a folder, so that the connection must come before it. */
function refuseConnection(folder: string | true): void {
  if (!CONNECTIONS.some((one) => one === folder)) return;
  throw new ConfigError(
    `"${folder}" after --project is taken for a folder: did you mean "leadgauge setup ${folder} --project"? For a folder of that name, write --project ./${folder}`,
  );
}

interface Done {
  readonly steps: readonly SetupStep[];
  readonly applied: boolean;
}

/** One CRM after the other; nothing is written to one that is a source alone. */
async function setupAll(app: App, name: string | undefined, io: Io, options: SetupOptions): Promise<void> {
  const all: { name: string; told: Done }[] = [];
  for (const { crm } of scoredConnections(app, name)) {
    if (options.json !== true && app.connections.length > 1) io.out(`${crm.name}:`);
    all.push({ name: crm.name, told: await setup(crm, io, options) });
  }
  if (options.json === true) printJson(io, byConnection(all));
  const isLeft = all.some(({ told }) => told.steps.length > 0 && !told.applied);
  if (isLeft && options.dryRun !== true && !mayAsk(options, io))
    throw new ConfigError(`to create this, run: leadgauge setup${name === undefined ? '' : ` ${name}`} --yes`);
}

async function setup(crm: Crm, io: Io, options: SetupOptions): Promise<Done> {
  const steps = await crm.planSetup();
  const { whole } = wordsOfCrm(crm.name);
  if (options.json !== true) show(steps, whole, io);
  const applied = steps.length > 0 && (await isWanted(whole, options, io));
  if (applied) await apply(crm, steps, io);
  if (options.json !== true && steps.length > 0)
    io.out(applied ? 'created; now try: leadgauge check' : 'nothing was created');
  return { steps, applied };
}

async function apply(crm: Crm, steps: readonly SetupStep[], io: Io): Promise<void> {
  try {
    await crm.applySetup(steps);
  } catch (error) {
    io.err('not all of it was created: what was stays, and the next "leadgauge setup" goes on there');
    throw error;
  }
}

function show(steps: readonly SetupStep[], whole: string, io: Io): void {
  if (steps.length === 0) {
    io.out('everything is there already: nothing to create');
    return;
  }
  io.out(`to be created in ${whole}:`);
  const plus = paint(io, 'green', '+');
  for (const { description } of steps)
    io.out(`  ${plus} ${io.terminal ? fold(description, 4).trimStart() : description}`);
}

async function isWanted(whole: string, options: SetupOptions, io: Io): Promise<boolean> {
  if (options.dryRun === true) return false;
  if (options.yes === true) return true;
  return mayAsk(options, io) && (await askWhether(`Create them in ${whole}?`, io));
}

const mayAsk = ({ json }: SetupOptions, io: Io) => io.terminal && json !== true;
