import { formatProblem } from '../base/errors.ts';
import type { Settings } from '../settings/settings.ts';
import type { Io } from './io.ts';

/** What is likely wrong in config: `warning: config/models/platform.yaml:12:9 …`, a line each, on standard error. */
export function tellWarnings({ warnings }: Settings, io: Io): void {
  for (const warning of warnings) io.err(`warning: ${formatProblem(warning)}`);
}
