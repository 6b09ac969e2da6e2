import type { Command } from 'commander';
import { LeadgaugeError } from '../base/errors.ts';
import { backfill } from '../sync/backfill.ts';
import { leadsOf } from '../sync/tally.ts';
import { resume } from '../sync/unless-paused.ts';
import type { Io } from './io.ts';
import { silentProgress, startProgress } from './progress.ts';
import { withApp } from './with-app.ts';

interface BackfillFlags {
  readonly promote?: boolean;
  readonly json?: boolean;
}

export function addBackfill(program: Command, io: Io): void {
  program
    .command('backfill')
    .description('Score every lead of the portal and write what differs; promotes and alerts nobody.')
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

Interrupted, it goes on where it was. Run again on an unchanged portal, it
writes nothing.`,
    )
    .action((flags: BackfillFlags) => runBackfill(flags, io));
}

async function runBackfill({ promote = false, json = false }: BackfillFlags, io: Io): Promise<void> {
  await withApp(io, async ({ connection, calls }) => {
    await connection.crm.connect();
    await resume(connection);
    const progress = json
      ? silentProgress
      : startProgress(io, { title: 'Scoring every lead', now: connection.clock.now });
    const tally = await backfill(connection, {
      promote,
      signal: io.signal,
      onActivities: (count) => progress.update(0, `${number(count)} activities read`),
      onProgress: ({ scored }) => progress.update(scored, `${number(scored)} leads scored`),
    });
    const { scored, written, unchanged, failed, gone, left, mql, promoted, flags } = tally;
    progress.finish(`Scored ${number(scored)} leads.`);
    if (json) {
      io.out(
        JSON.stringify({
          leads: leadsOf(tally),
          scored,
          written,
          unchanged,
          failed,
          gone,
          left,
          mql,
          promoted,
          flags,
          calls,
        }),
      );
    } else {
      io.out(`${number(written)} written, ${number(unchanged)} unchanged, ${number(failed)} failed.`);
      io.out(promotionLine(mql, promoted, promote));
    }
    if (failed > 0) throw new LeadsFailedError(`${number(failed)} leads failed: see leadgauge dead-letters list`);
  });
}

class LeadsFailedError extends LeadgaugeError {}

function promotionLine(mql: number, promoted: number, promote: boolean): string {
  const meet = `${number(mql)} meet the MQL gates`;
  if (promote) return `${meet}; ${number(promoted)} of them were moved forward to MQL.`;
  return `${meet}; nobody was promoted. To move them forward: leadgauge backfill --promote`;
}

const number = (value: number) => value.toLocaleString('en');
