import type { KnownPerson } from '../ledger/person-records.ts';
import type { Connection, Neighbour } from './connection.ts';

/**
 * Whether sales hear of somebody from this connection, and follow up here. Not where config wants no tasks here and the person has a record in
 * a CRM where it does: that is where sales work, and they are told there. Whom no such CRM has is told of here, with tasks or without.
 */
export function isToldHere(
  { crm, beside = [] }: Pick<Connection, 'crm' | 'beside'>,
  people: readonly Pick<KnownPerson, 'records'>[],
): boolean {
  if (crm.makesTasks !== false) return true;
  const ofSales = new Set(beside.filter(isOfSales).map(({ name }) => name));
  return !people.some(({ records }) => records.some(({ connection }) => ofSales.has(connection)));
}

/** Whether sales work in another CRM: its leads are scored, and config wants tasks there. */
export function isOfSales({ role, makesTasks = true }: Neighbour): boolean {
  return role !== 'source' && makesTasks;
}
