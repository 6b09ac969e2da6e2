import type { AccountChange, AccountRecord } from '../crm/crm.ts';
import { accountSpace, moveAccount, readPeople } from '../ledger/accounts.ts';
import { release, type Taken, takeDirty } from '../ledger/dirty.ts';
import { readProgress } from '../ledger/progress.ts';
import { rollUp } from '../scoring/roll-up.ts';
import { accountModels } from './account-members.ts';
import {
  type AccountTally,
  type Change,
  letAccountsGo,
  newAccountTally,
  writeBackAccounts,
} from './account-write-back.ts';
import type { Connection } from './connection.ts';

/** Five calls to read, and as many to write at most: well within a lease. */
const AT_ONCE = 500;

/**
 * Rolls up the scores of the people of every account that is marked, and writes what differs, until none is left to take. Until
 * every lead has been scored by these very models, accounts stay marked: half of the people would make a wrong score.
 */
export async function scoreAccounts(connection: Connection, signal?: AbortSignal): Promise<AccountTally> {
  const { models, space, clock } = connection;
  const tally = newAccountTally();
  if (accountModels(connection).length === 0) return tally;
  if ((await readProgress(space, 'model-version')) !== models.version) return tally;
  while (!signal?.aborted) {
    const taken = await takeDirty(accountSpace(space), AT_ONCE, clock.now());
    if (taken.length === 0) return tally;
    await scoreTaken(connection, taken, tally);
  }
  signal.throwIfAborted();
  return tally;
}

/** Killed anywhere in here, the accounts come back when their lease ends, and what was written is found written. */
async function scoreTaken(connection: Connection, taken: readonly Taken[], tally: AccountTally): Promise<void> {
  const { crm, space, clock } = connection;
  const held = new Set(taken);
  const over = (items: readonly Taken[]) => {
    for (const item of items) held.delete(item);
  };
  try {
    // The people first: whoever joins after this marks the account again.
    const wanted = await rolledUp(connection, taken);
    const records = await crm.readAccounts(taken.map(({ id }) => id));
    const byId = new Map(records.map((record) => [record.id, record]));
    const missing = taken.filter(({ id }) => !byId.has(id));
    for (const { id } of missing) {
      const successor = records.find(({ formerIds }) => formerIds.includes(id));
      await moveAccount(space, id, successor?.id, clock.now());
    }
    tally.gone += missing.length;
    await letAccountsGo(connection, missing);
    over(missing);

    const found = taken.flatMap((entry) => {
      const record = byId.get(entry.id);
      return record === undefined ? [] : [{ taken: entry, change: changeOf(record, wanted.get(entry.id) ?? {}) }];
    });
    const isUnchanged = ({ change }: Change) => Object.keys(change.scores).length === 0;
    const unchanged = found.filter(isUnchanged).map((each) => each.taken);
    tally.unchanged += unchanged.length;
    await letAccountsGo(connection, unchanged);
    over(unchanged);
    await writeBackAccounts(
      connection,
      found.filter((each) => !isUnchanged(each)),
      tally,
    );
  } catch (error) {
    await release(accountSpace(space), [...held], clock.now());
    throw error;
  }
}

type Scores = AccountChange['scores'];

/** What each account is to hold, by its id: null by a model of which it has nobody. */
async function rolledUp(connection: Connection, taken: readonly Taken[]): Promise<Map<string, Scores>> {
  const ids = taken.map(({ id }) => id);
  const people = await readPeople(connection.space, ids);
  const accounts = ids.map((id, index) => {
    const scores = accountModels(connection).map(({ id: model, account }) => {
      const own = (people[index] ?? []).flatMap((each) => each.find((one) => one.model === model) ?? []);
      const score =
        own.length === 0
          ? null
          : rollUp(
              account,
              own.map((each) => each[account.of]),
            );
      return [model, score] as const;
    });
    return [id, Object.fromEntries(scores)] as const;
  });
  return new Map(accounts);
}

function changeOf({ id, scores: current }: AccountRecord, wanted: Scores): AccountChange {
  const differing = Object.entries(wanted).filter(([model, score]) => (current[model] ?? null) !== score);
  return { id, scores: Object.fromEntries(differing) };
}
