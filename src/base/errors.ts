/**
 * Errors, divided by what to do about them rather than by where they come from.
 * A message says what happened, to what, and what to do; it never holds an e-mail address, a token or a response body.
 */
export abstract class LeadgaugeError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** Passes by itself: try again, not before `retryAfter` milliseconds where that is given. */
export class RetryableError extends LeadgaugeError {
  readonly retryAfter: number | undefined;
  constructor(message: string, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAfter = options.retryAfter;
  }
}

/** The CRM's rate limit or our own share of it is used up: waiting is all it needs, and it uses up no attempt. */
export class RateLimitedError extends RetryableError {
  constructor(message: string, options: { retryAfter: number; cause?: unknown }) {
    super(message, options);
  }
}

/** Concerns this record alone: it becomes a dead letter, the others go on. */
export class RecordError extends LeadgaugeError {}

/** Nothing more can be done on this connection until a person acts, for example because the token was revoked. */
export class FatalError extends LeadgaugeError {}

export interface Position {
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Counted from 1. */
  readonly column?: number;
}

export interface ConfigProblem extends Partial<Position> {
  readonly message: string;
}

/** What people wrote in config, the environment or on the command line cannot be used: exit 2 before anything is written. */
export class ConfigError extends LeadgaugeError {
  readonly problems: readonly ConfigProblem[];
  constructor(problems: string | readonly ConfigProblem[]) {
    const list = typeof problems === 'string' ? [{ message: problems }] : problems;
    super(list.map(formatProblem).join('\n'));
    this.problems = list;
  }
}

/** `config/models/platform.yaml:12:9 unknown key "wen": did you mean "when"?` */
export function formatProblem(problem: ConfigProblem): string {
  if (problem.file === undefined) return problem.message;
  if (problem.line === undefined) return `${problem.file}: ${problem.message}`;
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  return `${place} ${problem.message}`;
}

/** The message of whatever was thrown, without its stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
