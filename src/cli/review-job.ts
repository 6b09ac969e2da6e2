import { join } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import type { Schedules } from '../settings/schedules.ts';
import type { Connection } from '../sync/connection.ts';
import type { Io } from './io.ts';
import { prepareFolder } from './review-folder.ts';
import { writeBeside } from './write-beside.ts';

type Reviewed = Pick<Connection, 'log' | 'role' | 'clock'> & { readonly crm: Pick<Connection['crm'], 'name'> };

/**
 * What the job of reviews does: a page and its figures into a folder, each review under its day. A process of its own writes it, so that
 * scores and fast tracks go on meanwhile; where several CRMs are due at once, one after the other, as each takes its memory.
 */
export function reviewsTo(
  schedule: Schedules['review'],
  env: Io['env'],
): (connection: Reviewed, signal: AbortSignal) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();

  async function write({ crm, log, clock }: Reviewed, to: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    // Before anything is read.
    await prepareFolder(to);
    const file = join(to, `review-${crm.name}-${new Date(clock.now()).toISOString().slice(0, 10)}`);
    const why = await writeBeside([crm.name, `${file}.html`, `${file}.json`], {
      env,
      clock,
      signal,
      onStart: (pid) => log.info('a review is being written', { connection: crm.name, process: pid }),
    });
    if (why === undefined) log.info('the review is written', { connection: crm.name, file: `${file}.html` });
    // Each try reads all of the CRM anew: nothing but a stop begins it again before its next day.
    else
      throw new ConfigError(`no review was written: ${why}. For one before the next is due, run: ${byHand(crm.name)}`);
  }

  return async (connection, signal) => {
    // Nobody is scored in a CRM that is only read.
    if (schedule === 'off' || connection.role === 'source') return;
    const written = last.then(() => write(connection, schedule.to, signal));
    last = written.catch(() => {});
    await written;
  };
}

const byHand = (crm: string) => `leadgauge review ${crm} --html review.html`;
