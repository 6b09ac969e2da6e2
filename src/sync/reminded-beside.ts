import { DAY, SECOND } from '../base/clock.ts';
import { hashEmail } from '../leads/email.ts';
import { isOpen } from '../leads/follow-up-state.ts';
import type { Lead } from '../leads/lead.ts';
import { type FollowUp, lastFollowUps } from '../ledger/follow-ups.ts';
import { readPeople } from '../ledger/person-records.ts';
import type { Connection } from './connection.ts';

/** One route to sales: within a day it is of the same request, in whatever CRM. */
type Route = Pick<FollowUp, 'model'> & { readonly routedAt: number | undefined };

/**
 * Whether another CRM reminds of this route, and escalates it: the person has a record there that the same model routed first, and still follows up. So somebody with a
 * record in both is reminded of once. How the follow-up stands is written in each.
 */
export async function isRemindedBeside(
  { crm, space, beside = [] }: Pick<Connection, 'crm' | 'space' | 'beside'>,
  { emails }: Pick<Lead, 'emails'>,
  { model, routedAt }: Route,
): Promise<boolean> {
  if (beside.length === 0 || routedAt === undefined) return false;
  const records = (await readPeople(space, emails.map(hashEmail))).flatMap((known) => known.records);
  for (const { name, makesTasks = true } of beside) {
    // One without tasks leaves whom this one has to it, whatever it began.
    if (!makesTasks && crm.makesTasks !== false) continue;
    const ids = new Set(records.filter(({ connection }) => connection === name).map(({ id }) => id));
    const theirs = await lastFollowUps(space.of(name), [...ids], model);
    if (theirs.some(({ state, routedAt: at }) => isOpen(state) && isFirst(at, routedAt, name < crm.name))) return true;
  }
  return false;
}

/** A CRM may keep whole seconds only: of two within one, the name decides. */
function isFirst(theirs: number, ours: number, isNamedFirst: boolean): boolean {
  const [their, own] = [Math.floor(theirs / SECOND), Math.floor(ours / SECOND)];
  return Math.abs(theirs - ours) < DAY && (their < own || (their === own && isNamedFirst));
}
