import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { ConfigError, FatalError, formatProblem, LeadgaugeError, messageOf } from '../base/errors.ts';
import { redactAdvice, redactText } from '../base/log.ts';
import type { Io } from './io.ts';

/** Runs one command line. @returns the exit code: 0 done, 1 failed, 2 something must be changed by the one who asked. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  try {
    const program = await createProgram(args, io);
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return report(error, io);
  }
}

async function createProgram(args: readonly string[], io: Io): Promise<Command> {
  const program = new Command('leadgauge')
    .version(packageJson.version)
    .description(
      'Scores the leads of HubSpot and Salesforce, and writes scores, reasons, flags and stages back to them.',
    )
    .addHelpText(
      'after',
      `
Try it without a CRM:        leadgauge demo
Connect your own CRM:        leadgauge check, setup, backfill, start
See why a lead scores so:    leadgauge explain ada@example.com
See what a model changes:    leadgauge plan, then apply
See what history says:       leadgauge suggest, backtest, review
See how everything stands:   leadgauge status

Every command explains itself: leadgauge backfill --help`,
    )
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
      // It repeats the argument that it does not understand.
      outputError: (text, write) => write(redactText(text)),
    })
    .showSuggestionAfterError()
    .exitOverride();
  for (const add of await Promise.all(neededFor(args).map((load) => load()))) add(program, io);
  return program;
}

/** The command that is asked for; all of them for whoever asks for help, or for something that is no command. */
function neededFor([name = '']: readonly string[]) {
  const named = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return named === undefined ? Object.values(commands) : [named];
}

/**
 * Each in a file of its own, which is read for its command alone: all of them together take a second and 100 MB, which a receiver would
 * hold for as long as it runs.
 */
const commands: Readonly<Record<string, () => Promise<(program: Command, io: Io) => void>>> = {
  demo: async () => (await import('./demo.ts')).addDemo,
  check: async () => (await import('./check.ts')).addCheck,
  setup: async () => (await import('./setup.ts')).addSetup,
  remove: async () => (await import('./remove.ts')).addRemove,
  backfill: async () => (await import('./backfill.ts')).addBackfill,
  start: async () => (await import('./start.ts')).addStart,
  score: async () => (await import('./score.ts')).addScore,
  explain: async () => (await import('./explain.ts')).addExplain,
  plan: async () => (await import('./plan.ts')).addPlan,
  apply: async () => (await import('./apply.ts')).addApply,
  backtest: async () => (await import('./backtest.ts')).addBacktest,
  suggest: async () => (await import('./suggest.ts')).addSuggest,
  review: async () => (await import('./review.ts')).addReview,
  'follow-up': async () => (await import('./follow-up.ts')).addFollowUp,
  status: async () => (await import('./status.ts')).addStatus,
  'dead-letters': async () => (await import('./dead-letters.ts')).addDeadLetters,
  alerts: async () => (await import('./alerts.ts')).addAlerts,
  schema: async () => (await import('./schema.ts')).addSchema,
  sandbox: async () => (await import('./sandbox.ts')).addSandbox,
};

function report(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ConfigError) {
    for (const problem of error.problems) {
      const message = redactAdvice(problem.message);
      for (const line of formatProblem({ ...problem, message }).split('\n')) io.err(line);
    }
    return 2;
  }
  if (io.signal.aborted) {
    io.err('stopped');
    return 1;
  }
  const stack = error instanceof Error && !(error instanceof LeadgaugeError) ? error.stack : undefined;
  io.err(redactText(stack !== undefined && io.env.LOG_LEVEL === 'debug' ? stack : messageOf(error)));
  // A wrong token, say: trying again helps nobody before a person has acted.
  return error instanceof FatalError ? 2 : 1;
}
