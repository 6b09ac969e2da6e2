import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, messageOf } from '../base/errors.ts';
import type { Schedules } from '../settings/schedules.ts';
import type { Connection } from '../sync/connection.ts';
import type { Io } from './io.ts';
import { requireWritable } from './plan-files.ts';
import { reviewCrm } from './review-crm.ts';
import { writeReview } from './review-files.ts';

type Reviewed = Pick<Connection, 'log' | 'role'> & { readonly crm: Pick<Connection['crm'], 'name'> };

/** What the job of reviews does: a page and its figures into a folder, each review under its day. It is quiet but for the log. */
export function reviewsTo(
  schedule: Schedules['review'],
  io: Io,
): (connection: Reviewed, signal: AbortSignal) => Promise<void> {
  return async ({ crm, log, role }, signal) => {
    // Nobody is scored in a CRM that is only read.
    if (schedule === 'off' || role === 'source') return;
    const quiet = { ...io, out: () => {}, err: () => {}, terminal: false, signal };
    await prepareFolder(schedule.to);
    try {
      const review = await reviewCrm(crm.name, {}, quiet, true);
      const file = join(schedule.to, `review-${crm.name}-${review.at.slice(0, 10)}`);
      await writeReview(review, { html: `${file}.html`, json: `${file}.json` });
      log.info('the review is written', { connection: crm.name, file: `${file}.html` });
    } catch (error) {
      signal.throwIfAborted();
      // Each try reads all of the CRM anew: nothing but a stop begins it again before its next day.
      throw new ConfigError(
        `no review was written: ${messageOf(error)}. For one before the next is due, run: leadgauge review --html review.html`,
      );
    }
  };
}

/** Before anything is read. */
async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    requireWritable(join(folder, 'review.html'));
  } catch (error) {
    throw new ConfigError(
      `no review can be written to ${folder}: ${messageOf(error)}: see "review" in config/schedules.yaml`,
    );
  }
}
