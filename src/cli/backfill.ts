import type { Command } from 'commander';
import { leadsOf, type Tally } from '../sync/tally.ts';
import { accountLines, accountsJson } from './accounts-text.ts';
import { connectionArgument } from './arguments.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { waitingText } from './plan-words.ts';
import { type BackfillFlags, resumedLines, runBackfill } from './run-backfill.ts';

export function addBackfill(program: Command, io: Io): void {
  program
    .command('backfill')
    .description('Score every lead of the CRM and write what differs; promotes and alerts nobody.')
    .addArgument(connectionArgument())
    .option('--promote', 'also move everyone who meets the gates forward to MQL')
    .option('--json', 'print what was done as one JSON object')
    .addHelpText(
      'after',
      `
A first run writes scores, reasons and flags to all leads, and leaves their
lifecycle stage alone:
  leadgauge backfill

Look at the scores in the CRM. When you trust them, let the model decide who is
an MQL:
  leadgauge backfill --promote

Interrupted, it goes on where it was. Run again on an unchanged CRM, it
writes nothing. After a change of the model, "leadgauge apply" does the same
and tells what the change did.`,
    )
    .action((name: string | undefined, flags: BackfillFlags) =>
      runBackfill(io, name, flags, ({ role }) => ({
        lines: (tally) =>
          role === 'source' ? [`${number(tally.unchanged)} leads read.`] : backfillLines(tally, flags.promote === true),
        json: backfillJson,
      })),
    );
}

function backfillJson(tally: Tally, calls: App['calls']) {
  const { scored, written, unchanged, failed, gone, left, mql, waiting, promoted, flags } = tally;
  const leads = {
    leads: leadsOf(tally),
    scored,
    written,
    unchanged,
    failed,
    gone,
    left,
    mql,
    waiting,
    promoted,
    flags,
  };
  return { ...leads, resumed: tally.resumed, ...accountsJson(tally), calls };
}

function backfillLines(tally: Tally, promote: boolean): string[] {
  const { written, unchanged, failed, mql, waiting, promoted } = tally;
  const meet = `${number(mql - waiting)} meet the MQL gates`;
  return [
    ...resumedLines(tally),
    `${number(written)} written, ${number(unchanged)} unchanged, ${number(failed)} failed.`,
    ...accountLines(tally),
    promote
      ? `${meet}; ${number(promoted)} of them were moved forward to MQL.`
      : `${meet}; nobody was promoted. To move them forward: leadgauge backfill --promote`,
    ...(waiting === 0 ? [] : [waitingText(waiting).trim()]),
  ];
}

const number = (value: number) => value.toLocaleString('en');
