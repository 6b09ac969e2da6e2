import type { Log } from '../../src/base/log.ts';

export interface NotedLog extends Log {
  /** `warn a notice could not be told`, with its facts as JSON; all but debug. */
  readonly lines: readonly string[];
}

/** Keeps what is logged, as it was given and before anything is taken out of it. */
export function noteLog(): NotedLog {
  const lines: string[] = [];
  const note =
    (level: string): Log['info'] =>
    (message, details) =>
      void lines.push(`${level} ${message} ${JSON.stringify(details ?? {})}`);
  return { lines, debug() {}, info: note('info'), warn: note('warn'), error: note('error') };
}
