import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { ConfigError, FatalError, formatProblem, LeadgaugeError, messageOf } from '../base/errors.ts';
import { redactAdvice, redactText } from '../base/log.ts';
import { addAlerts } from './alerts.ts';
import { addApply } from './apply.ts';
import { addBackfill } from './backfill.ts';
import { addBacktest } from './backtest.ts';
import { addCheck } from './check.ts';
import { addDeadLetters } from './dead-letters.ts';
import { addDemo } from './demo.ts';
import { addExplain } from './explain.ts';
import { addFollowUp } from './follow-up.ts';
import type { Io } from './io.ts';
import { addPlan } from './plan.ts';
import { addRemove } from './remove.ts';
import { addReview } from './review.ts';
import { addSandbox } from './sandbox.ts';
import { addSchema } from './schema.ts';
import { addScore } from './score.ts';
import { addSetup } from './setup.ts';
import { addStart } from './start.ts';
import { addStatus } from './status.ts';
import { addSuggest } from './suggest.ts';

/** Runs one command line. @returns the exit code: 0 done, 1 failed, 2 something must be changed by the one who asked. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  const program = createProgram(io);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return report(error, io);
  }
}

function createProgram(io: Io): Command {
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
  for (const add of commands) add(program, io);
  return program;
}

const commands = [
  addDemo,
  addCheck,
  addSetup,
  addRemove,
  addBackfill,
  addStart,
  addScore,
  addExplain,
  addPlan,
  addApply,
  addBacktest,
  addSuggest,
  addReview,
  addFollowUp,
  addStatus,
  addDeadLetters,
  addAlerts,
  addSchema,
  addSandbox,
];

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
