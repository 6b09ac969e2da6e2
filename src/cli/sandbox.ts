import { type Command, InvalidArgumentError, Option } from 'commander';
import { ConfigError } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';
import { ALL_SCOPES, createPortal, DEMO_TOKEN, loadCsv, type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { httpUrl, lengthOfTime, wholeNumber } from './arguments.ts';
import type { Io } from './io.ts';
import { counted } from './print.ts';

type Tier = 'free' | 'starter' | 'professional' | 'enterprise';

interface SandboxOptions {
  readonly port: number;
  readonly leads?: number;
  readonly seed: number;
  readonly tier: Tier;
  readonly leadsCsv?: string;
  readonly activitiesCsv?: string;
  readonly webhooks?: string;
  readonly webhookSecret?: string;
  readonly indexDelay?: number;
  readonly withoutScope: readonly string[];
  readonly json?: true;
}

const LEADS = 1_000;

export function addSandbox(program: Command, io: Io): void {
  program
    .command('sandbox')
    .description('Run a HubSpot portal on this machine, with people in it, to try leadgauge against.')
    .option('--port <port>', 'where it listens; 0 for any free port', wholeNumber(0, 65_535), 0)
    .option(
      '--leads <number>',
      `how many people it has (default: ${LEADS}, or none with --leads-csv)`,
      wholeNumber(0, 1_000_000),
    )
    .option('--seed <number>', 'another seed, other people', wholeNumber(0, 2 ** 31), 1)
    .addOption(
      new Option(
        '--tier <tier>',
        'the edition: only enterprise tells page views one by one, and from professional on there are e-mail events',
      )
        .choices(['free', 'starter', 'professional', 'enterprise'])
        .default('enterprise'),
    )
    .option('--leads-csv <file>', 'people from a file; its header names HubSpot properties')
    .option('--activities-csv <file>', 'what they did; its header is email,type,at,url,form')
    .option('--webhooks <url>', 'send webhooks to this address', httpUrl)
    .option('--webhook-secret <secret>', 'what webhooks are signed with')
    .option('--index-delay <time>', 'how late the search learns of changes, such as 5s', lengthOfTime)
    .option(
      '--without-scope <scope>',
      'what its token may not do, such as forms; once for each scope',
      (scope: string, before: readonly string[]) => [...before, knownScope(scope)],
      [],
    )
    .option('--json', 'print one line of JSON with url and token once it is ready')
    .addHelpText(
      'after',
      `
It answers as HubSpot does, with its limits and its errors. Ctrl-C ends it, and
then it forgets everything.

Examples:
  leadgauge sandbox --leads 5000
  leadgauge sandbox --leads-csv leads.csv --activities-csv activities.csv
  leadgauge sandbox --without-scope forms --without-scope crm.lists.read
  leadgauge sandbox --webhooks http://127.0.0.1:3000/webhooks/hubspot \\
    --webhook-secret try`,
    )
    .action((options: SandboxOptions) => sandbox(options, io));
}

async function sandbox(options: SandboxOptions, io: Io): Promise<void> {
  const running = await start(options);
  try {
    const contacts = running.portal.contacts.all.length;
    if (options.json === true) io.out(JSON.stringify({ url: running.url, token: DEMO_TOKEN, leads: contacts }));
    else for (const line of welcome(running.url, contacts, options)) io.out(line);
    await aborted(io.signal);
  } finally {
    await running.close();
  }
  io.err('the sandbox has ended');
}

/** @throws ConfigError for options that do not go together, files that cannot be read, and a port that is taken. */
async function start(options: SandboxOptions): Promise<Sandbox> {
  const { port, seed, tier, leadsCsv, activitiesCsv, indexDelay, withoutScope } = options;
  const webhooks = webhooksOf(options);
  if (activitiesCsv !== undefined && leadsCsv === undefined) {
    throw new ConfigError('--activities-csv needs --leads-csv: the file with the people who did it');
  }
  const portal = createPortal({ leads: options.leads ?? (leadsCsv === undefined ? LEADS : 0), seed, tier });
  if (leadsCsv !== undefined) await loadCsv(portal, { leads: leadsCsv, activities: activitiesCsv });
  const scopes = ALL_SCOPES.filter((scope) => !withoutScope.includes(scope));
  try {
    return await startSandbox({ portal, port, webhooks, indexDelay, tokens: [{ token: DEMO_TOKEN, scopes }] });
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

function webhooksOf({ webhooks: url, webhookSecret: secret }: SandboxOptions) {
  if (url === undefined && secret === undefined) return undefined;
  if (url === undefined) throw new ConfigError('--webhook-secret needs --webhooks: the address to send them to');
  if (secret === undefined) {
    throw new ConfigError('--webhooks needs --webhook-secret: the same as in HUBSPOT_WEBHOOK_SECRETS of the receiver');
  }
  return { url, secret };
}

function welcome(url: string, contacts: number, { webhooks, withoutScope }: SandboxOptions): string[] {
  return [
    `A HubSpot portal with ${counted(contacts, 'contact')} is at ${url}`,
    `Its token is ${DEMO_TOKEN}`,
    ...(withoutScope.length === 0 ? [] : [`The token lacks ${[...new Set(withoutScope)].join(', ')}`]),
    ...(webhooks === undefined ? [] : [`It sends webhooks to ${webhooks}`]),
    '',
    'Try it from another terminal:',
    '',
    `  export HUBSPOT_BASE_URL=${url}`,
    `  export HUBSPOT_TOKEN=${DEMO_TOKEN}`,
    '  npm run --silent leadgauge -- check',
    '  npm run --silent leadgauge -- setup --yes',
    '  npm run --silent leadgauge -- backfill',
    '',
    'Ctrl-C ends it.',
  ];
}

/** An open server keeps the process alive meanwhile. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
