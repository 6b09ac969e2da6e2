import type { Command } from 'commander';
import { durationText } from '../base/duration-text.ts';
import { ConfigError } from '../base/errors.ts';
import { nearestWord } from '../base/nearest-word.ts';
import { dropRule, type HeldLead, listTripped, resumeRule, type TrippedRule } from '../ledger/ceilings.ts';
import { markDirty } from '../ledger/dirty.ts';
import type { Connection } from '../sync/connection.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { counted, isoTime, printJson, table, timeText } from './print.ts';
import { withApp } from './with-app.ts';

export function addAlerts(program: Command, io: Io): void {
  const group = program
    .command('alerts')
    .description('See the rules that were stopped for alerting too many, and let them go on.')
    .addHelpText(
      'after',
      `
A rule that wants to put more leads before sales than the ceiling in
config/sales.yaml allows is stopped, with one message. What it wants from then
on is held: nobody is told, nothing is promoted and no task is made, until you
say what becomes of it.

Examples:
  leadgauge alerts list
  leadgauge alerts resume platform/demo   it was right: tell sales of them
  leadgauge alerts drop platform/demo     it was a mistake: tell nobody`,
    );
  group
    .command('list')
    .description('Show the rules that are stopped and how many alerts each holds.')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExample:\n  leadgauge alerts list --json')
    .action(({ json }: { json?: true }) => withApp(io, (app) => list(app, io, json === true)));
  const act = (name: 'resume' | 'drop', description: string, after: string) =>
    group
      .command(name)
      .description(description)
      .argument('<rule>', 'as "list" shows it')
      .option('--json', 'print what was done as JSON')
      .addHelpText('after', `\nExample:\n  leadgauge alerts ${name} platform/demo\n\n${after}`)
      .action((rule: string, { json }: { json?: true }) =>
        withApp(io, (app) => decide(app, io, { name, rule, json: json === true })),
      );
  act(
    'resume',
    'Let a rule go on, and tell sales of what it holds.',
    'The worker does it ("leadgauge start"), at its next turn. The rule is counted afresh, without these.',
  );
  act(
    'drop',
    'Let a rule go on, and tell nobody of what it holds.',
    'Mend the rule first, or it stops again. What it holds is done with for good.',
  );
}

async function list({ connections }: App, io: Io, json: boolean): Promise<void> {
  const rules = await trippedRules(connections);
  if (json) {
    printJson(
      io,
      rules.map(({ rule, at, leads, per, held }) => ({ rule, since: isoTime(at), held, ceiling: { leads, per } })),
    );
    return;
  }
  if (rules.length === 0) {
    io.out('no rule is stopped');
    return;
  }
  const rows = rules.map(({ rule, at, leads, per, held }) => [
    rule,
    timeText(at),
    String(held),
    `${counted(leads, 'lead')} in ${durationText(per)}`,
  ]);
  for (const line of table([['RULE', 'SINCE', 'HELD', 'CEILING'], ...rows])) io.out(line);
  io.err('to let one go on, run: leadgauge alerts resume RULE, or to tell nobody: leadgauge alerts drop RULE');
}

interface Decision {
  readonly name: 'resume' | 'drop';
  readonly rule: string;
  readonly json: boolean;
}

async function decide({ connections }: App, io: Io, { name, rule, json }: Decision): Promise<void> {
  const tripped = await trippedRules(connections);
  const [first] = connections;
  if (first === undefined || tripped.every((each) => each.rule !== rule)) {
    const near = nearestWord(
      rule,
      tripped.map((each) => each.rule),
    );
    const hint = near === undefined ? 'see them with "leadgauge alerts list"' : `did you mean "${near}"?`;
    throw new ConfigError(`no rule ${JSON.stringify(rule)} is stopped: ${hint}`);
  }
  const change = name === 'resume' ? resumeRule : dropRule;
  const held = await change(first.space, rule, first.clock.now());
  for (const connection of connections) await lookAgain(connection, held);
  if (json) printJson(io, { rule, [name === 'resume' ? 'resumed' : 'dropped']: held.length });
  else if (name === 'resume')
    io.out(`${rule} goes on: sales will be told of ${counted(held.length, 'lead')} by the worker`);
  else io.out(`${rule} goes on: nobody is told of the ${counted(held.length, 'lead')} that it held`);
}

/** Its connections share what is stopped: the space of any of them tells. */
async function trippedRules([first]: readonly Connection[]): Promise<readonly TrippedRule[]> {
  return first === undefined ? [] : listTripped(first.space);
}

/** Also where nobody is to be told, so that this is settled now and not by the lead's next visit. */
async function lookAgain({ crm, space, clock, wake }: Connection, held: readonly HeldLead[]): Promise<void> {
  const ids = held.filter(({ connection }) => connection === crm.name).map(({ leadId }) => leadId);
  if (ids.length === 0) return;
  await markDirty(space, ids, clock.now());
  await wake('score');
}
