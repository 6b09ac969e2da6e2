/** Where a command reads from and writes to: the process's own, or a test's. */
export interface Io {
  /** Standard output: what was asked for, and nothing else. */
  out(line: string): void;
  /** Standard error: progress, hints and errors. */
  err(line: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person watches: only then progress moves and colour informs. */
  readonly terminal: boolean;
  readonly colour: boolean;
  /** Aborted by Ctrl-C, SIGTERM, and the end of the terminal. */
  readonly signal: AbortSignal;
}

/** The process's own; a second Ctrl-C ends it at once. */
export function processIo(): Io {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      stopping.abort(new Error('interrupted'));
    });
  }
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) stream.on('error', unlessClosed);
  const watched = stdout.isTTY === true && stderr.isTTY === true && env.CI === undefined && env.TERM !== 'dumb';
  // Some terminals have no width, such as one that a script made: what moves cannot be drawn there.
  const terminal = watched && stderr.columns > 0;
  return {
    out: (line) => stdout.write(`${printable(line)}\n`),
    err: (line) => stderr.write(`${printable(line)}\n`),
    env,
    terminal,
    colour: terminal && !env.NO_COLOR,
    signal: stopping.signal,
  };
}

/** What people or a CRM wrote must not move the cursor, erase lines or rename the window: of what a terminal obeys, only colours of ours are left. */
export function printable(text: string): string {
  return text.replaceAll(CONTROL, (all, sign: string, colour = '') => {
    return sign === '\n' || sign === '\t' || (sign === ESCAPE && colour !== '') ? all : colour;
  });
}

const ESCAPE = '\u001b';
/** What a terminal obeys, and how a colour goes on; 8 would hide what follows. https://ecma-international.org/publications-and-standards/standards/ecma-48/ */
const CONTROL = /(\p{Cc})(\[(?:[0-79]|[1-9]\d)m)?/gu;

/** Whoever read along may stop before the end, as `head` does: the command goes on to its end, and tells nobody. */
function unlessClosed(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
}
