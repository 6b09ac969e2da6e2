import type { Lead } from '../leads/lead.ts';
import { takeOwnerTurn } from '../ledger/owner-turns.ts';
import type { Connection } from './connection.ts';

/** Who becomes the owner of a lead that has none: one after the other, of those in config. Undefined where it has one, or none is named. */
export async function nextOwner({ crm, space }: Connection, { id, ownerId }: Lead): Promise<string | undefined> {
  const { owners } = crm;
  if (ownerId !== undefined || owners.length === 0) return undefined;
  return owners[(await takeOwnerTurn(space, id)) % owners.length];
}
