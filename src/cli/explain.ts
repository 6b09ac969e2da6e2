import type { Command } from 'commander';
import { instant } from './arguments.ts';
import { explainLead } from './explanation.ts';
import { explanationJson } from './explanation-json.ts';
import { explanationText } from './explanation-text.ts';
import type { Io } from './io.ts';
import { printJson } from './print.ts';
import { withApp } from './with-app.ts';

interface ExplainOptions {
  readonly at?: number;
  readonly json?: true;
}

export function addExplain(program: Command, io: Io): void {
  program
    .command('explain')
    .description('Tell why a contact scores as it does, what is missing, and what comes next. Writes nothing.')
    .argument('<email|id>', 'the e-mail address of a contact, or its id')
    .option('--at <time>', 'as of this day or time (UTC): what was done later does not count', instant)
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
The contact is read afresh from the portal, what it did from the Redis ledger,
which "leadgauge backfill" fills and "leadgauge start" keeps up to date.

Examples:
  leadgauge explain ada@example.com
  leadgauge explain 1234 --at 2026-06-30   if nothing happens until then
  leadgauge explain 1234 --json | jq .reasons`,
    )
    .action((who: string, { at, json }: ExplainOptions) =>
      withApp(io, async (app) => {
        const explanation = await explainLead(app, who, at, io.signal);
        if (json === true) printJson(io, explanationJson(explanation));
        else for (const line of explanationText(explanation, io)) io.out(line);
        if (explanation.note !== undefined) io.err(explanation.note);
      }),
    );
}
