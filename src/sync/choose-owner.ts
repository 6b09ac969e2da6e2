import { FatalError } from '../base/errors.ts';
import { isAway } from '../base/working-hours.ts';
import type { LeadRecord, Owner } from '../crm/crm.ts';
import { takeOwnerTurn } from '../ledger/owner-turns.ts';
import type { OwnerWay } from '../settings/sales.ts';
import type { Connection } from './connection.ts';
import type { OwnerDirectory } from './owner-directory.ts';
import { hoursOf } from './sales-people.ts';

export { hoursOf, managerOf } from './sales-people.ts';

/** Who is to own a lead. */
export interface OwnerChoice {
  /** The CRM's id of a new owner; absent where the lead keeps the one it has, or where nobody can be named. */
  readonly ownerId?: string;
  /** By which way; absent where none named anybody. */
  readonly way?: OwnerWay;
}

interface ChooseOptions {
  /** Whom it shall not be, by their ids: who did not answer, say. */
  readonly except?: readonly string[];
}

/**
 * Chooses who gets a lead that goes to sales: the first of the ways in `config/sales.yaml` that names somebody who is there, which is
 * whoever has not left and is not away when they would next work. Trying again names the same one. Where a way names several, who
 * owns the lead already keeps it. The CRM is not asked for its users where nobody else could get the lead; where it shows them to nobody,
 * all are taken to be there, and territories name nobody.
 * @throws RetryableError where it cannot be asked now.
 */
export async function chooseOwner(
  { crm, space, sales }: Pick<Connection, 'crm' | 'space' | 'sales'>,
  { lead, accountOwnerId }: Pick<LeadRecord, 'lead' | 'accountOwnerId'>,
  directory: OwnerDirectory,
  now: number,
  { except = [] }: ChooseOptions = {},
): Promise<OwnerChoice> {
  const { ownerId } = lead;
  const territories = sales.owner.includes('territory') ? sales.territories.filter(({ holds }) => holds(lead)) : [];
  for (const way of sales.owner) {
    const named = await namedBy(way);
    if (named !== undefined) return named === ownerId ? { way } : { ownerId: named, way };
  }
  return {};

  async function namedBy(way: OwnerWay): Promise<string | undefined> {
    switch (way) {
      case 'existing':
        return ownerId !== undefined && !except.includes(ownerId) && (!hasOthers() || (await isThere(ownerId)))
          ? ownerId
          : undefined;
      case 'account':
        return accountOwnerId !== undefined && (await isThere(accountOwnerId)) ? accountOwnerId : undefined;
      case 'territory':
        for (const { id, owners } of territories) {
          const users = await Promise.all(owners.map((email) => ifShown(directory.byEmail(email))));
          const next = await nextOf(
            `territory ${id}`,
            users.flatMap((user) => user?.id ?? []),
          );
          if (next !== undefined) return next;
        }
        return undefined;
      case 'round_robin':
        return nextOf('round robin', crm.owners);
    }
  }

  /** Whether any way could name somebody else than who owns it. */
  function hasOthers(): boolean {
    return sales.owner.some((way) => {
      if (way === 'account') return accountOwnerId !== undefined && accountOwnerId !== ownerId;
      if (way === 'territory') return territories.length > 0;
      return way === 'round_robin' && crm.owners.some((id) => id !== ownerId);
    });
  }

  async function nextOf(pool: string, ids: readonly string[]): Promise<string | undefined> {
    const candidates = await Promise.all(ids.map(async (id) => ({ id, isThere: await isThere(id) })));
    const keeps = candidates.some(({ id, isThere }) => id === ownerId && isThere);
    return keeps ? ownerId : takeOwnerTurn(space, pool, lead.id, candidates);
  }

  /** Whom the directory does not know came within the last minutes: who owns leads is there. */
  async function isThere(id: string): Promise<boolean> {
    if (except.includes(id)) return false;
    const owner = await ifShown(directory.byId(id));
    if (owner === undefined) return true;
    const hours = hoursOf(sales, owner);
    return owner.isActive && (hours === undefined || !isAway(now, hours));
  }
}

/** Sales are not to wait for a permission that `leadgauge check` asks for. */
async function ifShown(user: Promise<Owner | undefined>): Promise<Owner | undefined> {
  try {
    return await user;
  } catch (error) {
    if (error instanceof FatalError) return undefined;
    throw error;
  }
}
