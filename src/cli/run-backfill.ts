import { LeadgaugeError } from '../base/errors.ts';
import { type BackfillOptions, backfill } from '../sync/backfill.ts';
import { claimPortal } from '../sync/claim-portal.ts';
import type { Tally } from '../sync/tally.ts';
import { resume } from '../sync/unless-paused.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { silentProgress, startProgress } from './progress.ts';
import { withApp } from './with-app.ts';

export interface BackfillFlags {
  readonly promote?: boolean;
  readonly json?: boolean;
}

/** Who hears what a backfill does, and tells it when it is over. */
export interface BackfillTeller {
  readonly onDone?: BackfillOptions['onDone'];
  tell(tally: Tally): void;
}

/**
 * Scores and writes every lead, with a word on how it gets on.
 * @throws LeadsFailedError once all is told, where some leads failed.
 */
export async function runBackfill(
  io: Io,
  { promote = false, json = false }: BackfillFlags,
  tellerOf: (app: App) => BackfillTeller,
): Promise<void> {
  await withApp(io, async (app) => {
    const { connection } = app;
    await connection.crm.connect();
    await claimPortal(connection);
    await resume(connection);
    const teller = tellerOf(app);
    const progress = json
      ? silentProgress
      : startProgress(io, { title: 'Scoring every lead', now: connection.clock.now });
    const tally = await backfill(connection, {
      promote,
      signal: io.signal,
      onDone: teller.onDone,
      onActivities: (count) => progress.update(0, `${number(count)} activities read`),
      onProgress: ({ scored }) => progress.update(scored, `${number(scored)} leads scored`),
    });
    progress.finish(`Scored ${number(tally.scored)} leads.`);
    teller.tell(tally);
    const failed = [
      ...(tally.failed > 0 ? [`${number(tally.failed)} leads`] : []),
      ...(tally.accounts !== undefined && tally.accounts.failed > 0
        ? [`${number(tally.accounts.failed)} accounts`]
        : []),
    ];
    if (failed.length > 0) {
      throw new LeadsFailedError(`${failed.join(' and ')} failed: see leadgauge dead-letters list`);
    }
  });
}

class LeadsFailedError extends LeadgaugeError {}

/** Nothing of a backfill that began at the beginning. */
export const resumedLines = ({ resumed }: Tally): string[] =>
  resumed ? ['It went on where the last run stopped; the figures are of what was left.'] : [];

const number = (value: number) => value.toLocaleString('en');
