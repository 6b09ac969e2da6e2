import type { Command } from 'commander';
import { durationText } from '../base/duration-text.ts';
import { ConfigError, LeadgaugeError } from '../base/errors.ts';
import { nearestWord } from '../base/nearest-word.ts';
import {
  type DecidedRule,
  dropRule,
  finishDecisions,
  listUndone,
  type RuleDecision,
  resumeRule,
} from '../ledger/ceiling-decisions.ts';
import { listTripped } from '../ledger/ceilings.ts';
import { alertingRules } from '../sync/alerting-rules.ts';
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
  leadgauge alerts resume platform/demo-request  it was right: tell sales
  leadgauge alerts drop platform/demo-request    it was a mistake: tell nobody`,
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
      .addHelpText('after', `\nExample:\n  leadgauge alerts ${name} platform/demo-request\n\n${after}`)
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

async function list({ connections: [first] }: App, io: Io, json: boolean): Promise<void> {
  const rules = first === undefined ? [] : await listHeld(first);
  if (json) {
    printJson(
      io,
      rules.map(({ rule, at, leads, per, held, decision, isFormer }) => ({
        ...{ rule, since: isoTime(at), held, ceiling: { leads, per } },
        ...(decision && { unfinished: decision }),
        ...(isFormer && { former: true }),
      })),
    );
    return;
  }
  if (rules.length === 0) {
    io.out('no rule is stopped');
    return;
  }
  const rows = rules.map(({ rule, at, leads, per, held, decision, isFormer }) => [
    rule,
    timeText(at),
    String(held),
    `${counted(leads, 'lead')} in ${durationText(per)}`,
    ...(decision
      ? [`${decision}, which broke off: run it again`]
      : isFormer
        ? ['no model has it any more: drop it']
        : []),
  ]);
  for (const line of table([['RULE', 'SINCE', 'HELD', 'CEILING'], ...rows])) io.out(line);
  io.err('to let one go on, run: leadgauge alerts resume RULE, or to tell nobody: leadgauge alerts drop RULE');
}

/** The rules that are stopped, and those of which a decision broke off; its connections share them. */
async function listHeld({ space, models }: Connection) {
  const rules = alertingRules(models);
  const undone = await listUndone(space);
  const tripped = await listTripped(space);
  return [
    ...undone.map((each) => ({ ...each, isFormer: false })),
    ...tripped.map((each) => ({ ...each, decision: undefined, isFormer: !rules.has(each.rule) })),
  ];
}

interface Asked {
  readonly name: 'resume' | 'drop';
  readonly rule: string;
  readonly json: boolean;
}

async function decide({ connections }: App, io: Io, { name, rule, json }: Asked): Promise<void> {
  const [first] = connections;
  if (first === undefined) throw noSuchRule(rule, []);
  const { space, models, clock } = first;
  const now = clock.now();
  // What was decided first holds, whatever is asked for now.
  const finished = await finishDecisions(space, now);
  for (const each of finished) await wakeAll(connections, each);
  const tripped = await listTripped(space);
  const before = finished.find((each) => each.rule === rule);
  if (tripped.every((each) => each.rule !== rule)) {
    if (before === undefined) throw noSuchRule(rule, tripped);
    tell(io, before, json);
    if (DECIDES[name] !== before.decision)
      throw new DecidedBeforeError(`${rule} was ${before.decision} before, which holds: it was not ${DECIDES[name]}`);
    return;
  }
  if (name === 'resume' && !alertingRules(models).has(rule))
    throw new ConfigError(
      `no model has the rule ${JSON.stringify(rule)} any more, so nobody can be told of what it holds: put it back, or run "leadgauge alerts drop ${rule}"`,
    );
  const leads = await (name === 'resume' ? resumeRule : dropRule)(space, rule, now);
  const decided = { rule, decision: DECIDES[name], leads };
  await wakeAll(connections, decided);
  tell(io, decided, json);
}

const DECIDES = { resume: 'resumed', drop: 'dropped' } as const satisfies Record<Asked['name'], RuleDecision>;

function noSuchRule(rule: string, tripped: readonly { readonly rule: string }[]): ConfigError {
  const near = nearestWord(
    rule,
    tripped.map((each) => each.rule),
  );
  const hint = near === undefined ? 'see them with "leadgauge alerts list"' : `did you mean "${near}"?`;
  return new ConfigError(`no rule ${JSON.stringify(rule)} is stopped: ${hint}`);
}

/** Exit code 1. */
class DecidedBeforeError extends LeadgaugeError {}

function tell(io: Io, { rule, decision, leads }: DecidedRule, json: boolean): void {
  const held = counted(leads.length, 'lead');
  if (json) printJson(io, { rule, [decision]: leads.length });
  else if (decision === 'resumed')
    io.out(`${rule} goes on: sales will be told of ${held} by the worker, as far as the rule still fits them`);
  else io.out(`${rule} goes on: nobody is told of the ${held} that it held`);
}

/** Also where nobody is to be told, so that this is settled now and not by the lead's next visit. */
async function wakeAll(connections: readonly Connection[], { leads }: DecidedRule): Promise<void> {
  const names = new Set(leads.map(({ connection }) => connection));
  for (const { crm, wake } of connections) if (names.has(crm.name)) await wake('score');
}
