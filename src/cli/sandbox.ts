import { type Command, InvalidArgumentError, Option } from 'commander';
import { ConfigError } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';
import { ALL_SCOPES } from '../sandbox/sandbox.ts';
import { CONNECTIONS, httpUrl, lengthOfTime, wholeNumber } from './arguments.ts';
import type { Io } from './io.ts';
import { startHubspotSandbox } from './sandbox-hubspot.ts';
import { LEADS, type RunningSandbox, type SandboxOptions } from './sandbox-options.ts';
import { startSalesforceSandboxHere } from './sandbox-salesforce.ts';

export function addSandbox(program: Command, io: Io): void {
  program
    .command('sandbox')
    .description(
      'Run a HubSpot portal or a Salesforce org on this machine, with people in it, to try leadgauge against.',
    )
    .addOption(new Option('--crm <crm>', 'which of them').choices(CONNECTIONS).default('hubspot'))
    .option('--port <port>', 'where it listens; 0 for any free port', wholeNumber(0, 65_535), 0)
    .option(
      '--leads <number>',
      `how many people it has (default: ${LEADS}, or none with --leads-csv)`,
      wholeNumber(0, 1_000_000),
    )
    .option('--seed <number>', 'another seed, other people', wholeNumber(0, 2 ** 31), 1)
    .addOption(
      new Option(
        '--buyers <how>',
        'who bought: by-chance, or by-rule, with a past in which "suggest" and "backtest" find something',
      ).choices(['by-chance', 'by-rule']),
    )
    .addOption(
      new Option(
        '--tier <tier>',
        'the edition of HubSpot: only enterprise, which it is unless told, tells page views one by one, and from professional on there are e-mail events',
      ).choices(['free', 'starter', 'professional', 'enterprise']),
    )
    .option('--leads-csv <file>', 'people from a file; its header names HubSpot properties')
    .option('--activities-csv <file>', 'what they did; its header is email,type,at,url,form')
    .option('--webhooks <url>', 'send webhooks, or outbound messages, to this address', httpUrl)
    .option('--webhook-secret <secret>', 'what webhooks of HubSpot are signed with')
    .option('--index-delay <time>', 'how late the search of HubSpot learns of changes, such as 5s', lengthOfTime)
    .option(
      '--without-scope <scope>',
      'what the token of HubSpot may not do, such as forms; once for each scope',
      (scope: string, before: readonly string[]) => [...before, knownScope(scope)],
      [],
    )
    .option('--json', 'print one line of JSON with address and credentials once it is ready')
    .addHelpText(
      'after',
      `
It answers as HubSpot or Salesforce does, with its limits and its errors. Ctrl-C
ends it, and then it forgets everything.

Examples:
  leadgauge sandbox --leads 5000
  leadgauge sandbox --leads 5000 --buyers by-rule
  leadgauge sandbox --leads-csv leads.csv --activities-csv activities.csv
  leadgauge sandbox --without-scope forms --without-scope crm.lists.read
  leadgauge sandbox --webhooks http://127.0.0.1:3000/webhooks/hubspot \\
    --webhook-secret try
  leadgauge sandbox --crm salesforce --leads 5000`,
    )
    .action((options: SandboxOptions) => sandbox(options, io));
}

async function sandbox(options: SandboxOptions, io: Io): Promise<void> {
  const running = await start(options);
  try {
    if (options.json === true) io.out(JSON.stringify(running.told));
    else for (const line of [...running.welcome, ...(options.buyers === 'by-rule' ? NEXT_BY_RULE : NEXT)]) io.out(line);
    await aborted(io.signal);
  } finally {
    await running.close();
  }
  io.err('the sandbox has ended');
}

const NEXT = [
  '  npm run --silent leadgauge -- setup --yes',
  '  npm run --silent leadgauge -- check',
  '  npm run --silent leadgauge -- backfill',
  '',
  'Ctrl-C ends it.',
];

const NEXT_BY_RULE = [
  '  npm run --silent leadgauge -- suggest',
  '  npm run --silent leadgauge -- backtest',
  '',
  'Ctrl-C ends it.',
];

/** @throws ConfigError for options that do not go together, and a port that is taken. */
async function start(options: SandboxOptions): Promise<RunningSandbox> {
  const { crm, port } = options;
  try {
    return await (crm === 'salesforce' ? startSalesforceSandboxHere(options) : startHubspotSandbox(options));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const reason = code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be opened by this user';
    throw new ConfigError(`port ${port} ${reason}: name another with --port, or leave it out`);
  }
}

function knownScope(scope: string): string {
  const scopes: readonly string[] = ALL_SCOPES;
  if (scopes.includes(scope)) return scope;
  throw new InvalidArgumentError(`The sandbox knows no such scope${suggestion(scope, scopes)}`);
}

/** An open server keeps the process alive meanwhile. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
