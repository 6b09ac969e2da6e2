/** What an option was given makes no sense. */
class WrongArgument extends Error {
  override readonly name = 'WrongArgument';
}

/**
 * What a program of `test/` is to do, as `read` makes it of its arguments; or the exit code with which it ends at once: 0 where help was
 * asked for, 2 where an argument is wrong, after telling which one.
 * @param read by `parseArgs`, `wholeNumber` and `oneOf`, whose errors are told
 */
export function askedFor<T extends object>(
  argv: readonly string[],
  usage: string,
  read: (args: string[]) => T,
): T | number {
  if (argv.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  try {
    return read([...argv]);
  } catch (error) {
    if (!isWrongArgument(error)) throw error;
    // Node adds how else one might have meant it.
    process.stderr.write(`${error.message.split(/\.\s/)[0]}\n\n${usage}`);
    return 2;
  }
}

function isWrongArgument(error: unknown): error is Error {
  if (error instanceof WrongArgument) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}

/** The number that an option was given, such as `--leads`. @throws WrongArgument for any other text. */
export function wholeNumber(option: string, text: string, most: number, least = 1): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new WrongArgument(`${option} must be a whole number from ${least} to ${most}, and is ${JSON.stringify(text)}`);
}

/** The word that an option was given. @throws WrongArgument for any other. */
export function oneOf<W extends string>(option: string, text: string, words: readonly W[]): W {
  const word = words.find((each) => each === text);
  if (word !== undefined) return word;
  throw new WrongArgument(`${option} must be one of ${words.join(', ')}, and is ${JSON.stringify(text)}`);
}
