import { type Command, InvalidArgumentError } from 'commander';
import { DAY } from '../base/clock.ts';
import { parseDuration } from '../base/duration.ts';
import { ConfigError } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';
import { OUTCOMES, type Outcome } from '../crm/outcome.ts';

/** What is asked of the CRM's own history. */
export interface HistoryFlags {
  /** In milliseconds. */
  readonly since?: number;
  readonly before?: number;
  readonly outcome?: string;
}

/** Adds the options of what the CRM remembers. `--outcome` is there already: of a table it is a column. */
export function addHistoryOptions(command: Command, when = 'without --csv: '): Command {
  return command
    .option('--since <time>', `${when}how far to look back, such as 2y (the default) or 180d`, yearsOrLess)
    .option('--before <time>', `${when}how long before they bought buyers are looked at; 1d unless told`, yearsOrLess);
}

/** What the flags mean where they say nothing. */
export const SINCE = 730 * DAY;
export const BEFORE = DAY;

/** @throws ConfigError where the word is no outcome that a CRM tells of. */
export function outcomeOf({ outcome }: HistoryFlags): Outcome | undefined {
  const known = OUTCOMES.find((each) => each === outcome);
  if (outcome === undefined || known !== undefined) return known;
  throw new ConfigError(
    `a CRM tells of no outcome ${JSON.stringify(outcome)}${suggestion(outcome, OUTCOMES)} (with --csv, which names a table, it is a column of that)`,
  );
}

/** Longer was mistyped. */
const MOST_YEARS = 10;

/** Reads `2y` as well: a year has 365 days. */
function yearsOrLess(text: string): number {
  const [, years] = /^([1-9]\d?)y$/.exec(text) ?? [];
  const length = years === undefined ? parseDuration(text) : Number(years) * 365 * DAY;
  if (length !== undefined && length <= MOST_YEARS * 365 * DAY) return length;
  throw new InvalidArgumentError('Write a whole number and a unit, such as 2y, 180d or 12h; ten years at most.');
}

/** What was given, by its name on the command line; undefined where it was not. */
type Given = Readonly<Record<string, unknown>>;

/** @throws ConfigError where something of these is asked of a CRM, while a table is named. */
export function requireNoCrm(name: string | undefined, given: Given): void {
  const said = name ?? firstOf(given);
  if (said !== undefined) throw new ConfigError(`${said} is of a CRM's own history: leave it out beside a table`);
}

/** @throws ConfigError where something of these is asked of a table, and none is named. */
export function requireNoTable(given: Given): void {
  const said = firstOf(given);
  if (said !== undefined)
    throw new ConfigError(`${said} is of a table of leads: name that as well, with --csv leads.csv`);
}

function firstOf(given: Given): string | undefined {
  return Object.keys(given).find((option) => given[option] !== undefined);
}
