import { MINUTE } from '../base/clock.ts';
import { RetryableError } from '../base/errors.ts';
import { endEnrolRests } from '../ledger/enrol-rests.ts';
import { noteWorker } from '../ledger/last-runs.ts';
import { readProgress } from '../ledger/progress.ts';
import { noteFilling } from '../sync/backfill.ts';
import { claimPortal } from '../sync/claim-portal.ts';
import type { Connection } from '../sync/connection.ts';
import { areInForce, putInForce } from '../sync/models-in-force.ts';
import { notePolled } from '../sync/note-polled.ts';
import { noteRun } from '../sync/note-run.ts';
import { noteRoles } from '../sync/roles.ts';
import { resume } from '../sync/unless-paused.ts';
import { wordsOfCrm } from './crm-words.ts';

/** Connects. @returns why the leads of this connection are to be scored first of all; undefined where they are scored. */
export async function takeUp(connection: Connection): Promise<string | undefined> {
  await noteWorker(connection.space, connection.clock.now());
  return noteRun(connection, 'start', () => connect(connection));
}

async function connect(connection: Connection): Promise<string | undefined> {
  const { crm, models, space, role } = connection;
  await crm.connect({ readOnly: role === 'source' });
  await claimPortal(connection);
  await resume(connection);
  // Config may name other lists or campaigns by now.
  await endEnrolRests(space);
  // Others that were in force may have written their scores already.
  const wereOthers = !(await areInForce(connection));
  await putInForce(connection);
  await notePolled(connection);
  const haveChanged = await noteRoles(connection);
  const tellsMore = await noteFilling(connection);
  const isScored = !wereOthers && (await readProgress(space, 'model-version')) === models.version;
  if (!isScored)
    return `this portal has not been scored by ${models.models.length > 1 ? 'these models' : 'this model'} yet`;
  if (haveChanged) return 'the roles of the CRMs in config have changed since all leads were scored last';
  if (!tellsMore) return undefined;
  return `${wordsOfCrm(crm.name).crm} tells of more that people did than when all leads were scored last`;
}

/** After how long a CRM is tried again that could not be reached at the start, in milliseconds. */
export const AGAIN = MINUTE;

/** The same, again and again, of a CRM that could not be reached. @throws what only a person can mend. */
export async function takeUpAgain(
  connection: Connection,
  failed: unknown,
  signal: AbortSignal,
): Promise<string | undefined> {
  let error = failed;
  while (error instanceof RetryableError) {
    const facts = { connection: connection.crm.name, reason: error.message };
    connection.log.warn('a CRM cannot be reached: it is tried again every minute, and the others go on', facts);
    await connection.clock.sleep(AGAIN, signal);
    try {
      return await takeUp(connection);
    } catch (next) {
      error = next;
    }
  }
  throw error;
}
