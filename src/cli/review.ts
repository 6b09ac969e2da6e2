import { type Command, Option } from 'commander';
import { ConfigError } from '../base/errors.ts';
import { connectionArgument, wholeNumber } from './arguments.ts';
import { addHistoryOptions } from './history-options.ts';
import type { Io } from './io.ts';
import { printJson } from './print.ts';
import { type ReviewFlags, reviewCrm, WEEKS } from './review-crm.ts';
import { requireReviewWritable, writeReview } from './review-files.ts';
import { reviewText } from './review-text.ts';

interface Flags extends ReviewFlags {
  readonly html?: string;
  readonly json?: true;
  readonly ignore?: string;
}

/** Half a year and its predecessor. */
const MOST_WEEKS = 26;

export function addReview(program: Command, io: Io): void {
  addHistoryOptions(program.command('review'), '')
    .description('Review a model: what came in, who bought and what sales said, the last weeks against those before.')
    .addArgument(connectionArgument())
    .option(
      '--weeks <n>',
      `how long either time is; ${WEEKS} weeks, a quarter, unless told`,
      wholeNumber(1, MOST_WEEKS),
    )
    .option('--model <id|file>', 'a model of config/models/, or a YAML file; the main one unless told')
    .option('--against <id|file>', 'a model to hold beside it, besides the challengers that config has')
    .option('--outcome <word>', 'what counts as bought: deal-won, customer or converted')
    .option('--html <file>', 'also write a page with drawings, to send or to print, and its figures as JSON beside it')
    .option('--json', 'print the figures as one JSON object')
    .addOption(new Option('--ignore <columns>').hideHelp())
    .addHelpText(
      'after',
      `
Once a quarter: does the model still do what it did?
  leadgauge review
  leadgauge review --html review.html

It tells whether other people come in than before, which criteria stopped, who
bought by score, how many leads came to be ready for sales, how fast owners
follow up, what sales rejected and why, and what other points history suggests.

Would another model have told buyers from others better?
  leadgauge review --against config/models/next.yaml

It reads all that the CRM remembers, and writes nothing to it.`,
    )
    .action((name: string | undefined, flags: Flags) => runReview(name, flags, io));
}

async function runReview(name: string | undefined, { html, json, ignore, ...flags }: Flags, io: Io): Promise<void> {
  if (ignore !== undefined)
    throw new ConfigError(
      'review takes no --ignore: take what knows the answer out of the model, or see what "leadgauge suggest --ignore" makes of the rest',
    );
  const files = html === undefined ? undefined : { html, json: jsonBeside(html) };
  if (files !== undefined) requireReviewWritable(files);
  const review = await reviewCrm(name, flags, io, json === true);
  if (files !== undefined) await writeReview(review, files);
  if (json === true) printJson(io, review);
  else for (const line of reviewText(review, io)) io.out(line);
  if (files !== undefined && json !== true) io.out(`\nThe page is ${files.html}, and its figures are ${files.json}.`);
}

/** `review.json` for `review.html`. */
function jsonBeside(html: string): string {
  if (/\.json$/i.test(html)) throw new ConfigError(`${html} is to be a page: name it as one, such as review.html`);
  return `${html.replace(/\.html?$/i, '')}.json`;
}
