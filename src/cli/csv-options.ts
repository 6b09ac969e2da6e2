import { type Command, InvalidArgumentError } from 'commander';
import { ConfigError } from '../base/errors.ts';

/** What is asked of a table of leads. */
export interface CsvFlags {
  readonly csv?: string;
  readonly outcome?: string;
  readonly ignore?: readonly string[];
  readonly date?: string;
}

/** Adds the options by which a table of leads takes the place of the CRM. */
export function addCsvOptions(command: Command): Command {
  return command
    .option('--csv <file>', 'the table of leads to look at, a row each')
    .option(
      '--outcome <outcome>',
      'with --csv: the column that says who bought, by yes and no or 1 and 0; else deal-won, customer or converted',
    )
    .option('--date <column>', 'with --csv: the column that says when each lead came');
}

/** Reads `Tags,Lead Quality`; given again, it adds to what was there. */
export const columnList = listOf('names of columns');

/** Reads words parted by commas. @param what they are, for whoever wrote none. */
export function listOf(what: string): (text: string, before?: readonly string[]) => readonly string[] {
  return (text, before = []) => {
    const words = text.split(',').map((word) => word.trim());
    if (words.includes('')) throw new InvalidArgumentError(`Write ${what}, parted by commas.`);
    return [...before, ...words];
  };
}

/** The table that is asked about. @throws ConfigError where none is, or not who of it bought. */
export function requireTable({ csv, outcome }: CsvFlags): { readonly csv: string; readonly outcome: string } {
  if (csv === undefined) throw new ConfigError('name a table of leads: --csv leads.csv --outcome Converted');
  if (outcome === undefined) {
    throw new ConfigError(
      '--csv goes with --outcome, which names the column that says who bought: --outcome Converted',
    );
  }
  return { csv, outcome };
}
