import { FatalError, messageOf } from '../base/errors.ts';
import { redactText } from '../base/log.ts';
import { claimProgress, readProgress, saveProgress } from '../ledger/progress.ts';
import type { Connection } from './connection.ts';

/**
 * Does the work unless the connection waits for a person. An error that only a person can mend pauses the connection
 * with one message, instead of failing ten thousand times; the next start tries again.
 */
export async function unlessPaused(connection: Connection, work: () => Promise<unknown>): Promise<void> {
  if ((await readProgress(connection.space, 'paused')) !== undefined) return;
  try {
    await work();
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    // Several jobs meet it at once, and one message is enough.
    const isFirst = await claimProgress(connection.space, 'paused', error.message);
    if (isFirst) connection.log.error(`paused until restarted: ${error.message}`, { connection: connection.crm.name });
  }
}

/** Pauses it for what went wrong at its start, whatever it was paused for before. */
export async function pause({ space, log, crm }: Connection, error: unknown): Promise<void> {
  const message = redactText(messageOf(error));
  await saveProgress(space, 'paused', message);
  log.error(`paused until restarted: ${message}`, { connection: crm.name });
}

export async function resume({ space }: Connection): Promise<void> {
  await saveProgress(space, 'paused', undefined);
}
