import { formatProblem } from '../base/errors.ts';
import { usableTargets } from '../settings/notify-environment.ts';
import type { Settings } from '../settings/settings.ts';
import type { Io } from './io.ts';

/** What is likely wrong in config: `warning: config/models/platform.yaml:12:9 …`, a line each, on standard error. */
export function tellWarnings({ warnings }: Settings, io: Io): void {
  for (const warning of warnings) io.err(`warning: ${formatProblem(warning)}`);
}

/** Which ways to tell sales are on and not configured here, a line each: only what tells sales something cannot do without. */
export function tellLeftOut({ sales, environment }: Settings, io: Io): void {
  for (const problem of usableTargets(sales, environment.notify).problems)
    io.err(`note: a way to tell sales is not configured here, and "leadgauge start" needs it: ${problem}`);
}
