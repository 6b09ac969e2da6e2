import { HOUR, SECOND } from '../src/base/clock.ts';
import { RetryableError } from '../src/base/errors.ts';
import { backfill } from '../src/sync/backfill.ts';
import { whileInForce } from '../src/sync/models-in-force.ts';
import { leadsOf } from '../src/sync/tally.ts';
import { connectionJob } from './connection-job.ts';

/** How long a job waits for a process that has its models, in milliseconds: that of a deployment that was taken back has none. */
const WAITS = HOUR;

/**
 * Scores every lead, quietly: after the first start, and after each change of a model. While processes of old and new
 * models run side by side, each leaves the other's job to it.
 */
export default connectionJob({
  name: 'backfill',
  always: true,
  async process(connection, signal, { model, asked = 0 }) {
    const { clock, log } = connection;
    if (model === undefined || model === connection.models.version) {
      await whileInForce(connection, async () => {
        const tally = await backfill(connection, { promote: false, live: true, signal });
        const { written, unchanged, failed } = tally;
        log.info('every lead is scored', { leads: leadsOf(tally), written, unchanged, failed });
      });
    } else if (clock.now() < asked + WAITS) {
      throw new RetryableError('a backfill is for a process with other models', { retryAfter: 5 * SECOND });
    } else {
      log.warn('a backfill is dropped: no process with its models came to do it', { model });
    }
  },
});
