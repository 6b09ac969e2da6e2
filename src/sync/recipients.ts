import type { Recipient } from '../ledger/outbox.ts';
import type { Person } from '../notices/channel.ts';
import type { Sales } from '../settings/sales.ts';
import type { Connection } from './connection.ts';
import { type OwnerDirectory, ownerDirectory } from './owner-directory.ts';
import { managerOf } from './sales-people.ts';

/**
 * Who is meant, each once, with what is known of them by now. The team is told in the place of whoever left, or of whom no address is known.
 * @throws whatever the CRM does where it must be asked and cannot.
 */
export async function peopleOf(
  to: readonly Recipient[],
  sales: Sales,
  connection: Pick<Connection, 'crm' | 'clock'>,
): Promise<readonly Person[]> {
  const directory = ownerDirectory(connection);
  const people: Person[] = [];
  for (const recipient of to) people.push(...(await personsOf(recipient, sales, directory)));
  const known = people.some(({ email }) => email !== undefined) ? people : [...people, ...teamOf(sales)];
  return known.filter((person, index) => known.findIndex((other) => isSame(person, other)) === index);
}

async function personsOf(recipient: Recipient, sales: Sales, directory: OwnerDirectory): Promise<readonly Person[]> {
  if (recipient === 'team') return teamOf(sales);
  if (recipient === 'escalation') {
    const to = sales.followUp?.escalateTo;
    return typeof to === 'object' ? [personBy(to.email, sales)] : [];
  }
  const owner = await directory.byId('owner' in recipient ? recipient.owner : recipient.managerOf);
  if (owner === undefined) return [];
  if ('owner' in recipient) return owner.isActive ? [{ ...personBy(owner.email, sales), ownerId: owner.id }] : [];
  const manager = await managerOf(sales, directory, owner);
  return manager === undefined ? [] : [{ ...manager, ...personBy(manager.email, sales) }];
}

const teamOf = (sales: Sales) => sales.notify.team.map((email) => personBy(email, sales));

function personBy(email: string | undefined, { people }: Sales): Person {
  if (email === undefined) return {};
  const slack = people.get(email)?.slack;
  return { email, ...(slack !== undefined && { slack }) };
}

function isSame(one: Person, other: Person): boolean {
  return one.email === undefined ? one.ownerId === other.ownerId : one.email === other.email;
}
