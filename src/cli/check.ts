import type { Command } from 'commander';
import { ConfigError, LeadgaugeError } from '../base/errors.ts';
import type { Crm, Finding } from '../crm/crm.ts';
import { nurtureFindings } from '../sync/nurture-findings.ts';
import { salesFindings } from '../sync/sales-findings.ts';
import { checkMachine } from './check-machine.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { counted, findingText, printJson } from './print.ts';
import { withApp } from './with-app.ts';

export function addCheck(program: Command, io: Io): void {
  program
    .command('check')
    .description('Try the config files, the token and its permissions against the portal. Writes nothing.')
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      `
Each finding is a line: "ok" is as it should be, "!" is worth knowing, "x" must
be changed. The exit code is 0 when there is no x, and 2 when there is one.

Examples:
  leadgauge check
  leadgauge check --json | jq '.findings[] | select(.level == "problem")'

Before "leadgauge setup" has run, it says that output properties are missing.`,
    )
    .action(({ json }: { json?: true }) =>
      withApp(io, (app) => check(app, io, json === true), { tellsWarnings: true }),
    );
}

async function check(app: App, io: Io, json: boolean): Promise<void> {
  const findings = await checkMachine(app);
  for (const connection of app.connections) {
    const { crm } = connection;
    const found = await checkCrm(app, crm);
    const cut = cutShort(found);
    const told = [...found, ...(cut.length > 0 ? cut : await salesFindings(connection, inTurn(app, crm.name)))];
    // Of several, each finding says whose it is.
    const of = app.connections.length > 1 ? `${crm.name}: ` : '';
    findings.push(...told.map(({ level, message }) => ({ level, message: `${of}${message}` })));
  }
  findings.push(...nurtureFindings(app.connections));
  const problems = findings.filter(({ level }) => level === 'problem').length;
  if (json) printJson(io, { ok: problems === 0, findings });
  else for (const finding of findings) io.out(findingText(io, finding));
  if (problems > 0) throw new ConfigError(`${counted(problems, 'problem')}: mend what is marked x, then check again`);
}

/** Who gets leads in turn, as the CRM's file has them: it is not connected, which would fail for what is to be found here. */
function inTurn({ settings: { hubspot, salesforce } }: App, name: string): readonly string[] {
  return (name === 'hubspot' ? hubspot : salesforce)?.value.tasks.owners ?? [];
}

/** Of several, one that cannot be reached holds up no other. */
async function checkCrm({ connections }: App, crm: Crm): Promise<readonly Finding[]> {
  try {
    return await crm.check();
  } catch (error) {
    if (connections.length === 1 || !(error instanceof LeadgaugeError)) throw error;
    return [{ level: 'problem', message: error.message }];
  }
}

/** The portal's own check ends at a token that does not work at all. */
function cutShort(portal: readonly Finding[]): Finding[] {
  if (portal.length !== 1 || portal[0]?.level !== 'problem') return [];
  return [
    { level: 'warning', message: 'not checked for want of the above: permissions, properties, stages and forms' },
  ];
}
