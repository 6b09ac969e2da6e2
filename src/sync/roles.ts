import { readProgress, saveProgress } from '../ledger/progress.ts';
import type { Connection, Neighbour } from './connection.ts';

/** What this connection and those beside it are for, such as `both, hubspot source`. */
export function rolesOf({ role = 'both', beside = [] }: Connection): string {
  return [role, ...beside.map((other) => `${other.name} ${other.role}`).sort()].join(', ');
}

/** Noted after the role of the connection itself once anything changed, until all leads were scored with what holds now. */
const CHANGING = 'changing';

/** Whether every lead was scored last with the roles that hold now. Versions that knew of one CRM alone noted nothing. */
export async function areRolesKept(connection: Connection): Promise<boolean> {
  return ((await readProgress(connection.space, 'roles')) ?? 'both') === rolesOf(connection);
}

/**
 * Notes it where roles have changed since: what the connection told the others, and what it was told, is of then. A source that is
 * scored from now on alerts nobody to what was done there before. @returns whether they have.
 */
export async function noteRoles(connection: Connection): Promise<boolean> {
  const { space, clock, role = 'both' } = connection;
  const isScored = (await readProgress(space, 'model-version')) !== undefined;
  if (!isScored || (await areRolesKept(connection))) return false;
  const wasSource = (await readProgress(space, 'roles'))?.startsWith('source') === true;
  if (wasSource && role !== 'source') await saveProgress(space, 'baseline', String(clock.now()));
  await saveProgress(space, 'everyone-known', undefined);
  await saveProgress(space, 'roles', `${role}, ${CHANGING}`);
  return true;
}

/** All leads were scored with the roles that hold now. */
export async function keepRoles(connection: Connection): Promise<void> {
  await saveProgress(connection.space, 'roles', rolesOf(connection));
}

/** Whether all leads of a neighbour were read in its present role, while it told of its people. */
export async function tellsOfAll({ space }: Connection, { name, role }: Neighbour): Promise<boolean> {
  const [own, ...others] = ((await readProgress(space.of(name), 'roles')) ?? '').split(', ');
  return own === role && others.some((each) => each.startsWith(`${space.connection} `));
}
