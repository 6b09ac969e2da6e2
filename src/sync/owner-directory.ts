import { MINUTE } from '../base/clock.ts';
import { FatalError, RetryableError } from '../base/errors.ts';
import type { Crm, Owner } from '../crm/crm.ts';
import { normaliseEmail } from '../leads/email.ts';
import type { Connection } from './connection.ts';

/** Who can own leads in one CRM, those who left included. Nothing is read before somebody is asked for. */
export interface OwnerDirectory {
  /** Undefined where no user of the CRM has this id, such as of one who came within the last minutes. */
  byId(id: string): Promise<Owner | undefined>;
  /** By the address as people write it; of several users with one address, one who is active. */
  byEmail(email: string): Promise<Owner | undefined>;
  all(): Promise<readonly Owner[]>;
}

/**
 * The directory of a connection, kept for 15 minutes within this process. While the CRM cannot be asked, the last one is taken.
 * Where there is none yet, its functions throw what `crm.listOwners` does.
 */
export function ownerDirectory({ crm, clock }: Pick<Connection, 'crm' | 'clock'>): OwnerDirectory {
  const read = () => ownersOf(crm, clock.now());
  return {
    byId: async (id) => (await read()).byId.get(id),
    byEmail: async (email) => (await read()).byEmail.get(normaliseEmail(email) ?? ''),
    all: async () => (await read()).all,
  };
}

interface Owners {
  readonly all: readonly Owner[];
  readonly byId: ReadonlyMap<string, Owner>;
  readonly byEmail: ReadonlyMap<string, Owner>;
}

interface Kept {
  readonly owners: Promise<Owners>;
  /** Milliseconds since 1970. */
  readonly until: number;
}

const KEPT_FOR = 15 * MINUTE;
/** How long after a failure the CRM is not asked again. */
const FAILURE_KEPT_FOR = MINUTE;

const kept = new WeakMap<Crm, Kept>();

/** Whoever asks while the list is being read waits for the same answer. */
function ownersOf(crm: Crm, now: number): Promise<Owners> {
  const known = kept.get(crm);
  if (known !== undefined && now < known.until) return known.owners;
  const owners = readOwners(crm).catch((error: unknown) => {
    const until = now + FAILURE_KEPT_FOR;
    if (error instanceof RetryableError && known !== undefined) {
      kept.set(crm, { owners: known.owners, until });
      return known.owners;
    }
    // What no next call mends is not asked again for every lead.
    if (error instanceof FatalError) kept.set(crm, { owners, until });
    else kept.delete(crm);
    throw error;
  });
  kept.set(crm, { owners, until: now + KEPT_FOR });
  return owners;
}

async function readOwners(crm: Crm): Promise<Owners> {
  const all = await crm.listOwners();
  // The last of an address is the one that stays: those who are active.
  const inOrder = [...all].sort((one, other) => Number(one.isActive) - Number(other.isActive));
  return {
    all,
    byId: new Map(all.map((owner) => [owner.id, owner])),
    byEmail: new Map(inOrder.flatMap((owner) => (owner.email === undefined ? [] : [[owner.email, owner] as const]))),
  };
}
