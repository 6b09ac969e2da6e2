import { SECOND } from '../base/clock.ts';
import { RecordError, RetryableError } from '../base/errors.ts';
import type { AccountChange, WriteOutcome } from '../crm/crm.ts';
import { accountLetter, accountSpace, moveAccount } from '../ledger/accounts.ts';
import { addDeadLetter, removeDeadLetters } from '../ledger/dead-letters.ts';
import { release, settle, type Taken } from '../ledger/dirty.ts';
import type { Connection } from './connection.ts';

/** What became of the accounts of a run, each counted once. */
export interface AccountTally {
  written: number;
  unchanged: number;
  failed: number;
  /** Deleted, or merged into another. */
  gone: number;
  /** To be tried again. */
  left: number;
}

export function newAccountTally(): AccountTally {
  return { written: 0, unchanged: 0, failed: 0, gone: 0, left: 0 };
}

/** What an account that is taken becomes. */
export interface Change {
  readonly taken: Taken;
  readonly change: AccountChange;
}

/** How long an account rests that failed alone and may work the next time, in milliseconds: or one run would try it for ever. */
const REST = 5 * SECOND;

/** Writes account scores, then lets the accounts go. One whose lease is over is left to whoever has it by now. */
export async function writeBackAccounts(
  connection: Connection,
  changes: readonly Change[],
  tally: AccountTally,
): Promise<void> {
  const { crm, clock, space } = connection;
  const inTime = changes.filter(({ taken }) => taken.until > clock.now());
  tally.left += changes.length - inTime.length;
  const outcomes = await crm.writeAccounts(inTime.map(({ change }) => change));
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  const done: Taken[] = [];
  for (const { taken } of inTime) {
    const outcome = byId.get(taken.id) ?? unanswered(taken.id);
    if (outcome.status === 'failed') {
      await giveBack(connection, taken, outcome.error, tally);
      continue;
    }
    if (outcome.status === 'gone') await moveAccount(space, taken.id, undefined, clock.now());
    tally[outcome.status] += 1;
    done.push(taken);
  }
  await letAccountsGo(connection, done);
}

/** They hold what they are to hold, or are no more. */
export async function letAccountsGo({ space, clock }: Connection, taken: readonly Taken[]): Promise<void> {
  await removeDeadLetters(
    space,
    taken.map(({ id }) => accountLetter(id)),
  );
  await settle(accountSpace(space), taken, clock.now());
}

/** A dead letter for what will never work, another try after a rest for what may. */
async function giveBack(
  { space, clock, log }: Connection,
  taken: Taken,
  error: Error,
  tally: AccountTally,
): Promise<void> {
  const facts = { account: taken.id, reason: error.message };
  if (error instanceof RecordError) {
    await addDeadLetter(space, { id: accountLetter(taken.id), reason: error.message, at: clock.now() });
    await settle(accountSpace(space), [taken], clock.now());
    log.warn('an account became a dead letter', facts);
    tally.failed += 1;
  } else if (error instanceof RetryableError) {
    await release(accountSpace(space), [taken], clock.now() + Math.min(error.retryAfter ?? REST, REST));
    log.warn('an account will be tried again', facts);
    tally.left += 1;
  } else throw error;
}

const unanswered = (id: string): WriteOutcome => ({
  id,
  status: 'failed',
  error: new RetryableError('the CRM did not say what became of an account that was written'),
});
