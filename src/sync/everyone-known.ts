import { countWaiting } from '../ledger/dirty.ts';
import { readProgress, saveProgress } from '../ledger/progress.ts';
import { type Connection, mayShare } from './connection.ts';
import { areRolesKept, rolesOf, tellsOfAll } from './roles.ts';

/**
 * Whether a backfill has scored everyone once, and every other connection whose engagement counts has been read as far back, with
 * all leads scored since that were marked by it: until then nobody can be told to have crossed a gate, as what they did long ago
 * is still coming in.
 */
export async function isEveryoneKnown(connection: Connection): Promise<boolean> {
  const { space, beside = [] } = connection;
  if ((await readProgress(space, 'model-version')) === undefined) return false;
  if (!mayShare(connection) || (await readProgress(space, 'everyone-known')) === standOf(connection)) return true;
  if (!(await areRolesKept(connection))) return false;
  let since = await scoredAt(connection, space.connection);
  for (const other of beside.filter(({ role }) => role !== 'destination')) {
    const theirs = space.of(other.name);
    if ((await readProgress(theirs, 'model-version')) === undefined || !(await tellsOfAll(connection, other)))
      return false;
    if ((await readProgress(theirs, 'filling')) !== undefined) return false;
    since = Math.max(since, await scoredAt(connection, other.name));
  }
  return (await countWaiting(space, since)) === 0;
}

/** The same for a sync: once everyone is known, that holds until other CRMs or models count. */
export async function knowsEveryone(connection: Connection): Promise<boolean> {
  const isKnown = await isEveryoneKnown(connection);
  if (isKnown && mayShare(connection)) await saveProgress(connection.space, 'everyone-known', standOf(connection));
  return isKnown;
}

const standOf = (connection: Connection) => `${connection.models.version} ${rolesOf(connection)}`;

/** When the last whole backfill of a connection ended, in milliseconds since 1970. */
async function scoredAt({ space }: Connection, name: string): Promise<number> {
  return Number((await readProgress(space.of(name), 'scored-at')) ?? 0);
}
