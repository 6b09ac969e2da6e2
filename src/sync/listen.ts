import { hashEmail } from '../leads/email.ts';
import { removeDeadLetters } from '../ledger/dead-letters.ts';
import { settle } from '../ledger/dirty.ts';
import { readLeadStates } from '../ledger/former-states.ts';
import { type LeadState, saveStates } from '../ledger/lead-state.ts';
import { type Connection, keepStateFor } from './connection.ts';
import { meet, readDoings, tellPeople } from './one-person.ts';
import type { Batch } from './prepare.ts';
import type { Tally } from './tally.ts';

/**
 * Leads of a CRM that is a source alone: what they tell of their people goes to the other connections, whose leads are scored by
 * it, and nothing is written to this one.
 */
export async function listenTo(connection: Connection, { records, taken }: Batch, tally: Tally): Promise<void> {
  const { space, clock } = connection;
  const own = new Set(taken.map(({ id }) => id));
  const held = records.filter(({ lead }) => own.has(lead.id));
  const leads = held.map(({ lead }) => lead);
  await meet(connection, held);
  const [doings, states] = await Promise.all([readDoings(connection, held), readLeadStates(space, leads)]);
  const tellings = held.flatMap((record, index) => {
    const did = doings[index];
    return did === undefined ? [] : [{ ...did, record, hashesBefore: states[index]?.emailHashes ?? [] }];
  });
  await tellPeople(connection, tellings);
  const after = tellings.map(({ record, hashesBefore }): LeadState => {
    const { lead, changedAt, fingerprint } = record;
    return {
      id: lead.id,
      echo: { changedAt, fingerprint },
      emailHashes: [...new Set([...hashesBefore, ...lead.emails.map(hashEmail)])],
      formerIds: lead.formerIds,
      askedRules: [],
      passedOverBy: [],
      heldRules: [],
    };
  });
  await saveStates(space, after, { now: clock.now(), keep: keepStateFor(connection) });
  await removeDeadLetters(space, [...own]);
  await settle(space, taken, clock.now());
  tally.unchanged += held.length;
  tally.left += records.length - held.length;
}
