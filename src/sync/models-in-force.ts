import { readProgress, saveProgress } from '../ledger/progress.ts';
import type { Connection } from './connection.ts';

/**
 * From here on the portal is scored with these models. A worker that still has others would write its scores over
 * these again with the next poll, so it rests until it is restarted.
 */
export async function putInForce({ space, models }: Connection): Promise<void> {
  await saveProgress(space, 'in-force', models.version);
}

/** Whether nobody has put other models in force since. */
export async function areInForce({ space, models }: Connection): Promise<boolean> {
  const version = await readProgress(space, 'in-force');
  return version === undefined || version === models.version;
}

/** The connections of this process that were told about. */
const told = new WeakSet<Connection>();

/** Does the work unless other models are in force, which it says once. */
export async function whileInForce(connection: Connection, work: () => Promise<unknown>): Promise<void> {
  if (await areInForce(connection)) {
    told.delete(connection);
    await work();
  } else if (!told.has(connection)) {
    told.add(connection);
    connection.log.warn(
      'this worker rests: another config was applied or started since. Restart it with the config that is to hold',
      { connection: connection.crm.name, model: connection.models.version },
    );
  }
}
