import { jobs } from '../../../jobs/index.ts';
import { countDirty } from '../../ledger/dirty.ts';
import { until } from './watch.ts';
import type { World } from './world.ts';

/** Waits until every webhook is taken in, no lead is waiting and no job runs. @returns whether that came within a minute. */
export async function settle({ app, sandbox }: World, signal: AbortSignal): Promise<boolean> {
  const { space, clock } = app.connection;
  await sandbox.webhooks?.settled();
  return until(clock, async () => (await countDirty(space)) === 0 && (await isIdle()), signal);

  async function isIdle(): Promise<boolean> {
    const counts = await Promise.all(jobs.map(({ name }) => app.queues.queue(name).getJobCounts('active', 'waiting')));
    return counts.every(({ active, waiting }) => (active ?? 0) + (waiting ?? 0) === 0);
  }
}
