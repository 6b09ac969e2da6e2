import { isTimeZone } from '../base/local-time.ts';
import type { WorkingHours } from '../base/working-hours.ts';
import type { Owner } from '../crm/crm.ts';
import { normaliseEmail } from '../leads/email.ts';
import type { Person, Sales } from '../settings/sales.ts';
import type { OwnerDirectory } from './owner-directory.ts';

/** Somebody to be told: by their id where they are a user of the CRM, and by their address where that is known. */
export interface Addressee {
  readonly ownerId?: string;
  /** Normalised. */
  readonly email?: string;
}

/** What config says of a user of the CRM. */
export function personOf({ people }: Pick<Sales, 'people'>, owner: Owner | undefined): Person | undefined {
  const email = normaliseEmail(owner?.email);
  return email === undefined ? undefined : people.get(email);
}

/**
 * When somebody works; undefined for around the clock. Their time zone is that of config, else of the CRM, else of everybody; an owner
 * whom nobody knows works as everybody does.
 */
export function hoursOf(sales: Pick<Sales, 'people' | 'hours'>, owner: Owner | undefined): WorkingHours | undefined {
  const person = personOf(sales, owner);
  const hours = person?.hours ?? sales.hours;
  return hours && { ...hours, timeZone: timeZoneOf(sales, owner) };
}

/** The same of whom the CRM knows by this id. Where nobody's hours are limited, the CRM is not asked. @throws what `crm.listOwners` does. */
export async function hoursOfOwner(
  sales: Pick<Sales, 'people' | 'hours'>,
  directory: OwnerDirectory,
  ownerId: string | undefined,
): Promise<WorkingHours | undefined> {
  const limited = sales.hours !== undefined || [...sales.people.values()].some(({ hours }) => hours !== undefined);
  if (!limited || ownerId === undefined) return sales.hours;
  return hoursOf(sales, await directory.byId(ownerId));
}

/** In which time zone somebody reads the clock; UTC where nobody says. */
export function timeZoneOf(sales: Pick<Sales, 'people' | 'hours'>, owner: Owner | undefined): string {
  const inCrm = owner?.timeZone !== undefined && isTimeZone(owner.timeZone) ? owner.timeZone : undefined;
  return personOf(sales, owner)?.timeZone ?? inCrm ?? sales.hours?.timeZone ?? 'UTC';
}

/** Whom somebody reports to: as config says, else as the CRM does. Undefined where neither knows, or the manager left. */
export async function managerOf(
  sales: Pick<Sales, 'people'>,
  directory: OwnerDirectory,
  owner: Owner | undefined,
): Promise<Addressee | undefined> {
  const email = personOf(sales, owner)?.manager;
  if (email !== undefined) return addresseeOf(directory, email);
  const manager = owner?.managerId === undefined ? undefined : await directory.byId(owner.managerId);
  return manager?.isActive === true ? userAddressee(manager) : undefined;
}

/** Whoever has an address, be they a user of the CRM or not. */
export async function addresseeOf(directory: OwnerDirectory, email: string): Promise<Addressee> {
  const user = await directory.byEmail(email);
  return user?.isActive === true ? userAddressee(user) : { email };
}

const userAddressee = ({ id, email }: Owner): Addressee => ({ ownerId: id, ...(email !== undefined && { email }) });
