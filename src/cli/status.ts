import type { Command } from 'commander';
import { jobs } from '../../jobs/index.ts';
import { LeadgaugeError } from '../base/errors.ts';
import { readStatus } from '../sync/status.ts';
import { budgetLimits } from './budget-limits.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { counted, printJson } from './print.ts';
import { statusJson } from './status-json.ts';
import { needsOf } from './status-needs.ts';
import { statusText } from './status-text.ts';
import { withApp } from './with-app.ts';

export function addStatus(program: Command, io: Io): void {
  program
    .command('status')
    .description('Tell on one screen how everything stands: how fresh, what waits, what failed. Asks no CRM.')
    .option('--json', 'print it as one JSON object')
    .addHelpText(
      'after',
      `
It reads what the workers noted in Redis, so it works while a CRM is down, and
uses none of its calls.

The exit code is 0 when all is well, and 1 when something needs a person: each
of these is a line with an x, and what to do about it. Overdue follow-ups are
for sales, and no such thing: see "leadgauge follow-up".

Examples:
  leadgauge status
  leadgauge status --json | jq '.needs[]'`,
    )
    .action(({ json }: { json?: true }) => withApp(io, (app) => runStatus(app, io, json === true)));
}

async function runStatus({ settings, connections, queues }: App, io: Io, json: boolean): Promise<void> {
  const status = await readStatus({
    connections,
    queues,
    jobs,
    schedules: settings.schedules,
    limitsOf: (name) => budgetLimits(settings, name),
  });
  const needs = needsOf(status);
  if (json) printJson(io, statusJson(status, needs));
  else for (const line of statusText(status, needs, io)) io.out(line);
  if (needs.length > 0)
    throw new NeedsAPersonError(`${counted(needs.length, 'thing')} ${needs.length === 1 ? 'needs' : 'need'} a person`);
}

/** Exit code 1. */
class NeedsAPersonError extends LeadgaugeError {}
